import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Command } from "commander";
import { afterAll, afterEach, expect, test, vi } from "vitest";
import { runTyped } from "../../test/support/commandLine.ts";
import { writeRandomModel } from "../../test/support/writtenModel.ts";
import { addEmbeddingsCommand } from "./embeddings.ts";
import { standardOutput } from "./standardOutput.ts";

const folder = mkdtempSync(join(tmpdir(), "seq2see-embeddings-"));
const at = (name: string): string => join(folder, name);
const shipped = join(import.meta.dirname, "../../models/vectors");
afterAll(() => rmSync(folder, { recursive: true, force: true }));
afterEach(() => vi.restoreAllMocks());

/** What `seq2see embeddings` prints, by lines. */
async function printed(...args: string[]): Promise<string[]> {
  const log = vi.spyOn(standardOutput, "print").mockResolvedValue();
  const program = new Command();
  addEmbeddingsCommand(program);
  await runTyped(program, ["embeddings", ...args, "--threads", "1"]);
  const lines = log.mock.calls.flatMap(([text]) => text.split("\n"));
  log.mockRestore();
  return lines;
}

test("king − man + woman gives queen, then monarch, throne, daughter and princess", async () => {
  const lines = await printed(
    "--vectors",
    shipped,
    "--analogy",
    "king - man + woman",
    "--top",
    "5",
  );
  expect(lines).toEqual([
    "queen\t0.770",
    "monarch\t0.686",
    "throne\t0.676",
    "daughter\t0.658",
    "princess\t0.652",
  ]);
});

test("the nearest words of a text file are by the cosine; JSON has all digits", async () => {
  writeFileSync(at("v.txt"), "a 1 0\nb 2 0\nc 0 1\nd -1 0\n");
  expect(await printed("--vectors", at("v.txt"), "--nearest", "a", "--top", "2")).toEqual([
    "b\t1.000",
    "c\t0.000",
  ]);
  const [json] = await printed("--vectors", at("v.txt"), "--nearest", "a", "--json");
  expect(JSON.parse(json as string)).toEqual([
    { word: "b", similarity: 1 },
    { word: "c", similarity: 0 },
    { word: "d", similarity: -1 },
  ]);
  expect(await printed("--vectors", at("v.txt"), "--nearest", "a", "--limit", "2")).toHaveLength(1);
});

test("questions have an accuracy by section and in all", async () => {
  const questions = [
    ": family",
    "man woman king queen",
    "man woman uncle aunt",
    "man woman zebraman zebrawoman",
    ": verbs",
    "walk walking swim swimming",
    "Go went see saw",
    "happy unhappy possible impossible",
    "",
  ];
  writeFileSync(at("q.txt"), questions.join("\n"));
  expect(await printed("--vectors", shipped, "--analogies", at("q.txt"))).toEqual([
    "family  100.0 %  2 of 2 right  1 with a word that has no vector",
    "verbs    66.7 %  2 of 3 right",
    "total    80.0 %  4 of 5 right  1 with a word that has no vector",
  ]);
});

test("a model's own embeddings are asked by side", async () => {
  await writeRandomModel(at("model"));
  const source = await printed("--model", at("model"), "--nearest", "a", "--top", "29");
  const target = await printed("--model", at("model"), "--side", "target", "--nearest", "a");
  expect(source).toHaveLength(28);
  expect(target).toHaveLength(10);
  expect(target[0]).not.toBe(source[0]);
  expect(source.join()).not.toMatch(/<\/?s>|<pad>|<unk>|^a\t/);
});

test.each([
  [[], "Say what to ask: --nearest WORD"],
  [["--nearest", "a", "--analogy", "a"], "Say what to ask"],
  [["--nearest", "a"], "Say whose embeddings: --vectors FILE or --model FOLDER"],
  [["--nearest", "a", "--vectors", "x", "--model", "y"], "Say whose embeddings"],
  [["--vectors", shipped, "--analogy", "king man"], 'a sign is missing before "man"'],
  [["--vectors", shipped, "--nearest", "King"], 'write "king"'],
  [["--vectors", shipped, "--analogies", join(folder, "none")], "there is no such file"],
])("%j is answered by what to do", async (args, message) => {
  await expect(printed(...args)).rejects.toThrow(message);
});
