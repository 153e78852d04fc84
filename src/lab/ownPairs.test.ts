import { gzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { DataError } from "../data/dataFault.ts";
import { formatSurvey } from "../data/report.ts";
import { UserError } from "../tensor/errors.ts";
import { mostOwnBytes, ownText, readOwnPairs } from "./ownPairs.ts";
import { OwnPairsError } from "./ownPairsFault.ts";

const rows = (count: number): [string, string][] =>
  Array.from({ length: count }, (_, index) => [`le chat ${index}`, `the cat ${index}`]);
const tsv = (count: number): string =>
  rows(count)
    .map((row) => `${row.join("\t")}\n`)
    .join("");
const sources = async (text: string, name = "pairs"): Promise<string[]> => {
  const { train, heldOut } = (await readOwnPairs(ownText(text, name))).pairs;
  return [...train, ...heldOut].map(({ source }) => source).sort();
};
const errorOf = async (content: string | Uint8Array, name = "a.tsv"): Promise<UserError> => {
  const file =
    typeof content === "string" ? ownText(content, name) : { name, bytes: new Uint8Array(content) };
  const error = await readOwnPairs(file).catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(UserError);
  return error as UserError;
};

describe("pairs", () => {
  const expected = rows(60)
    .map(([source]) => source)
    .sort();
  test.each([
    ["with tabs between", "pasted", tsv(60)],
    [
      "with commas between",
      "pasted",
      rows(60)
        .map((row) => row.join(","))
        .join("\r\n"),
    ],
    [
      "with semicolons between",
      "a.csv",
      rows(60)
        .map((row) => row.join(";"))
        .join("\n"),
    ],
    [
      "in quotes",
      "a.csv",
      rows(60)
        .map((row) => row.map((cell) => `"${cell}"`).join(","))
        .join("\n"),
    ],
    [
      "as JSON, a line each",
      "pasted",
      rows(60)
        .map(([fr, en]) => JSON.stringify({ id: 1, fr, en }))
        .join("\n"),
    ],
    [
      "as JSON with other fields before them",
      "a.jsonl",
      rows(60)
        .map(([source, target]) => JSON.stringify({ note: "x", target, source }))
        .join("\n"),
    ],
    [
      "under a header",
      "a.csv",
      `id,target,source\n${rows(60)
        .map(([fr, en]) => `1,${en},${fr}`)
        .join("\n")}`,
    ],
    [
      "with more columns",
      "a.tsv",
      rows(60)
        .map((row) => `${row.join("\t")}\tmore\n`)
        .join(""),
    ],
  ])("%s are read", async (_, name, text) => {
    expect(await sources(text, name)).toEqual(expected);
  });

  test.each([
    ["UTF-16, little-endian", Buffer.from(`\uFEFF${tsv(60)}`, "utf16le")],
    ["UTF-16, big-endian", Buffer.from(`\uFEFF${tsv(60)}`, "utf16le").swap16()],
    ["UTF-8 with a byte order mark", Buffer.from(`\uFEFF${tsv(60)}`)],
    ["gzip", gzipSync(tsv(60))],
  ])("in %s are read", async (_, bytes) => {
    const { pairs, format } = await readOwnPairs({ name: "a.txt", bytes: new Uint8Array(bytes) });
    expect(format).toBe("tsv");
    expect([...pairs.train, ...pairs.heldOut].map(({ source }) => source).sort()).toEqual(expected);
  });

  test("of emoji and of scripts from right to left are texts like others", async () => {
    const text = rows(60)
      .map((_, index) => `😀${"👩‍👩‍👧".repeat(index % 7)}${index}\tשלום ${index} مرحبا\n`)
      .join("");
    const { pairs } = await readOwnPairs(ownText(text, "pasted"));
    expect(pairs.train.some(({ source }) => source.includes("👩‍👩‍👧"))).toBe(true);
    expect([...pairs.train, ...pairs.heldOut].every(({ target }) => target.includes("שלום"))).toBe(
      true,
    );
  });

  test("are in the form in which models write: trimmed, single spaces, composed letters", async () => {
    const text = rows(60)
      .map((_, index) => `mot ${index},  e\u0301te\u0301  ${index} \n`)
      .join("");
    const { train, heldOut } = (await readOwnPairs(ownText(text, "pasted"))).pairs;
    for (const { source, target } of [...train, ...heldOut]) {
      expect(target).toBe(`été ${source.slice(4)}`);
    }
  });

  test("are held out as in training: no source of them is trained on", async () => {
    const text = tsv(200) + tsv(200);
    const { train, heldOut } = (await readOwnPairs(ownText(text, "pasted"))).pairs;
    expect(heldOut.length).toBe(20);
    expect(train.length).toBe(380);
    const trained = new Set(train.map(({ source }) => source));
    expect(heldOut.filter(({ source }) => trained.has(source))).toEqual([]);
  });

  test("with an empty side are dropped, and reported by their lines as on the command line", async () => {
    const text = `\n${tsv(60)}x\t\n\ty\n\tz\n`;
    const { pairs, survey } = await readOwnPairs(ownText(text, "a.tsv"));
    expect(pairs.train.length + pairs.heldOut.length).toBe(60);
    expect(formatSurvey(survey).slice(0, 4)).toEqual([
      "60 pairs kept, 4 dropped",
      "  2 empty source (lines 63, 64)",
      "  1 empty source and target (line 1)",
      "  1 empty target (line 62)",
    ]);
  });
});

describe("the tokenizer", () => {
  test("is letters if one side is single words", async () => {
    const text = rows(60)
      .map((_, index) => `wort${index}\tdrow${index}\n`)
      .join("");
    expect((await readOwnPairs(ownText(text, "pasted"))).tokenizer).toBe("char");
  });
  test("is pieces of words for sentences", async () => {
    const text = rows(60)
      .map(([fr, en]) => `${fr} est petit\t${en} is small\n`)
      .join("");
    expect((await readOwnPairs(ownText(text, "pasted"))).tokenizer).toBe("bpe:500");
  });
});

describe("one sentence says what is wrong with", () => {
  test.each([
    ["nothing", "", /^a\.tsv: there is nothing in it; give pairs/],
    ["blank lines", " \n\n", /^a\.tsv: there is nothing in it/],
    [
      "one column",
      "un\ndeux\n",
      /^a\.tsv: line 1 has only 1 column but columns 1 and 2 were asked for/,
    ],
    ["empty targets", "un\t\n".repeat(50), /^a\.tsv: all 50 pairs have an empty source or target/],
    ["few pairs", tsv(39), /^a\.tsv: it has 39 pairs; give at least 40/],
    ["one source", "un\tone\n".repeat(50), /^a\.tsv: its 50 pairs have too few different sources/],
    [
      "a picture",
      Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a),
      /^a\.tsv: this is a picture/,
    ],
    [
      "an archive",
      Uint8Array.of(0x50, 0x4b, 3, 4, 20, 0),
      /^a\.tsv: this is a ZIP archive or a spreadsheet/,
    ],
    ["a NUL byte", Uint8Array.of(0x61, 0x0a, 0x00, 0x62), /^a\.tsv: line 2 holds a NUL byte/],
    [
      "UTF-16 without a mark",
      new Uint8Array(Buffer.from(tsv(50), "utf16le")),
      /^a\.tsv: line 1 holds a NUL byte; the file looks like UTF-16LE/,
    ],
    [
      "half a UTF-16 character",
      Uint8Array.of(0xff, 0xfe, 0x0a, 0, 0, 0xd8, 0x61, 0),
      /^a\.tsv: line 2 is not UTF-16/,
    ],
    [
      "Latin-1",
      new Uint8Array(Buffer.from(`un\tone\r\nété\tsummer\r\n${tsv(50)}`, "latin1")),
      /^a\.tsv: line 2 is not UTF-8/,
    ],
    [
      "a damaged gzip file",
      new Uint8Array(gzipSync(tsv(60))).subarray(0, 60),
      /^a\.tsv: the gzip file is damaged/,
    ],
    [
      "unpacked 6 MB",
      new Uint8Array(gzipSync("a\tb\n".repeat(1_500_000))),
      /^a\.tsv: it has .* MB, more than the 5 MB/,
    ],
  ])("%s", async (_, content, message) => {
    expect((await errorOf(content)).message).toMatch(message);
  });

  test("quotes that are never closed", async () => {
    const error = await errorOf(`un,one\n"deux,two\n`, "a.csv");
    expect(error.message).toMatch(/^a\.csv: the row of line 2 opens quotes that are never closed/);
    expect((error as DataError).fault).toEqual({ kind: "openQuotes", line: 2 });
  });
  test("a line that is not JSON", async () => {
    const error = await errorOf(`{"source":"un","target":"one"}\n[]\n`, "a.jsonl");
    expect(error).toBeInstanceOf(DataError);
    expect(error.message).toMatch(/^a\.jsonl: line 2 is not a JSON object/);
  });
  test("10 MB, which is not read at all", async () => {
    const error = await errorOf(new Uint8Array(2 * mostOwnBytes));
    expect(error).toBeInstanceOf(OwnPairsError);
    expect((error as OwnPairsError).fault).toEqual({
      kind: "large",
      bytes: 2 * mostOwnBytes,
      most: mostOwnBytes,
    });
    expect(error.message).toMatch(
      /^a\.tsv: it has 10 MB, more than the 5 MB that a page learns from/,
    );
  });
});
