import { Tokenizer as HuggingFaceTokenizer } from "@huggingface/tokenizers";
import { describe, expect, test } from "vitest";
import { UserError } from "../tensor/errors.ts";
import { Random } from "../tensor/random.ts";
import { type NormalizeOptions, normalizeText } from "./normalize.ts";
import { TextTokenizer } from "./tokenizer.ts";
import { learnTokenizer, type TokenizerSettings } from "./tokenizerOption.ts";
import { countWords, type WordCounts } from "./wordCounts.ts";

function learn(
  texts: readonly string[],
  settings: TokenizerSettings,
  options: NormalizeOptions = {},
): TextTokenizer {
  const counts: WordCounts = new Map();
  for (const text of texts) countWords(counts, normalizeText(text, options));
  const json = learnTokenizer(counts, settings, options);
  // As it would come from a file.
  return TextTokenizer.fromJson(JSON.parse(JSON.stringify(json)), "test");
}

/** Sentences of made-up words with accents, capital letters, marks, numbers and odd spaces. */
function sentences(count: number, seed: number): string[] {
  const random = new Random(seed);
  const pick = (items: readonly string[]): string => items[random.integer(items.length)] as string;
  const syllables = [
    "la",
    "\u00e9t",
    "mo",
    "rin",
    "\u0153u",
    "K\u00e4",
    "e\u0301",
    "\u{1F600}",
    "7",
  ];
  const ends = ["", "", "", ",", ".", "!?", "\u2019s", "-", " \u00bb"];
  const spaces = [" ", " ", " ", "  ", "\u00a0", "\t"];
  const word = (): string =>
    Array.from({ length: 1 + random.integer(3) }, () => pick(syllables)).join("") + pick(ends);
  return Array.from({ length: count }, () =>
    Array.from({ length: 1 + random.integer(9) }, () => word() + pick(spaces)).join(""),
  );
}

const text = sentences(300, 1);
const unseen = [...sentences(300, 2), "", " ", "Zebra \u4e2d\u6587 <x> \u2581a", "x".repeat(300)];
const everySetting: [string, TokenizerSettings, NormalizeOptions][] = [
  ["bpe", { kind: "bpe", size: 120 }, {}],
  ["bpe, lower-cased", { kind: "bpe", size: 120 }, { lowercase: true }],
  ["char", { kind: "char" }, {}],
  ["char, lower-cased", { kind: "char" }, { lowercase: true }],
  ["word", { kind: "word", size: 90 }, {}],
  [
    "word, punctuation apart, lower-cased",
    { kind: "word", size: 90, splitPunctuation: true },
    { lowercase: true },
  ],
];

describe.each(everySetting)("%s", (_name, settings, options) => {
  const tokenizer = learn(text, settings, options);

  test("cuts and joins as the Hugging Face library does with the same file", () => {
    const library = new HuggingFaceTokenizer(tokenizer.toJson(), {
      clean_up_tokenization_spaces: false,
      // For whole words the library looks for it here, as in a `tokenizer_config.json`.
      unk_token: "<unk>",
    });
    for (const sentence of unseen) {
      const ids: number[] = library.encode(sentence).ids;
      expect(tokenizer.encode(sentence).ids).toEqual(ids);
      if (ids.length > 0) expect(tokenizer.decode(ids)).toBe(library.decode(ids));
    }
  });

  test("cuts a sentence the same each time, whatever was cut before", () => {
    const fresh = learn(text, settings, options);
    const last = unseen.at(-5) as string;
    expect(tokenizer.encodeIds(last)).toEqual(fresh.encodeIds(last));
    expect(tokenizer.encode(last).ids).toEqual(fresh.encodeIds(last));
  });

  test("says for each word as it was typed which tokens it became", () => {
    for (const sentence of unseen) {
      const { ids, tokens, words } = tokenizer.encode(sentence);
      expect(tokens).toHaveLength(ids.length);
      for (const { text, start, end } of words) {
        if (ids.slice(start, end).includes(1)) continue;
        expect(tokenizer.decode(ids.slice(start, end))).toBe(tokenizer.normalize(text));
      }
      const inWords = words.reduce((sum, { start, end }) => sum + end - start, 0);
      const gaps = tokenizer.kind === "char" ? Math.max(0, words.length - 1) : 0;
      expect(inWords + gaps).toBe(ids.length);
    }
  });

  test("a text that spells a special token does not become one", () => {
    for (const id of tokenizer.encodeIds("<s> </s> <pad> <unk>")) {
      expect([0, 2, 3]).not.toContain(id);
    }
  });
});

describe.each(everySetting.slice(0, 4))("%s", (_name, settings, options) => {
  test("decoding what was encoded gives the normalised text back", () => {
    const tokenizer = learn(text, settings, options);
    for (const sentence of text) {
      expect(tokenizer.decode(tokenizer.encode(sentence).ids)).toBe(
        normalizeText(sentence, options),
      );
    }
  });
});

test("words and their capital letters are kept beside lower-cased tokens", () => {
  const tokenizer = learn(["le chat dort ."], { kind: "word", size: 16 }, { lowercase: true });
  expect(tokenizer.encode("Le  CHAT ronfle .")).toEqual({
    ids: [7, 5, 1, 4],
    tokens: ["le", "chat", "<unk>", "."],
    words: [
      { text: "Le", start: 0, end: 1 },
      { text: "CHAT", start: 1, end: 2 },
      { text: "ronfle", start: 2, end: 3 },
      { text: ".", start: 3, end: 4 },
    ],
  });
});

test("where punctuation is apart, each mark is a word of its own and decoding closes the gaps", () => {
  const tokenizer = learn(["Oui, oui."], { kind: "word", size: 16, splitPunctuation: true });
  const { ids, words } = tokenizer.encode("Oui, Marie.");
  expect(words.map(({ text }) => text)).toEqual(["Oui", ",", "Marie", "."]);
  expect(tokenizer.decode(ids)).toBe("Oui,<unk>.");
  expect(tokenizer.decode(tokenizer.encodeIds("Oui. oui, oui"))).toBe("Oui. oui, oui");
});

test("the tokens of a word are characters that follow each other, and the spaces belong to none", () => {
  const tokenizer = learn(["ab b"], { kind: "char" });
  expect(tokenizer.encode("ba  a")).toEqual({
    ids: [5, 6, 4, 6],
    tokens: ["b", "a", " ", "a"],
    words: [
      { text: "ba", start: 0, end: 2 },
      { text: "a", start: 3, end: 4 },
    ],
  });
});

test("pieces never join letters with marks", () => {
  const tokenizer = learn(Array(9).fill("end. end."), { kind: "bpe", size: 40 });
  expect(tokenizer.encode("end.").tokens).toEqual(["\u2581end", "."]);
});

test("decoding drops padding, start and end and prints an unknown token", () => {
  const tokenizer = learn(["a b"], { kind: "word", size: 16 });
  expect(tokenizer.decode([2, 4, 1, 5, 3, 0, 0])).toBe("a <unk> b");
  expect(tokenizer.decode(Int32Array.of(4, 99))).toBe("a <unk>");
  expect(tokenizer.decode([])).toBe("");
});

test("learning from the same counts in another order gives the same tokenizer", () => {
  const counts = (texts: readonly string[]): WordCounts => {
    const result: WordCounts = new Map();
    for (const sentence of texts) countWords(result, normalizeText(sentence));
    return result;
  };
  const learnFrom = (texts: readonly string[]) =>
    learnTokenizer(counts(texts), { kind: "bpe", size: 200 });
  expect(learnFrom(text.toReversed())).toEqual(learnFrom(text));
});

test("a vocabulary is no larger than asked for and begins with the special tokens", () => {
  const tokenizer = learn(text, { kind: "bpe", size: 60 });
  expect(tokenizer.size).toBe(60);
  expect([0, 1, 2, 3].map((id) => tokenizer.tokenOf(id))).toEqual([
    "<pad>",
    "<unk>",
    "<s>",
    "</s>",
  ]);
  expect(tokenizer.tokenOf(60)).toBe("<unk>");
  expect(tokenizer.description).toBe("bpe, 60 pieces");
});

test("words named like members of objects are words like any other", () => {
  const words = "__proto__ constructor 12 toString";
  const tokenizer = learn([words], { kind: "word", size: 16 });
  expect(tokenizer.decode(tokenizer.encodeIds(words))).toBe(words);
});

test.each<[string, unknown, string]>([
  ["no object", 3, "not a tokenizer"],
  ["another model", { model: { type: "WordPiece" } }, "its model WordPiece is not supported"],
  ["no vocabulary", { model: { type: "WordLevel" } }, "it has no vocabulary"],
  [
    "other special tokens",
    { model: { type: "WordLevel", vocab: { "[PAD]": 0 } } },
    "<pad> does not have the id 0",
  ],
])("a file with %s is refused with its name", (_what, json, message) => {
  const read = () => TextTokenizer.fromJson(json, "source.tokenizer.json");
  expect(read).toThrow(UserError);
  expect(read).toThrow(`source.tokenizer.json: ${message}`);
});

test("a tokenizer of another program's making is refused and not half understood", () => {
  const good = learn(["a b"], { kind: "word", size: 16 }).toJson();
  for (const part of [
    { normalizer: null },
    { pre_tokenizer: { type: "Novel" } },
    { added_tokens: undefined },
    { decoder: 3 },
    { model: { ...good.model, vocab: { ...good.model.vocab, far: 99 } } },
  ]) {
    expect(() => TextTokenizer.fromJson({ ...good, ...part }, "x")).toThrow(UserError);
  }
});
