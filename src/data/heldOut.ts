/**
 * @file A dev set from the corpus itself, where none is given: pairs chosen by a hash of their source, whatever their
 * order. Pairs with the same source are never divided, so that no dev sentence is also trained on.
 */

import { checksumOf } from "../files/checksum.ts";
import { normalizeText } from "../text/normalize.ts";
import { blankSide } from "./droppedPairs.ts";
import type { PairReader, SentencePair } from "./pairs.ts";

/** The largest share of a corpus that is held out, and the largest number of pairs. */
const share = 0.05;
const most = 2000;
/** A smaller corpus is trained on as a whole: its share would be one pair, which says nothing about other sentences. */
export const leastToDivide = 40;

/** Pairs of a corpus that are not trained on. */
export interface HeldOut {
  /** In the order of the corpus. */
  readonly pairs: readonly SentencePair[];
  /** Whether a pair of the corpus is one of them. */
  has(pair: SentencePair): boolean;
}

/** A corpus as its division found it. */
export interface DividedCorpus {
  /** Pairs without a blank side. */
  readonly total: number;
  /** Null if the corpus is too small, or has too many pairs for each source. */
  readonly heldOut: HeldOut | null;
}

/**
 * Reads a corpus and chooses at most 2,000 pairs or 5 % of it, whichever is fewer: those whose sources have the smallest
 * hashes. The result depends on the texts only. Memory does not grow with the corpus.
 */
export async function holdOut(corpus: PairReader): Promise<DividedCorpus> {
  const smallest = new SmallestGroups();
  let total = 0;
  for await (const pair of corpus.read()) {
    if (blankSide(pair) !== undefined) continue;
    total++;
    smallest.add(pair);
  }
  if (total < leastToDivide) return { total, heldOut: null };
  const groups = smallest.chosen(Math.min(most, Math.floor(total * share)));
  const hashes = new Set(groups.keys());
  if (hashes.size === 0) return { total, heldOut: null };
  const pairs = [...groups.values()].flat().sort((one, other) => one.line - other.line);
  return { total, heldOut: { pairs, has: (pair) => hashes.has(hashOf(pair)) } };
}

/** A corpus without some of its pairs. */
export function without(corpus: PairReader, { has }: HeldOut): PairReader {
  return {
    name: corpus.name,
    async *read() {
      for await (const pair of corpus.read()) if (!has(pair)) yield pair;
    },
  };
}

/** Pairs that are held out, as a corpus. */
export function heldOutReader(corpus: PairReader, { pairs }: HeldOut): PairReader {
  return {
    name: `held-out pairs of ${corpus.name}`,
    async *read() {
      yield* pairs;
    },
  };
}

/** The hash of a source in lower case with single spaces, as eight digits. */
function hashOf({ source }: SentencePair): string {
  return checksumOf(new TextEncoder().encode(normalizeText(source, { lowercase: true })));
}

/** Pairs grouped by the hash of their source; only as many groups as may be chosen are kept. */
class SmallestGroups {
  private groups: Map<string, SentencePair[]> = new Map();
  /** Groups with more pairs than can be chosen; their pairs are not kept. */
  private readonly tooLarge: Set<string> = new Set();
  /** Groups from this hash on are no longer needed. */
  private end: string | null = null;
  private kept = 0;

  add(pair: SentencePair): void {
    const hash = hashOf(pair);
    if ((this.end !== null && hash >= this.end) || this.tooLarge.has(hash)) return;
    const group = this.groups.get(hash);
    if (group === undefined) this.groups.set(hash, [pair]);
    else group.push(pair);
    this.kept++;
    if (group !== undefined && group.length > most) {
      this.groups.delete(hash);
      this.tooLarge.add(hash);
      this.kept -= group.length;
    }
    if (this.kept > 4 * most) this.forgetLargest();
  }

  /** Groups in the order of their hashes with at most so many pairs in all; one that does not fit is left out. */
  chosen(limit: number): Map<string, SentencePair[]> {
    const chosen = new Map<string, SentencePair[]>();
    let count = 0;
    for (const [hash, group] of this.inOrder()) {
      if (count + group.length > limit) continue;
      chosen.set(hash, group);
      count += group.length;
    }
    return chosen;
  }

  /** Keeps twice as many pairs as can be chosen. */
  private forgetLargest(): void {
    const ordered = this.inOrder();
    let [index, kept] = [0, 0];
    for (; index < ordered.length && kept < 2 * most; index++) {
      kept += (ordered[index] as (typeof ordered)[number])[1].length;
    }
    this.end = ordered[index]?.[0] ?? this.end;
    this.groups = new Map(ordered.slice(0, index));
    this.kept = kept;
  }

  private inOrder(): [hash: string, group: SentencePair[]][] {
    return [...this.groups].sort(([one], [other]) => (one < other ? -1 : 1));
  }
}
