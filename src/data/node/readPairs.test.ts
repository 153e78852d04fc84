import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { UserError } from "../../tensor/errors.ts";
import { type PairSource, parseColumns } from "../pairs.ts";
import { folderOf, readPairs } from "./readPairs.ts";

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "pairs-"));
});
afterAll(() => rmSync(folder, { recursive: true }));

async function collect<Item>(items: AsyncIterable<Item>): Promise<Item[]> {
  const collected: Item[] = [];
  for await (const item of items) collected.push(item);
  return collected;
}

function write(name: string, content: string): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

function table(content: string, columns: string): PairSource {
  return { kind: "table", path: write("table.tsv", content), columns: parseColumns(columns) };
}

function aligned(source: string, target: string): PairSource {
  return { kind: "aligned", source: write("a.fr", source), target: write("a.en", target) };
}

async function messageOf(source: PairSource): Promise<string> {
  const error = await collect(readPairs(source)).catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(UserError);
  return (error as UserError).message;
}

test("a file of manythings.org/anki is read as it is", async () => {
  const anki = [
    "Go.\tVa !\tCC-BY 2.0 (France) Attribution: tatoeba.org #2877272 (CM) & #1158250 (Wittydev)",
    "Hi.\tSalut.\tCC-BY 2.0 (France) Attribution: tatoeba.org #538123 (CM) & #509819 (Aiji)",
  ].join("\n");
  expect(await collect(readPairs(table(anki, "1,2")))).toEqual([
    { source: "Go.", target: "Va !", line: 1 },
    { source: "Hi.", target: "Salut.", line: 2 },
  ]);
});

test("columns may be taken in any order", async () => {
  expect(await collect(readPairs(table("un\tone\tx\n", "2,1")))).toEqual([
    { source: "one", target: "un", line: 1 },
  ]);
});

test("columns may be named by the first line, which is then no pair", async () => {
  const source = table("id\tfrench\tenglish\n7\tun\tone\n", "french,english");
  expect(await collect(readPairs(source))).toEqual([{ source: "un", target: "one", line: 2 }]);
});

test("two aligned files are read line by line", async () => {
  expect(await collect(readPairs(aligned("un\ndeux\n", "one\ntwo")))).toEqual([
    { source: "un", target: "one", line: 1 },
    { source: "deux", target: "two", line: 2 },
  ]);
});

test("a blank line of a table is a pair of empty sentences", async () => {
  expect(await collect(readPairs(table("un\tone\n\n", "1,2")))).toEqual([
    { source: "un", target: "one", line: 1 },
    { source: "", target: "", line: 2 },
  ]);
});

test("a line that lacks a column is refused with its number and what it has", async () => {
  expect(await messageOf(table("un\tone\ndeux two\n", "1,2"))).toBe(
    `${join(folder, "table.tsv")}: line 2 has only 1 column but columns 1 and 2 were asked for; columns are separated by tabs.`,
  );
  expect(await messageOf(table("un\tone\n", "1,3"))).toContain("line 1 has 2 columns but");
});

test("an unknown name of a column is refused with the names there are", async () => {
  expect(await messageOf(table("french\tenglish\nun\tone\n", "french,german"))).toBe(
    `${join(folder, "table.tsv")}: no column is named "german"; the first line names "french", "english".`,
  );
});

test("aligned files of different length are refused with both counts", async () => {
  const [source, target] = [join(folder, "a.fr"), join(folder, "a.en")];
  const rule = "every line of one file needs its translation in the same line of the other.";
  expect(await messageOf(aligned("un\ndeux\ntrois\nquatre\n", "one\ntwo\n"))).toBe(
    `${target} has 2 lines and ${source} has 4; ${rule}`,
  );
  expect(await messageOf(aligned("", "one\n"))).toBe(
    `${source} has 0 lines and ${target} has 1; ${rule}`,
  );
});

test("a source without pairs is refused as empty", async () => {
  expect(await messageOf(table("", "1,2"))).toContain("table.tsv is empty: it has no pairs");
  expect(await messageOf(table("french\tenglish\n", "french,english"))).toContain("is empty");
  expect(await messageOf(aligned("", ""))).toContain("are empty: they have no pairs");
});

test.each(["1", "1,2,3", "", ",2"])("columns '%s' is refused", (option) => {
  expect(() => parseColumns(option)).toThrow("give two columns, such as 1,2 or french,english");
});

test("columns are counted from 1, and numbers and names are not mixed", () => {
  expect(parseColumns("1, 2")).toEqual(["1", "2"]);
  expect(() => parseColumns("0,1")).toThrow("count columns from 1");
  expect(() => parseColumns("1,english")).toThrow("give two numbers or two names");
});

test("CSV and JSON Lines are tables as well; the format is given where the name does not tell it", async () => {
  const pair = { source: "un, deux", target: "one" };
  const csv = write("pairs.csv", 'fr,en\n"un, deux",one\n');
  const columns = ["fr", "en"] as const;
  expect(await collect(readPairs({ kind: "table", path: csv, columns }))).toEqual([
    { ...pair, line: 2 },
  ]);
  const path = write("pairs", `${JSON.stringify({ fr: pair.source, en: pair.target })}\n`);
  expect(await collect(readPairs({ kind: "table", path, columns, format: "jsonl" }))).toEqual([
    { ...pair, line: 1 },
  ]);
});

test("what a pipe or the standard input names is relative to where the program was started", () => {
  const open = ["-", "/dev/stdin", "/dev/fd/63", "/proc/self/fd/0", "/proc/12/task/13/fd/0"];
  expect(open.map(folderOf)).toEqual(open.map(() => ""));
});

test("what a file names is relative to the file's folder, also in memory and beside devices", () => {
  const files = ["data/pairs.tsv", "/dev/shm/pairs.tsv", "/dev/shm/fd/3.tsv", "./-", "/proc/pairs"];
  expect(files.map(folderOf)).toEqual(["data", "/dev/shm", "/dev/shm/fd", ".", "/proc"]);
});
