/** @file The phrases that a reader adds to the map of phrases, the same for every model. */

/** How many are encoded; more would not be told apart on the map. */
export const mostPhrases = 40;

/** The most characters of a phrase, and of all that an address carries. */
const longestPhrase = 200;
const longestInAddress = 400;

/** The phrases of a text that has one a line: without empty ones, none twice. */
export function phrasesOf(text: string): string[] {
  const lines = text.split(/[\r\n]+/).map((line) => line.replace(/\s+/g, " ").trim());
  const phrases = lines.filter((line) => line !== "").map((line) => line.slice(0, longestPhrase));
  return [...new Set(phrases)];
}

/** The phrases if an address can carry them; none if they are too long for it. */
export function phrasesForAddress(phrases: readonly string[]): readonly string[] {
  return phrases.join("\n").length <= longestInAddress ? phrases : [];
}

class OwnPhrases {
  /** Those on the map, at most {@link mostPhrases}. */
  list: readonly string[] = $state.raw([]);
  /** How many were given. */
  given: number = $state(0);

  set(phrases: readonly string[]): void {
    this.given = phrases.length;
    this.list = phrases.slice(0, mostPhrases);
  }
}

export const ownPhrases = new OwnPhrases();
