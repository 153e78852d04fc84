/** @file Draws the pairs of a task by a seed. */

import { Random } from "../../tensor/random.ts";
import type { TextPair } from "../../training/memory/memoryRun.ts";
import type { TaskPairs } from "../task.ts";

/** The number of pairs that a task draws. */
export interface DrawnCounts {
  readonly train: number;
  readonly heldOut: number;
}

/** What a task that makes its own pairs is drawn from. */
export interface Drawing extends DrawnCounts {
  readonly seed: number;
  /** Draws a source. Most sources that it draws must be different. */
  readonly source: (random: Random) => string;
  /** The right output for a source. */
  readonly target: (source: string) => string;
}

/**
 * Draws pairs whose sources are all different, so that no held-out source occurs in training. The same seed gives the
 * same pairs.
 */
export function drawPairs({ seed, train, heldOut, source, target }: Drawing): TaskPairs {
  const random = new Random(seed);
  const sources = new Set<string>();
  while (sources.size < train + heldOut) sources.add(source(random));
  const pairs = [...sources].map((text): TextPair => ({ source: text, target: target(text) }));
  return { train: pairs.slice(heldOut), heldOut: spreadByLength(pairs.slice(0, heldOut)) };
}

/**
 * Orders pairs so that each beginning of the list has short sources as well as long ones: the page shows the first of
 * them. Pairs of one length stay in their order.
 */
export function spreadByLength(pairs: readonly TextPair[]): TextPair[] {
  const byLength = new Map<number, TextPair[]>();
  for (const pair of pairs) {
    const length = [...pair.source].length;
    const others = byLength.get(length);
    if (others) others.push(pair);
    else byLength.set(length, [pair]);
  }
  const lengths = [...byLength.keys()].sort((one, other) => one - other);
  const spread: TextPair[] = [];
  for (let round = 0; spread.length < pairs.length; round++) {
    for (const length of lengths) {
      const pair = byLength.get(length)?.[round];
      if (pair) spread.push(pair);
    }
  }
  return spread;
}
