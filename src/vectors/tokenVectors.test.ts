import { expect, test } from "vitest";
import { TextTokenizer } from "../text/tokenizer.ts";
import type { TokenizerSettings } from "../text/tokenizerOption.ts";
import { learnTokenizer } from "../text/tokenizerOption.ts";
import { TokenVectors } from "./tokenVectors.ts";

function tokenizerOf(text: string, settings: TokenizerSettings): TextTokenizer {
  const counts = new Map<string, number>();
  for (const word of text.split(" ")) counts.set(word, (counts.get(word) ?? 0) + 1);
  return TextTokenizer.fromJson(learnTokenizer(counts, settings), "test");
}

/** What tokens get of a file with these words, the vector of word 0 being [0], of word 1 [1] … */
function found(tokenizer: TextTokenizer, words: readonly string[]) {
  const vectors = new TokenVectors(tokenizer);
  words.forEach((word, at) => {
    if (vectors.isWanted(word)) vectors.add(word, Float32Array.of(at));
  });
  const rows = [...vectors.found()].map(([id, [value]]) => [tokenizer.tokenOf(id), value]);
  return { rows: Object.fromEntries(rows), coverage: vectors.coverage() };
}

const words = { kind: "word", size: 20 } as const;

test("a word has its own vector, or else that of another case", () => {
  const { rows, coverage } = found(tokenizerOf("The paris nato dog zzz", words), [
    "the",
    "The",
    "NATO",
    "Paris",
    "DOG",
    "dog",
    "other",
  ]);
  expect(rows).toEqual({ The: 1, nato: 2, paris: 3, dog: 5 });
  expect(coverage).toEqual({ tokens: 5, found: 4, otherCase: 2 });
});

test("the first vector of a word counts", () => {
  expect(found(tokenizerOf("dog", words), ["dog", "dog"]).rows).toEqual({ dog: 0 });
});

test("special tokens have none", () => {
  expect(found(tokenizerOf("dog", words), ["</s>", "<unk>", "dog"]).rows).toEqual({ dog: 2 });
});

test("the mark for a space is no part of a word, and pieces within a word are none", () => {
  const pieces = tokenizerOf("sing sing sing ing", { kind: "bpe", size: 40 });
  const plain = found(pieces, ["sing", "ing", "s"]);
  expect(plain.rows["▁sing"]).toBe(0);
  expect(plain.rows).not.toHaveProperty("ing");
  expect(plain.rows).not.toHaveProperty("s");
  const marked = found(pieces, ["▁sing", "s", "sing"]);
  expect(marked.rows["▁sing"]).toBe(0);
  expect(marked.rows["s"]).toBe(1);
});

test("where marks of punctuation are apart, a word behind one is a word", () => {
  const tokenizer = tokenizerOf("l'homme", { kind: "word", size: 20, splitPunctuation: true });
  expect(found(tokenizer, ["homme", "l"]).rows).toEqual({ homme: 0, "▁l": 1 });
});
