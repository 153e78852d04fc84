import { themeWords } from "./themes.ts";

/** The sources of the selection. */
export interface WordSources {
  /** The words with a vector, most frequent first. */
  readonly ranked: readonly string[];
  /** Common English words. */
  readonly english: ReadonlySet<string>;
}

/** The accepted two-letter words; all others are abbreviations and syllables. */
const short = new Set(
  "am an as at be by do go he hi if in is it me my no of oh on or so to up us we".split(" "),
);

/**
 * Selects the words to ship, in order of frequency: those of the themes, then the most frequent English
 * words in lower case from a to z.
 *
 * @throws Error if a word of the themes has no vector.
 */
export function selectWords({ ranked, english }: WordSources, count: number): string[] {
  const wanted = themeWords();
  const known = new Set(ranked);
  const missing = [...wanted].filter((word) => !known.has(word));
  if (missing.length > 0) throw new Error(`There is no vector for ${missing.join(", ")}.`);
  const isPlain = (word: string): boolean =>
    /^[a-z]{2,}$/.test(word) && english.has(word) && (word.length > 2 || short.has(word));
  const frequent = ranked.filter((word) => isPlain(word) && !wanted.has(word));
  const chosen = new Set([...wanted, ...frequent.slice(0, count - wanted.size)]);
  return ranked.filter((word) => chosen.has(word));
}
