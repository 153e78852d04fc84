/** What `seq2see score` prints. */
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Command } from "commander";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { runTyped } from "../../test/support/commandLine.ts";
import { writeRandomModel } from "../../test/support/writtenModel.ts";
import { addScoreCommand } from "./score.ts";
import { standardOutput } from "./standardOutput.ts";

const folder = mkdtempSync(join(tmpdir(), "seq2see-score-"));
const at = (name: string): string => join(folder, name);
let printed: string[] = [];

beforeAll(async () => {
  await writeRandomModel(at("model"));
  writeFileSync(
    at("named.tsv"),
    "id\tfr\ten\tcount\n1\ta house\tb\t7\n2\tabc\tcba\t\n3\ta\taaaaaaa\t9\n",
  );
  writeFileSync(at("plain.tsv"), "a house\tb\t7\nabc\tcba\t\na\taaaaaaa\t9\n");
  writeFileSync(at("source.txt"), "a house\nabc\na\n");
  writeFileSync(at("target.txt"), "b\ncba\naaaaaaa\n");
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));
beforeEach(() => {
  printed = [];
  vi.spyOn(standardOutput, "print").mockImplementation(async (text) => {
    printed.push(...text.split("\n"));
  });
});
afterEach(() => {
  vi.restoreAllMocks();
});

async function run(...words: string[]): Promise<string[]> {
  printed = [];
  const program = new Command("seq2see");
  addScoreCommand(program);
  const typed = ["score", "--model", at("model"), "--threads", "1", ...words];
  await runTyped(program, typed);
  return printed;
}

test("a pair's log-probability and tokens", async () => {
  const lines = await run("--data", at("plain.tsv"));
  expect(lines.map((line) => line.split("\t")[1])).toEqual(["2", "4", "8"]);
  const json = (await run("--data", at("plain.tsv"), "--json")).map((line) => JSON.parse(line));
  lines.forEach((line, index) => {
    expect(line.split("\t")[0]).toBe(json[index].logProbability.toFixed(6));
  });
});

test("rows keep their order and columns, and gain two", async () => {
  const scores = (await run("--data", at("plain.tsv"))).map((line) => line.split("\t").map(Number));
  const gained = scores.map(([sum = 0, tokens = 1]) => [sum.toFixed(6), sum / tokens] as const);
  const lines = await run("--data", at("named.tsv"), "--columns", "fr,en", "--keep-columns");
  expect(lines[0]).toBe("id\tfr\ten\tcount\tlog_probability\tper_token");
  const rows = lines.slice(1).map((line) => line.split("\t"));
  expect(rows.map((cells) => cells.slice(0, 4))).toEqual([
    ["1", "a house", "b", "7"],
    ["2", "abc", "cba", ""],
    ["3", "a", "aaaaaaa", "9"],
  ]);
  rows.forEach((cells, index) => {
    expect(cells[4]).toBe(gained[index]?.[0]);
    expect(Number(cells[5])).toBeCloseTo(gained[index]?.[1] as number, 5);
  });
  const aligned = await run(
    "--source",
    at("source.txt"),
    "--target",
    at("target.txt"),
    "--keep-columns",
  );
  expect(aligned[1]).toBe(`abc\tcba\t${rows[1]?.[4]}\t${rows[1]?.[5]}`);
});

test("an ensemble of one model twice gives that model's scores", async () => {
  const single = await run("--data", at("plain.tsv"));
  expect(await run("--data", at("plain.tsv"), "--model", at("model"))).toEqual(single);
});

describe("a pipe", () => {
  /** Sends text through a pipe while `seq2see score` runs. */
  async function piped(text: string, ...words: string[]): Promise<string[]> {
    const path = at("pipe");
    execFileSync("mkfifo", [path]);
    try {
      const [lines] = await Promise.all([run("--data", path, ...words), writeFile(path, text)]);
      return lines;
    } finally {
      rmSync(path);
    }
  }

  test.runIf(process.platform !== "win32")(
    "gives what its file gives, header included",
    async () => {
      const named = ["--columns", "fr,en", "--keep-columns"];
      const text = readFileSync(at("named.tsv"), "utf8");
      expect(await piped(text, ...named)).toEqual(await run("--data", at("named.tsv"), ...named));
      expect(await piped(readFileSync(at("plain.tsv"), "utf8"))).toEqual(
        await run("--data", at("plain.tsv")),
      );
    },
  );
  test.runIf(process.platform !== "win32")("is scored up to its first mistake", async () => {
    await expect(piped("a\tb\n\tc\n")).rejects.toThrow(/pipe: line 2 has an empty source/);
    expect(printed).toHaveLength(1);
  });
});

test("rows beyond the first chunk keep their order", async () => {
  const rows = Array.from({ length: 150 }, (_, index) => `${"ab".repeat(1 + (index % 7))}\tb`);
  writeFileSync(at("many.tsv"), `${rows.join("\n")}\n`);
  const lines = await run("--data", at("many.tsv"), "--keep-columns");
  expect(lines.map((line) => line.split("\t").slice(0, 2).join("\t"))).toEqual(rows);
  // Seven sources take turns, and each has one score.
  expect(new Set(lines).size).toBe(7);
});

test("a table without rows is told", async () => {
  writeFileSync(at("none.tsv"), "");
  for (const words of [[], ["--keep-columns"]]) {
    await expect(run("--data", at("none.tsv"), ...words)).rejects.toThrow(
      /none.tsv is empty: it has no pairs of sentences/,
    );
  }
});

test("a row without a source is told before anything is printed", async () => {
  writeFileSync(at("empty.tsv"), "a\tb\n\tc\n");
  await expect(run("--data", at("empty.tsv"))).rejects.toThrow(
    /empty.tsv: line 2 has an empty source, of which nothing is a translation; remove it/,
  );
  expect(printed).toEqual([]);
});
