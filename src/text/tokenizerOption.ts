import { nearest } from "../options/nearest.ts";
import { OptionError } from "../options/optionError.ts";
import { learnCharacters } from "./characterLearner.ts";
import type { NormalizeOptions } from "./normalize.ts";
import { learnPieces } from "./pieceLearner.ts";
import type { TokenizerJson } from "./tokenizerJson.ts";
import type { WordCounts } from "./wordCounts.ts";
import { learnWords } from "./wordLearner.ts";

/** The kind of token, and the size of the learned vocabulary. */
export type TokenizerSettings =
  | { readonly kind: "word"; readonly size: number; readonly splitPunctuation?: boolean }
  | { readonly kind: "char"; readonly size?: number; readonly minimumCount?: number }
  | { readonly kind: "bpe"; readonly size: number };

const largestSize = 1_000_000;

/**
 * Parses a choice of tokenizer: `bpe:8000`, `word:8000`, `word:8000:split` (punctuation marks are
 * separate tokens) or `char`.
 *
 * @throws OptionError if it is none of these.
 */
export function parseTokenizerOption(value: string): TokenizerSettings {
  if (value === "char") return { kind: "char" };
  const match = /^(?:(bpe|word):(\d+)|(word):(\d+):split)$/.exec(value);
  if (match === null) {
    throw new OptionError({
      key: "tokenizer",
      value,
      problem: "not a tokenizer",
      remedy: "write bpe:8000, word:8000, word:8000:split or char",
      suggestions: meantTokenizers(value),
    });
  }
  const size = Number(match[2] ?? match[4]);
  if (size < 16 || size > largestSize) {
    const remedy = `give a vocabulary of 16 to ${largestSize.toLocaleString("en-US")} tokens`;
    throw new OptionError({ key: "tokenizer", value, remedy });
  }
  if (match[3] !== undefined) return { kind: "word", size, splitPunctuation: true };
  return { kind: match[1] === "bpe" ? "bpe" : "word", size };
}

/** The tokenizers that a text probably means, with its number if it has one. */
function meantTokenizers(value: string): string[] {
  const size = /\d+/.exec(value)?.[0] ?? "8000";
  const [kind = size] = /^\p{L}+/u.exec(value) ?? [];
  const kinds = [
    {
      name: `bpe:${size}`,
      otherNames: ["bpe", "subword", "sentencepiece", "spm", "unigram", size],
    },
    { name: `word:${size}`, otherNames: ["word", "words", "space"] },
    { name: "char", otherNames: ["character", "chars", "letters"] },
  ];
  return nearest(kind, kinds).map((name) => `{tokenizer=${name}}`);
}

/**
 * Learns a tokenizer from the words of a corpus.
 *
 * @param counts   the count of each word, normalised with the same `options`.
 * @param settings what to learn, for instance from {@link parseTokenizerOption}.
 */
export function learnTokenizer(
  counts: WordCounts,
  settings: TokenizerSettings,
  options: NormalizeOptions = {},
): TokenizerJson {
  switch (settings.kind) {
    case "word":
      return learnWords(counts, { ...settings, ...options });
    case "char":
      return learnCharacters(counts, { ...settings, ...options });
    case "bpe":
      return learnPieces(counts, { ...settings, ...options });
  }
}
