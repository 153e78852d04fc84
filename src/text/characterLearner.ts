import type { NormalizeOptions } from "./normalize.ts";
import { specialTokens } from "./specialTokens.ts";
import { pieceModel, type TokenizerJson, tokenizerJson } from "./tokenizerJson.ts";
import { byFrequency, type WordCounts } from "./wordCounts.ts";

/** How a vocabulary of characters is learned. */
export interface CharacterLearnerOptions extends NormalizeOptions {
  /** The maximum size of the vocabulary, special tokens included. Default: 10,000. */
  readonly size?: number;
  /** The minimum count of a known character. Default: 1. */
  readonly minimumCount?: number;
}

/**
 * Learns a vocabulary of characters (Unicode code points); the space between words is one of them.
 *
 * @param counts how often each normalised word occurs.
 */
export function learnCharacters(
  counts: WordCounts,
  options: CharacterLearnerOptions = {},
): TokenizerJson {
  const limit = Math.max(1, (options.size ?? 10_000) - specialTokens.length);
  const characters = byFrequency(countCharacters(counts))
    .filter(([, count]) => count >= (options.minimumCount ?? 1))
    .slice(0, limit - 1)
    .map(([character]) => character);
  // Byte-pair pieces that were never merged are characters, and every tool can read such a model.
  const model = pieceModel([" ", ...characters], []);
  return tokenizerJson({ pre_tokenizer: null, decoder: { type: "Fuse" }, model }, options);
}

/** Returns how often each character occurs within the words. */
export function countCharacters(counts: WordCounts): Map<string, number> {
  const characters = new Map<string, number>();
  for (const [word, count] of counts) {
    for (const character of word) {
      characters.set(character, (characters.get(character) ?? 0) + count);
    }
  }
  return characters;
}
