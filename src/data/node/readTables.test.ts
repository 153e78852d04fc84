import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { UserError } from "../../tensor/errors.ts";
import { formatOf, type Table } from "../tables.ts";
import { readRows } from "./readTables.ts";

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "tables-"));
});
afterAll(() => rmSync(folder, { recursive: true }));

function write(name: string, content: string | Uint8Array): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

async function rowsOf(table: Table): Promise<[number, ...string[]][]> {
  const rows: [number, ...string[]][] = [];
  for await (const { cells, line } of readRows(table)) rows.push([line, ...cells]);
  return rows;
}

/** The rows of a file with this name and content. */
function rows(name: string, content: string | Uint8Array, columns = "1,2") {
  return rowsOf({ path: write(name, content), columns: columns.split(",") });
}

async function messageOf(reading: Promise<unknown>): Promise<string> {
  const error = await reading.catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(UserError);
  return (error as UserError).message.replace(`${folder}/`, "");
}

test.each([
  ["pairs.tsv", "tsv"],
  ["fra.txt", "tsv"],
  ["pairs", "tsv"],
  ["/dev/fd/63", "tsv"],
  ["pairs.csv", "csv"],
  ["PAIRS.CSV.GZ", "csv"],
  ["pairs.jsonl.gz", "jsonl"],
  ["pairs.ndjson", "jsonl"],
  ["pairs.json-lines", "jsonl"],
  ["my.csv.backup", "tsv"],
])("%s is read as %s", (path, format) => {
  expect(formatOf({ path })).toBe(format);
  expect(formatOf({ path, format: "jsonl" })).toBe("jsonl");
});

describe("CSV", () => {
  test("has fields in quotes, with delimiters, doubled quotes and line breaks in them", async () => {
    const content =
      'id,fr,en\r\n1,"Oui, ""toi"" !","Yes, ""you""!"\r\n2,"deux\r\nlignes",two\r\n3,fin,end';
    expect(await rows("a.csv", content, "fr,en")).toEqual([
      [2, 'Oui, "toi" !', 'Yes, "you"!'],
      [3, "deux\nlignes", "two"],
      [5, "fin", "end"],
    ]);
  });

  test.each([
    ["semicolons", "Oui, toi;Yes, you\nNon;No, not, never\n"],
    ["commas", '"Oui, toi","Yes, you"\nNon,"No, not, never"\n'],
    ["tabs", "Oui, toi\tYes, you\nNon\tNo, not, never\n"],
    ["what its first line says", 'sep=|\n"Oui, toi"|Yes, you\nNon|No, not, never\n'],
  ])("is separated by %s", async (name, content) => {
    const first = name.startsWith("what") ? 2 : 1;
    expect(await rows("a.csv", `\uFEFF${content}`)).toEqual([
      [first, "Oui, toi", "Yes, you"],
      [first + 1, "Non", "No, not, never"],
    ]);
  });

  test.each([
    ["rows of one length", "a;b,c\n1;2,,3\n4;5\n", ["a", "b,c"]],
    ["spaces behind the others", "Oui, toi;Yes, you\nNon, toi;No, you\n", ["Oui, toi", "Yes, you"]],
    ["spaces, the other way round", "Oui; toi,Yes; you\n", ["Oui; toi", "Yes; you"]],
    ["decimal commas", "1,5;2,5\n", ["1,5", "2,5"]],
    ["the quotes of most fields", '"Oui, toi";Yes\n"Non";"No"\n', ["Oui, toi", "Yes"]],
  ])("tells what separates it by %s", async (_how, content, cells) => {
    const read = await rows("a.csv", content);
    expect(read[0]?.slice(1)).toEqual(cells);
  });

  test("tells what separates it by the names that are wanted", async () => {
    const content = "a,b;c\n1,2;3\n";
    expect(await rowsOf({ path: write("a.csv", content), columns: ["a", "b;c"] })).toEqual([
      [2, "1", "2;3"],
    ]);
    expect(await rowsOf({ path: write("a.csv", content), columns: ["c", "a,b"] })).toEqual([
      [2, "3", "1,2"],
    ]);
  });

  test("may be in UTF-16 with a mark, and gzipped", async () => {
    const bytes = gzipSync(Buffer.from("\uFEFFété;summer\r\n", "utf16le"));
    expect(await rows("a.csv.gz", bytes)).toEqual([[1, "été", "summer"]]);
  });

  test("of many rows keeps their lines, however it is read", async () => {
    const lines = Array.from({ length: 6_000 }, (_, index) => `"un\n${index}",one`);
    const read = await rows("a.csv", lines.join("\n"));
    expect(read).toHaveLength(6_000);
    expect(read.at(-1)).toEqual([11_999, "un\n5999", "one"]);
  });

  test("has blank lines that are counted, and no row when it is empty", async () => {
    expect(await rows("a.csv", "un,one\n\n,\ndeux,two\n\n")).toEqual([
      [1, "un", "one"],
      [2, "", ""],
      [3, "", ""],
      [4, "deux", "two"],
      [5, "", ""],
    ]);
    expect(await rows("a.csv", "")).toEqual([]);
    expect(await rows("a.csv", "sep=;\n")).toEqual([]);
  });

  test("is refused with the line where quotes are not closed, or stand in the middle", async () => {
    expect(await messageOf(rows("a.csv", 'un,one\ndeux,"two\ntrois,three\n'))).toBe(
      "a.csv: the row of line 2 opens quotes that are never closed; close them, or double those that are part of the text.",
    );
    const middle =
      "a.csv: the row of line 2 has quotes in the middle of a field; put the whole field in quotes and double those that are part of the text.";
    expect(await messageOf(rows("a.csv", 'un,one\n"deux" et,two\n'))).toBe(middle);
    expect(await messageOf(rows("a.csv", 'un,one\ndit "deux",two\n'))).toBe(middle);
  });

  test("is refused where quotes that are not closed would fill the memory", async () => {
    const content = `un,one\n"deux,two\n${"trois,three\n".repeat(1.5 * 2 ** 20)}`;
    expect(await messageOf(rows("a.csv", content))).toContain("line 2 opens quotes");
  });

  test("is refused with the line that lacks a column, or the first line without its name", async () => {
    expect(await messageOf(rows("a.csv", '"u\nn",one\ndeux\n'))).toBe(
      "a.csv: line 3 has only 1 column but columns 1 and 2 were asked for; columns are separated by commas or semicolons.",
    );
    expect(await messageOf(rows("a.csv", "fr,en\nun,one\n", "fr,de"))).toBe(
      'a.csv: no column is named "de"; the first line names "fr", "en".',
    );
  });

  test("is read as text first: bytes that are not UTF-8 are named with their line", async () => {
    const content = Buffer.from('un,"one\n\xe9"\n', "latin1");
    expect(await messageOf(rows("a.csv", content))).toContain("a.csv: line 2 is not UTF-8");
  });
});

describe("JSON Lines", () => {
  test("has fields by name, in any order", async () => {
    const content = '{"en":"one","fr":"un"}\r\n{"fr":"deux\\nlignes", "en":"two", "id":2}\n\n';
    expect(await rows("a.jsonl", content, "fr,en")).toEqual([
      [1, "un", "one"],
      [2, "deux\nlignes", "two"],
      [3, "", ""],
    ]);
  });

  test("takes names that objects have by nature only from the file", async () => {
    const content = '{"__proto__":"un","toString":"one"}\n';
    expect(await rows("a.jsonl", content, "__proto__,toString")).toEqual([[1, "un", "one"]]);
    expect(await messageOf(rows("a.jsonl", '{"fr":"un"}', "fr,toString"))).toBe(
      `a.jsonl: line 1 has no field "toString": it has "fr"; name the source's and the target's field as the columns.`,
    );
  });

  test.each([
    ["{}", `has no field "fr": it has none; name`],
    ['{"fr":"un","en":7}', `has a number in the field "en"; give a text.`],
    ['{"fr":null,"en":"one"}', `has null in the field "fr"; give a text.`],
    ['{"fr":["un"],"en":"one"}', `has a list in the field "fr"; give a text.`],
    ['{"fr":{},"en":"one"}', `has an object in the field "fr"; give a text.`],
    ['{"fr":"u\\u0000n","en":"one"}', `holds a NUL character in the field "fr"; remove it.`],
    ["un\tone", "is not a JSON object; give one a line"],
    ['["un","one"]', "is not a JSON object; give one a line"],
    ["null", "is not a JSON object; give one a line"],
  ])("is refused with the line that is %s", async (line, message) => {
    const content = `{"fr":"un","en":"one"}\n${line}\n`;
    const told = await messageOf(rows("a.jsonl", content, "fr,en"));
    expect(told).toContain(`a.jsonl: line 2 ${message}`);
    expect(told).toMatch(/\.$/);
  });
});
