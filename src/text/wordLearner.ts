import { unknownId } from "../tensor/specialIds.ts";
import type { NormalizeOptions } from "./normalize.ts";
import { isSpecialToken, specialTokens } from "./specialTokens.ts";
import {
  metaspace,
  type PreTokenizerJson,
  spaceMark,
  type TokenizerJson,
  tokenizerJson,
  vocabulary,
} from "./tokenizerJson.ts";
import { byFrequency, type WordCounts } from "./wordCounts.ts";

/** How to learn a vocabulary of whole words. */
export interface WordLearnerOptions extends NormalizeOptions {
  /** The size of the vocabulary, special tokens included. */
  readonly size: number;
  /**
   * Whether punctuation marks and symbols are separate tokens. Default: false, for text that is already
   * tokenized, whose tokens are kept. Use true for raw text: a token after white space is then written with
   * "▁" before it, so that decoding restores the text exactly.
   */
  readonly splitPunctuation?: boolean;
}

/**
 * The tokens of a raw word when punctuation is split: runs of letters and digits, and single marks, each with
 * the "▁" before it. The syntax suits JavaScript's `u` mode and Oniguruma.
 */
const wordOrMark = `${spaceMark}?[^${spaceMark}\\p{P}\\p{S}]+|${spaceMark}?[\\p{P}\\p{S}]`;

/** The step that separates marks from words. */
export const markSplitter: PreTokenizerJson = {
  type: "Sequence",
  pretokenizers: [
    metaspace(false),
    { type: "Split", pattern: { Regex: wordOrMark }, behavior: "Isolated", invert: false },
  ],
};

/**
 * Learns a vocabulary of the most frequent words; all other words are unknown.
 *
 * @param counts the count of each normalised word.
 */
export function learnWords(counts: WordCounts, options: WordLearnerOptions): TokenizerJson {
  const isSplit = options.splitPunctuation === true;
  const tokens = byFrequency(isSplit ? splitCounts(counts) : counts)
    .map(([token]) => token)
    .filter((token) => !isSpecialToken(token))
    .slice(0, Math.max(0, options.size - specialTokens.length));
  return tokenizerJson(
    {
      pre_tokenizer: isSplit ? markSplitter : { type: "WhitespaceSplit" },
      decoder: isSplit ? metaspace(true) : null,
      model: {
        type: "WordLevel",
        vocab: vocabulary(tokens),
        unk_token: specialTokens[unknownId],
      },
    },
    options,
  );
}

function splitCounts(counts: WordCounts): WordCounts {
  const pattern = new RegExp(wordOrMark, "gu");
  const parts: WordCounts = new Map();
  for (const [word, count] of counts) {
    for (const part of (spaceMark + word).match(pattern) ?? []) {
      parts.set(part, (parts.get(part) ?? 0) + count);
    }
  }
  return parts;
}
