import type { NormalizeOptions } from "./normalize.ts";
import { specialTokens } from "./specialTokens.ts";
import { pieceModel, type TokenizerJson, tokenizerJson } from "./tokenizerJson.ts";
import { byFrequency, type WordCounts } from "./wordCounts.ts";

/** How a vocabulary of characters is learned. */
export interface CharacterLearnerOptions extends NormalizeOptions {
  /** The most tokens the vocabulary may have, special ones included; 10,000 unless given. */
  readonly size?: number;
  /** How often a character must occur to be known; once unless given. */
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

/** Yields how often each character occurs within the words. */
export function countCharacters(counts: WordCounts): Map<string, number> {
  const characters = new Map<string, number>();
  for (const [word, count] of counts) {
    for (const character of word) {
      characters.set(character, (characters.get(character) ?? 0) + count);
    }
  }
  return characters;
}
