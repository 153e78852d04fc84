/** @file A few pairs that stand for a larger set. */

import { checksumOf } from "../files/checksum.ts";
import { blankSide } from "./droppedPairs.ts";
import type { PairReader, SentencePair } from "./pairs.ts";

/** Texts with more characters take too long to translate for a look at them, if there are others. */
const mostCharacters = 400;

/**
 * Chooses pairs by a hash of their texts, so that they are a fair sample whatever the order of the set, and always the
 * same. Memory does not grow with the set.
 *
 * @returns at most `most` pairs, in the order of their hashes, without blank ones, and without long ones where there are
 * others.
 */
export async function samplePairs(set: PairReader, most: number): Promise<SentencePair[]> {
  const short = await sampled(set, most, mostCharacters);
  return short.length > 0 ? short : sampled(set, most, Number.POSITIVE_INFINITY);
}

async function sampled(set: PairReader, most: number, longest: number): Promise<SentencePair[]> {
  let found: { readonly hash: string; readonly pair: SentencePair }[] = [];
  const cut = (): void => {
    found.sort((one, other) => (one.hash < other.hash ? -1 : 1));
    found = found.slice(0, most);
  };
  for await (const pair of set.read()) {
    const { source, target } = pair;
    if (Math.max(source.length, target.length) > longest) continue;
    if (blankSide(pair) !== undefined) continue;
    found.push({ hash: checksumOf(new TextEncoder().encode(`${source}\t${target}`)), pair });
    if (found.length > 8 * most) cut();
  }
  cut();
  return found.map(({ pair }) => pair);
}
