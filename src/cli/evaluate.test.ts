/** What `seq2see evaluate` measures by length, prints and keeps. */
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Command } from "commander";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { writeRandomModel } from "../../test/support/writtenModel.ts";
import { readEvaluation } from "../checkpoint/nodeEvaluation.ts";
import { addEvaluateCommand } from "./evaluate.ts";

const folder = mkdtempSync(join(tmpdir(), "seq2see-evaluate-"));
const model = join(folder, "model");
const data = join(folder, "dev.tsv");
const record = join(model, "evaluation.json");
let printed: string[] = [];

beforeAll(async () => {
  await writeRandomModel(model);
  writeFileSync(data, "a b\tb a\na b c d\td c b a\na b c d e f g\tg f e d c b a\n");
});
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});
beforeEach(() => {
  printed = [];
  vi.spyOn(console, "log").mockImplementation((line) => printed.push(String(line)));
});
afterEach(() => {
  vi.restoreAllMocks();
  rmSync(record, { force: true });
});

async function run(...words: string[]): Promise<void> {
  const program = new Command("seq2see").exitOverride();
  addEvaluateCommand(program);
  const typed = ["evaluate", "--model", model, "--data", data, "--threads", "1", ...words];
  await program.parseAsync(typed, { from: "user" });
}

test("without being asked for it, nothing is measured by length and nothing is kept", async () => {
  await run("--json");
  expect(JSON.parse(printed.join("\n"))).not.toHaveProperty("byLength");
  expect(existsSync(record)).toBe(false);
});

test("ranges that are typed are measured and printed as a table", async () => {
  await run("--by-length", "1-4,5+");
  expect(printed.at(-1)).toMatch(/^source words .*\n1-4 +2 +\d+\.\d\d\n5\+ +1 +\d+\.\d\d$/);
});

test("what is kept is what was measured, and other sets stay", async () => {
  await run("--save", "--json", "--beam", "2");
  const measured = JSON.parse(printed.join("\n"));
  expect(measured.byLength.map(({ sentences }: { sentences: number }) => sentences)).toEqual([
    ...[2, 1, 0, 0, 0, 0],
  ]);
  await run("--save", "--set", "other");
  await run("--save", "--set", "other", "--by-length", "1+");
  const sets = (await readEvaluation(model))?.sets ?? [];
  expect(sets.map(({ set, beam }) => [set, beam])).toEqual([
    ["dev", 2],
    ["other", 5],
  ]);
  expect(sets[0]).toMatchObject({ sentences: 3, signature: measured.bleu.signature, steps: null });
  expect(sets[0]?.bleu).toBeCloseTo(measured.bleu.score, 4);
  expect(sets[1]?.byLength).toMatchObject([{ from: 1, to: null, sentences: 3 }]);
});

test.each([
  [["--by-length", "5-1"], /--by-length 5-1: "5-1" ends before it begins; write ranges as/],
  [["--set", "dev"], /--set dev: nothing is recorded; add --save/],
  [["--save", "--set", " "], /--set: give a name that is not empty/],
])("%o is refused", async (words, message) => {
  await expect(run(...words)).rejects.toThrow(message);
});

test("a record that is damaged is told before anything is translated, and stays", async () => {
  writeFileSync(record, "{}");
  await expect(run("--save")).rejects.toThrow(/evaluation\.json: format: .*remove the file/);
  expect(printed).toEqual([]);
  expect(readFileSync(record, "utf8")).toBe("{}");
});
