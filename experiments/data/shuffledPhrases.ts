/** @file Pairs of phrases in parts, and bad pairs to tell good ones from. */

import { Random } from "../../src/tensor/random.ts";
import type { CorpusParts, Pair } from "./corpora.ts";

/**
 * Cuts a table of phrases into parts by their sources: no source of dev or test is one of train, and each has
 * one pair there, the first of the table.
 *
 * @throws RangeError if there are not twice as many sources as are held out.
 */
export function phraseParts(table: readonly Pair[], held: number): CorpusParts {
  const first = new Map<string, Pair>();
  for (const pair of table) if (!first.has(pair.source)) first.set(pair.source, pair);
  if (first.size < 4 * held) {
    throw new RangeError(`${first.size} sources are too few to hold out twice ${held}`);
  }
  const sources = new Random(1).shuffle([...first.keys()]);
  const pairsOf = (some: readonly string[]): Pair[] => some.map((each) => first.get(each) as Pair);
  const test = pairsOf(sources.slice(0, held));
  const dev = pairsOf(sources.slice(held, 2 * held));
  const away = new Set(sources.slice(0, 2 * held));
  return { train: table.filter(({ source }) => !away.has(source)), dev, test };
}

/** How many words a phrase has. */
export const wordCount = (phrase: string): number => phrase.split(" ").length;

/**
 * Gives each pair the target of another one with as many words, so that its length does not tell; pairs for
 * which there is none are left out.
 *
 * @param known all pairs that are right, whoever has them; none of these is made.
 */
export function shuffledPairs(
  pairs: readonly Pair[],
  known: readonly Pair[],
  seed: number,
): { readonly good: Pair[]; readonly bad: Pair[] } {
  const random = new Random(seed);
  const right = new Set([...known, ...pairs].map(({ source, target }) => `${source}\t${target}`));
  const good: Pair[] = [];
  const bad: Pair[] = [];
  for (const pair of pairs) {
    const others = pairs.filter(
      ({ target }) =>
        wordCount(target) === wordCount(pair.target) && !right.has(`${pair.source}\t${target}`),
    );
    const other = others[random.integer(others.length)];
    if (!other) continue;
    good.push(pair);
    bad.push({ source: pair.source, target: other.target });
  }
  return { good, bad };
}

/** Whether two targets have a word in common. */
export function sharesWord(one: string, other: string): boolean {
  const words = new Set(one.split(" "));
  return other.split(" ").some((word) => words.has(word));
}
