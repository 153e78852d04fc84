/** @file Pairs of phrases in parts, and bad pairs to tell good ones from. */

import { Random } from "../../src/tensor/random.ts";
import type { CorpusParts, Pair } from "./corpora.ts";

/** In how many pairs every word of a held-out pair occurs, so that none is unknown to what is trained. */
const leastKnown = 10;

/**
 * Cuts a table of phrases into parts by their sources: no source of dev or test is one of train, and each has
 * one pair there, the first of the table. Held out are phrases of two words or more whose words occur in other
 * pairs: a single word that was never seen tells of vocabularies, not of phrases.
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

/** The words of both sides, told apart by their side. */
function wordsOf({ source, target }: Pair): string[] {
  const of = (side: string, text: string): string[] =>
    text.split(" ").map((word) => `${side} ${word}`);
  return [...of("source", source), ...of("target", target)];
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
