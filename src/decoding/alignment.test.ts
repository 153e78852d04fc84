import { expect, test } from "vitest";
import { chineseCharacters } from "../text/chineseCharacters.ts";
import { TextTokenizer } from "../text/tokenizer.ts";
import type { TokenizerSettings } from "../text/tokenizerOption.ts";
import { learnTokenizer } from "../text/tokenizerOption.ts";
import { countWords } from "../text/wordCounts.ts";
import { hardLinks, spacedWords, tokenWords, wordAttention } from "./alignment.ts";
import { replaceUnknown } from "./unknownWords.ts";

function tokenizer(settings: TokenizerSettings, text: string, lowercase = false): TextTokenizer {
  const counts = new Map<string, number>();
  for (let time = 0; time < 3; time++) countWords(counts, text);
  return TextTokenizer.fromJson(learnTokenizer(counts, settings, { lowercase }), "test");
}

/** Rows that look at one source token each. */
function looksAt(positions: readonly number[], length: number): number[][] {
  return positions.map((at) => Array.from({ length }, (_, index) => (index === at ? 1 : 0)));
}

const unknown = 1;
const words = "the house is small , and old .";

test("weights of pieces are added over the source and averaged over the target", () => {
  const attention = [
    [0.5, 0.25, 0.25],
    [0.25, 0.25, 0.5],
    [0, 0, 1],
  ];
  const source = [
    { start: 0, end: 2 },
    { start: 2, end: 3 },
  ];
  const target = [
    { start: 0, end: 2 },
    { start: 2, end: 3 },
  ];
  const weights = wordAttention(attention, source, target);
  expect(weights).toEqual([
    [0.625, 0.375],
    [0, 1],
  ]);
  expect(hardLinks(weights)).toEqual([
    [0, 0],
    [1, 1],
  ]);
});

test.each<[string, TokenizerSettings]>([
  ["bpe", { kind: "bpe", size: 30 }],
  ["char", { kind: "char" }],
  ["word", { kind: "word", size: 30 }],
])("the words of an output are those of its text (%s)", (_, settings) => {
  const cut = tokenizer(settings, words);
  const { ids, words: expected } = cut.encode("the small house and");
  expect(tokenWords(cut, ids)).toEqual(expected.map(({ start, end }) => ({ start, end })));
});

test("an unknown word is replaced by the word looked at, as it was typed", () => {
  const cut = tokenizer({ kind: "word", size: 30 }, words);
  const source = cut.encode("the Zürich is Old");
  const [the, is] = cut.encodeIds("the is") as [number, number];
  const attention = looksAt([0, 1, 3, 2], 4);
  expect(replaceUnknown(cut, { ids: [the, unknown, unknown, is], attention }, source)).toBe(
    "the Zürich Old is",
  );
});

test("where the vocabulary has small letters only, so has the copy", () => {
  const cut = tokenizer({ kind: "word", size: 30 }, words, true);
  const source = cut.encode("The Zürich");
  expect(replaceUnknown(cut, { ids: [unknown], attention: looksAt([1], 2) }, source)).toBe(
    "zürich",
  );
  const greek = cut.encode("The ΛΌΓΟΣ");
  expect(replaceUnknown(cut, { ids: [unknown], attention: looksAt([1], 2) }, greek)).toBe("λόγοσ");
});

test("where marks are tokens of their own, the spaces stay where they belong", () => {
  const cut = tokenizer({ kind: "word", size: 30, splitPunctuation: true }, "the house, is old.");
  const source = cut.encode("the Zürich, is old.");
  const ids = source.ids;
  expect(ids).toContain(unknown);
  const attention = looksAt(
    ids.map((_, index) => index),
    ids.length,
  );
  expect(replaceUnknown(cut, { ids, attention }, source)).toBe("the Zürich, is old.");
});

test.each<TokenizerSettings>([{ kind: "bpe", size: 60 }, { kind: "char" }])(
  "an unknown character is replaced by the character looked at (%o)",
  (settings) => {
    const cut = tokenizer(settings, words);
    const source = cut.encode("the ☃ousé");
    const attention = looksAt(
      source.ids.map((_, index) => index),
      source.ids.length,
    );
    expect(source.ids.filter((id) => id === unknown)).toHaveLength(2);
    expect(replaceUnknown(cut, { ids: source.ids, attention }, source)).toBe("the ☃ousé");
  },
);

test.each<[string, TokenizerSettings]>([
  ["bpe", { kind: "bpe", size: 30 }],
  ["char", { kind: "char" }],
  ["word", { kind: "word", size: 30 }],
])("words between white space keep the marks at them (%s)", (_, settings) => {
  const cut = tokenizer(settings, "The house, is old.");
  const text = "The  house, is old.";
  const encoding = cut.encode(text);
  const spans = spacedWords(text, encoding.words, cut);
  const tokens = spans.map(({ start, end }) => encoding.tokens.slice(start, end).join(""));
  expect(tokens).toHaveLength(4);
  expect(tokens[1]?.replace("\u2581", "")).toBe("house,");
  expect(tokens[3]?.replace("\u2581", "")).toBe("old.");
});

test("where spaces beside Chinese went, several words of a text have the tokens of one", () => {
  const chinese = chineseCharacters();
  const counts = new Map([
    ["我是学生。", 9],
    ["Tom认识我", 9],
    ["Smith", 9],
  ]);
  const json = learnTokenizer(counts, { kind: "bpe", size: 60 }, { chinese });
  const cut = TextTokenizer.fromJson(json, "test");
  const text = "我 是 學生 . Tom Smith 认识 我";
  const encoding = cut.encode(text);
  const spans = spacedWords(text, encoding.words, cut);
  expect(spans).toHaveLength(8);
  for (const span of spans.slice(0, 4)) expect(span).toEqual(spans[0]);
  expect(spans.at(-1)?.end).toBe(encoding.ids.length);
  for (const { start, end } of spans) expect(end).toBeGreaterThan(start);
});

test.each<[TokenizerSettings, string, readonly string[]]>([
  [{ kind: "bpe", size: 60 }, "你好... abc def", ["你好……", "abc", "def"]],
  [
    { kind: "word", size: 60, splitPunctuation: true },
    "他 说：好 OK then",
    ["他说", "他说：好OK", "好OK", "then"],
  ],
])(
  "marks and spaces that go leave the other words where they are (%j)",
  (settings, text, expected) => {
    const chinese = chineseCharacters();
    const words = ["你好……", "abc", "def", "他说：好OK", "then"];
    const counts = new Map(words.map((word) => [word, 9]));
    const cut = TextTokenizer.fromJson(learnTokenizer(counts, settings, { chinese }), "test");
    const { tokens, words: reported } = cut.encode(text);
    const found = spacedWords(text, reported, cut).map(({ start, end }) =>
      tokens.slice(start, end).join("").replaceAll("\u2581", ""),
    );
    expect(found).toEqual(expected);
  },
);

test("a document of 150,000 words is aligned like any sentence", () => {
  const row = Array.from({ length: 150_000 }, () => 0);
  row[140_000] = 1;
  expect(hardLinks([row])).toEqual([[140_000, 0]]);
});
