/** What `seq2see inspect --csv` prints. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Command } from "commander";
import { afterAll, afterEach, beforeEach, expect, test, vi } from "vitest";
import { runTyped } from "../../test/support/commandLine.ts";
import { addInspectCommand } from "./inspect.ts";
import { standardOutput } from "./standardOutput.ts";

const folder = mkdtempSync(join(tmpdir(), "seq2see-inspect-"));
let printed: string[] = [];

afterAll(() => rmSync(folder, { recursive: true, force: true }));
beforeEach(() => {
  printed = [];
  vi.spyOn(standardOutput, "print").mockImplementation(async (text) => {
    printed.push(text);
  });
});
afterEach(() => {
  vi.restoreAllMocks();
});

/** Writes the record of a training, and returns the model's folder. */
function trained(name: string, lines: string): string {
  mkdirSync(join(folder, name, "training"), { recursive: true });
  writeFileSync(join(folder, name, "training/metrics.jsonl"), lines);
  return join(folder, name);
}

async function run(...words: string[]): Promise<string> {
  const program = new Command("seq2see");
  addInspectCommand(program);
  await runTyped(program, ["inspect", ...words]);
  return printed.join("\n");
}

const line = {
  step: 100,
  epoch: 1,
  seconds: 12.5,
  trainPerplexity: 9.25,
  devPerplexity: null,
  devBleu: null,
  learningRate: 0.001,
  isBest: true,
};

test("the evaluations of a training are a table, a row for each", async () => {
  const lines = [line, { ...line, step: 200, devPerplexity: 8.5, atStop: true }];
  const model = trained("model", lines.map((each) => `${JSON.stringify(each)}\n`).join(""));
  expect(await run("--model", model, "--csv")).toBe(
    [
      "step,epoch,seconds,trainPerplexity,devPerplexity,devBleu,learningRate,isBest",
      "100,1,12.5,9.25,,,0.001,true",
      "200,1,12.5,9.25,8.5,,0.001,true",
    ].join("\n"),
  );
});

test("a model that comes with seq2see has one too", async () => {
  const [header, first] = (await run("--model", "fr-en", "--csv")).split("\n");
  expect(header).toMatch(/^step,epoch,/);
  expect(first).toMatch(/^\d+,\d,\d+\.\d+,/);
});

test("what is missing or damaged is said", async () => {
  await expect(run("--csv")).rejects.toThrow(/--csv: say of which model; add --model FOLDER/);
  await expect(run("--csv", "--model", "x", "--graph", "train")).rejects.toThrow(
    /--csv: --graph train prints a graph; give only one of them/,
  );
  await expect(run("--csv", "--model", "none")).rejects.toThrow(/^none: there is no such folder/);
  await expect(run("--csv", "--model", trained("young", ""))).rejects.toThrow(
    /young: there are no evaluations of its training, training\/metrics.jsonl; give a model/,
  );
  const cut = trained("cut", `${JSON.stringify(line)}\n{"step":`);
  await expect(run("--csv", "--model", cut)).rejects.toThrow(
    /metrics.jsonl, line 2: it is not JSON; restore the file, or remove the line/,
  );
  const other = trained("other", '{"step":1}\n');
  await expect(run("--csv", "--model", other)).rejects.toThrow(/line 1: epoch is missing; restore/);
});
