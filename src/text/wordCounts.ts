import { detached } from "./detached.ts";

/** The count of each word. */
export type WordCounts = Map<string, number>;

/** How many distinct words are counted before the rarest are dropped. */
const defaultLimit = 500_000;

/**
 * Adds the words of a text to the counts. When they exceed the limit, words seen only once (then
 * twice, and so on) are dropped until they take at most half of it. This bounds memory for a corpus of
 * any length.
 *
 * @param counts the counts to add to.
 * @param text   a normalised text, whose words are separated by single spaces.
 * @param limit  the maximum number of distinct words.
 */
export function countWords(counts: WordCounts, text: string, limit: number = defaultLimit): void {
  if (text === "") return;
  for (const word of text.split(" ")) {
    const count = counts.get(word);
    if (count !== undefined) counts.set(word, count + 1);
    else counts.set(detached(word), 1);
  }
  boundCounts(counts, limit);
}

/**
 * Drops the rarest words as {@link countWords} does, if there are more than the limit.
 *
 * @param limit the maximum number of distinct words.
 */
export function boundCounts(counts: WordCounts, limit: number = defaultLimit): void {
  if (counts.size > limit) forgetRare(counts, Math.floor(limit / 2));
}

/** Merges several counts into one, for a vocabulary that two languages share. */
export function mergeWordCounts(...parts: readonly WordCounts[]): WordCounts {
  const merged: WordCounts = new Map();
  for (const part of parts) {
    for (const [word, count] of part) merged.set(word, (merged.get(word) ?? 0) + count);
  }
  return merged;
}

/**
 * Returns the entries from most to least frequent, ties sorted by text, so that the order never depends
 * on which was seen first.
 */
export function byFrequency(counts: ReadonlyMap<string, number>): [text: string, count: number][] {
  return [...counts].sort(
    ([text, count], [otherText, otherCount]) =>
      otherCount - count || (text < otherText ? -1 : text > otherText ? 1 : 0),
  );
}

function forgetRare(counts: WordCounts, limit: number): void {
  for (let rarest = 1; counts.size > limit; rarest++) {
    for (const [word, count] of counts) if (count <= rarest) counts.delete(word);
  }
}
