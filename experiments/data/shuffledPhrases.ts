/** @file Splits phrase pairs into parts, and makes bad pairs to tell the good ones from. */

import { Random } from "../../src/tensor/random.ts";
import type { CorpusParts, Pair } from "./corpora.ts";

/** The minimum number of other pairs with each word of a held-out pair, so that the model knows all words. */
const leastKnown = 10;

/**
 * Splits a table of phrases by source: no source of dev or test occurs in train, and each has one pair there, the
 * first in the table. Held-out phrases have at least two words, all of which occur in other pairs: a single word
 * that was never seen would test the vocabulary, not the phrase.
 *
 * @throws RangeError if there are too few such phrases.
 */
export function phraseParts(table: readonly Pair[], held: number): CorpusParts {
  const counts = new Map<string, number>();
  for (const word of table.flatMap(wordsOf)) counts.set(word, (counts.get(word) ?? 0) + 1);
  const isKnown = (word: string): boolean => (counts.get(word) ?? 0) >= leastKnown;
  const first = new Map<string, Pair>();
  for (const pair of table) if (!first.has(pair.source)) first.set(pair.source, pair);
  const fit = [...first.values()].filter(
    (pair) => wordCount(pair.source) >= 2 && wordsOf(pair).every(isKnown),
  );
  if (fit.length < 2 * held) {
    throw new RangeError(`${fit.length} phrases are too few to hold out twice ${held}`);
  }
  const drawn = new Random(1).shuffle(fit);
  const [test, dev] = [drawn.slice(0, held), drawn.slice(held, 2 * held)];
  const away = new Set([...test, ...dev].map(({ source }) => source));
  return { train: table.filter(({ source }) => !away.has(source)), dev, test };
}

/** The words of both sides, marked by side. */
function wordsOf({ source, target }: Pair): string[] {
  const of = (side: string, text: string): string[] =>
    text.split(" ").map((word) => `${side} ${word}`);
  return [...of("source", source), ...of("target", target)];
}

/** The number of words of a phrase. */
export const wordCount = (phrase: string): number => phrase.split(" ").length;

/**
 * Gives each pair the target of another pair with as many words, so that the length reveals nothing; pairs without
 * such a partner are dropped.
 *
 * @param known all correct pairs; none of these is generated.
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
