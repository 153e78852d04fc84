import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { rustTokenizer } from "../../test/support/rustTokenizer.ts";
import { TextTokenizer } from "../text/tokenizer.ts";
import { learnTokenizer, parseTokenizerOption } from "../text/tokenizerOption.ts";
import type { ForeignVocabulary } from "./mapping.ts";
import type { TakenVocabulary } from "./vocabulary.ts";
import { takeVocabulary } from "./vocabulary.ts";

const folder = join(import.meta.dirname, "../../test/reference/interop");
const bytesOf = (name: string): Uint8Array<ArrayBuffer> =>
  new Uint8Array(readFileSync(join(folder, name)));
const reference = <Entry>(name: string): Entry[] =>
  JSON.parse(readFileSync(join(folder, name), "utf8"));

function take(
  specification: ForeignVocabulary,
  files: Readonly<Record<string, Uint8Array | string>> = {},
): TakenVocabulary {
  const bytes = Object.entries(files).map(
    ([name, content]) =>
      [
        name,
        new Uint8Array(typeof content === "string" ? new TextEncoder().encode(content) : content),
      ] as const,
  );
  return takeVocabulary({ specification, files: new Map(bytes), name: "v.txt" });
}

/** The ids of a text in the vocabulary that it is from. */
const theirIds = ({ tokenizer, order }: TakenVocabulary, text: string): number[] =>
  tokenizer.encodeIds(text).map((id) => {
    const row = order.rows[id] as number;
    return row < 0 ? order.unknown : row;
  });

describe.each(["bpe", "unigram"])("SentencePiece's %s model", (kind) => {
  const entries = reference<{ text: string; ids: number[]; back: string }>(
    `${kind}.sentencepiece.json`,
  );
  const taken = take({ file: "m.model" }, { "m.model": bytesOf(`${kind}.model`) });

  test("splits texts as SentencePiece does", () => {
    expect(entries.map(({ text }) => theirIds(taken, text))).toEqual(entries.map(({ ids }) => ids));
  });

  test("puts pieces together again", () => {
    const { tokenizer } = taken;
    const known = entries.filter(({ ids }) => !ids.includes(0));
    expect(known.length).toBeGreaterThan(3);
    expect(known.map(({ text }) => tokenizer.decode(tokenizer.encodeIds(text)))).toEqual(
      known.map(({ back }) => back),
    );
  });

  test("can be read by the library for Python and Rust, which finds the same ids", async () => {
    const { tokenizer } = taken;
    const rust = rustTokenizer(JSON.stringify(tokenizer.toJson()));
    const texts = entries.map(({ text }) => text);
    const found = await rust.encodeBatch(texts);
    expect(found.map((each) => [...each.getIds()])).toEqual(
      texts.map((text) => tokenizer.encodeIds(text)),
    );
  });

  test("may stand beside a list of tokens in another order, without some of its pieces", () => {
    const { tokenizer } = taken;
    const spelled = Array.from({ length: tokenizer.size }, (_, id) => tokenizer.tokenOf(id));
    const list = ["<s>", "</s>", "<unk>", ...spelled.slice(4).toReversed().slice(20)];
    const other = take({ codes: "m.model", tokens: list }, { "m.model": bytesOf(`${kind}.model`) });
    const [text] = entries.map((entry) => entry.text);
    const tokens = tokenizer.encode(text ?? "").tokens;
    expect(theirIds(other, text ?? "")).toEqual(
      tokens.map((token) => (list.includes(token) ? list.indexOf(token) : 2)),
    );
    expect(other.order.theirs).toBe(list.length);
  });
});

test("subword-nmt's codes split texts as they do there, and its pieces come together again", () => {
  const entries = reference<{ text: string; tokens: string[] }>("subword-nmt.json");
  const tokens = new TextDecoder().decode(bytesOf("codes.vocabulary.txt")).trimEnd().split("\n");
  const taken = take(
    { codes: "codes.txt", file: "list.txt" },
    { "codes.txt": bytesOf("codes.txt"), "list.txt": bytesOf("codes.vocabulary.txt") },
  );
  expect(entries.map(({ text }) => theirIds(taken, text))).toEqual(
    entries.map((entry) =>
      entry.tokens.map((token) => (tokens.includes(token) ? tokens.indexOf(token) : 0)),
    ),
  );
  const { tokenizer } = taken;
  const [text = ""] = entries.map((entry) => entry.text);
  expect(tokenizer.decode(tokenizer.encodeIds(text))).toBe(text);
  const { words } = tokenizer.encode("the longest");
  expect(words.map((word) => word.text)).toEqual(["the", "longest"]);
});

test("tokens that no text contains here are named", () => {
  const list = (tokens: readonly string[], kind: "word" | "char") =>
    take({ tokens: ["<unk>", ...tokens], kind }).notice;
  expect(list(["e\u0301cole", "a\u00a0b", "chat"], "word")).toMatch(
    /no text here contains its tokens “e\u0301cole”, “a\u00a0b”: texts here are split at spaces/,
  );
  expect(list(["e", "\u0301", "x", " "], "char")).toMatch(/no token for the letters “é” that/);
  expect(list(["\u1100", "\u1161"], "char")).toMatch(/“가”/);
  expect(list(["e", "\u0301", "é", "a", "á"], "char")).toBeNull();
  expect(list(["école", "▁", "chat"], "word")).toBeNull();
});

describe("a tokenizer.json", () => {
  const learned = learnTokenizer(
    new Map([
      ["lower", 5],
      ["lowest", 4],
    ]),
    parseTokenizerOption("bpe:30"),
  );
  const moved = (part: object) => {
    const vocab = (learned.model as { vocab: Record<string, number> }).vocab;
    const count = Object.keys(vocab).length;
    // Their special tokens stand at the end.
    const ids = Object.entries(vocab).map(([token, id]) => [token, (id + count - 4) % count]);
    const model = { ...learned.model, vocab: Object.fromEntries(ids), ...part };
    return { "tokenizer.json": JSON.stringify({ ...learned, model }) };
  };

  test("with special tokens elsewhere splits texts into the same pieces", () => {
    const taken = take({ file: "tokenizer.json" }, moved({}));
    const own = TextTokenizer.fromJson(learned, "learned");
    expect(taken.tokenizer.encode("lower slow").tokens).toEqual(own.encode("lower slow").tokens);
    const moves = theirIds(taken, "lower slow").map(
      (id, at) => own.encodeIds("lower slow")[at] ?? id,
    );
    expect(theirIds(taken, "lower slow")).toEqual(moves.map((id) => id - 4));
  });

  test.each([
    ["of WordPiece", { type: "WordPiece" }, "its model is WordPiece"],
    ["with bytes", { byte_fallback: true }, "spells unknown characters as bytes"],
    ["without merges", { merges: 3 }, "it has no list of merges"],
    ["with merges of others", { merges: [["q", "z"]] }, "its merge of q and z does not join two"],
  ])("%s is refused", (_, part, message) => {
    expect(() => take({ file: "tokenizer.json" }, moved(part))).toThrow(message);
  });

  const metaspace = { type: "Metaspace", replacement: "▁" };
  const withSplitter = (splitter: object) => {
    const { "tokenizer.json": json } = moved({});
    return { "tokenizer.json": JSON.stringify({ ...JSON.parse(json), pre_tokenizer: splitter }) };
  };
  test.each([
    [{ ...metaspace, prepend_scheme: "never", split: true }, "no space before the first word"],
    [{ ...metaspace, add_prefix_space: false }, "no space before the first word"],
    [{ ...metaspace, prepend_scheme: "always", split: false }, "can reach from word to word"],
  ])("that marks spaces otherwise, %j, is refused", (splitter, message) => {
    expect(() => take({ file: "tokenizer.json" }, withSplitter(splitter))).toThrow(message);
  });
  test.each([
    { ...metaspace, add_prefix_space: true },
    { ...metaspace, prepend_scheme: "first" },
  ])("that marks spaces in an older way, %j, is taken", (splitter) => {
    const taken = take({ file: "tokenizer.json" }, withSplitter(splitter));
    expect(taken.tokenizer.encode("low").tokens[0]).toMatch(/^▁/);
  });
  test("with a step of another tool that looks like ours is refused", () => {
    const { "tokenizer.json": json } = moved({});
    const normalizer = { type: "Replace", pattern: { Regex: "[\\s,.]+" }, content: "" };
    const other = { "tokenizer.json": JSON.stringify({ ...JSON.parse(json), normalizer }) };
    expect(() => take({ file: "tokenizer.json" }, other)).toThrow("its normalizer Replace");
  });
});

describe("a list of tokens", () => {
  test.each([
    ["a list of lines", "v.txt", "<unk>\na\nb\n"],
    [
      "with a mark of the order of bytes, and Windows' ends of lines",
      "v.txt",
      "\ufeff<unk>\r\na\r\nb\r\n",
    ],
    ["a list in JSON", "v.json", '["<unk>", "a", "b"]'],
    ["an object with ids", "v.json", '{ "b": 2, "<unk>": 0, "a": 1 }'],
    ["an object with tokens", "v.json", '{ "0": "<unk>", "2": "b", "1": "a" }'],
  ])("tokens are read of %s", (_, file, content) => {
    const { tokenizer, order } = take({ file }, { [file]: content });
    expect([tokenizer.tokenOf(4), tokenizer.tokenOf(5), tokenizer.size]).toEqual(["a", "b", 6]);
    expect(order.rows).toEqual([-1, 0, -1, -1, 1, 2]);
  });

  test.each([
    [
      "a token twice",
      "v.txt",
      "a\nb\na\n",
      'v.txt: its tokens 0 and 2 are both spelled "a"; give each a spelling of its own.',
    ],
    ["numbers behind tokens", "v.txt", "a 10\nb 7\n", 'its lines, such as "a 10", have a number'],
    ["an empty line", "v.txt", "a\n\nb\n", "line 2 is empty"],
    ["text of another code", "v.txt", Uint8Array.of(0xe9, 10), "it is not text in UTF-8"],
    ["an id too large", "v.json", '{ "a": 0, "b": 7 }', "no token has the id 1, of 2 tokens"],
    ["nothing", "v.txt", "", "it is empty"],
    ["numbers", "v.json", "[1, 2]", "it is no list of tokens"],
    ["a negative id", "v.json", '{ "a": 0, "b": -1 }', "no token has the id 1, of 2 tokens"],
    ["an id twice", "v.json", '{ "a": 0, "b": 0 }', "it does not give each token an id of its own"],
    ["ids as texts that are none", "v.json", '{ "a": "b" }', "no token has the id 0"],
    ["tokens that are no texts", "v.json", '{ "0": "a", "1": ["b"] }', "it is no list of tokens"],
    [
      "JSON with a comma too many",
      "v.json",
      '[\n"a",\n]',
      "v.txt: it is not JSON in UTF-8 from line 3 on; write a list of tokens.",
    ],
  ])("%s is refused in one sentence", (_, file, content, message) => {
    expect(() => take({ file }, { [file]: content })).toThrow(message);
    expect(() => take({ file }, { [file]: content })).toThrow(/^[^\n]*\.$/);
  });

  test("of characters holds nothing longer", () => {
    expect(() => take({ kind: "char", tokens: ["a", "ab"] })).toThrow('its token "ab" is not one');
  });

  test("may not spell a word like one of our signs", () => {
    const special = { start: "SOS", end: "EOS" };
    const tokens = ["SOS", "EOS", "<s>"];
    expect(() => take({ tokens, special })).toThrow("<s>, is spelled like a sign of ours");
  });
});

test("what is no model of SentencePiece is refused", () => {
  const files = { "m.model": "some text that is no message" };
  expect(() => take({ file: "m.model" }, files)).toThrow("m.model: it is no model");
  const gzip = { "m.model": Uint8Array.of(0x1f, 0x8b, 8, 0) };
  expect(() => take({ file: "m.model" }, gzip)).toThrow("m.model: it is no model");
});

test("codes of an unknown version, or with lines of another form, are refused", () => {
  const withCodes = (codes: string) => () =>
    take({ codes: "c.txt", tokens: ["<unk>", "a"] }, { "c.txt": codes });
  expect(withCodes("#version: 7.0\na b\n")).toThrow("c.txt: version 7.0 of its form is unknown");
  expect(withCodes("#version: 0.2\na b\na b c d\n")).toThrow("c.txt: line 3 is no merge");
});
