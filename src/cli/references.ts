/** @file The right answers of an evaluation: those of the pairs, of further files, of rows with one source. */

import type { DroppedPairs } from "../data/droppedPairs.ts";
import { blankSide, DropCounter } from "../data/droppedPairs.ts";
import { readLines } from "../data/node/lines.ts";
import type { PairSource, SentencePair } from "../data/pairs.ts";
import { describeSource } from "../data/pairs.ts";
import type { References } from "../evaluation/references.ts";
import { UserError } from "../tensor/errors.ts";
import { normalizeText } from "../text/normalize.ts";

/** What of a set can be measured. */
export interface EvaluablePairs {
  /** The positions of the pairs that have a source and at least one reference. */
  readonly kept: readonly number[];
  readonly dropped: readonly DroppedPairs[];
}

/**
 * Finds the pairs that can be measured. A blank source has no translation, and a blank line is no
 * reference; training leaves such pairs out too.
 *
 * @param further references, a list with a line for each pair.
 * @throws UserError if no pair is left.
 */
export function evaluablePairs(
  pairs: readonly SentencePair[],
  further: References,
  source: PairSource,
): EvaluablePairs {
  const drops = new DropCounter();
  const kept: number[] = [];
  pairs.forEach((pair, index) => {
    const answers = [pair.target, ...further.map((list) => list[index] ?? "")];
    const reason = blankSide({ source: pair.source, target: answers.join("") });
    if (reason === undefined) kept.push(index);
    else drops.add(reason, pair.line);
  });
  const dropped = drops.report();
  if (kept.length === 0) {
    const side = dropped.length === 1 ? dropped[0]?.reason : undefined;
    const what = side === "empty source" || side === "empty target" ? side.slice(6) : undefined;
    throw new UserError(
      `${describeSource(source)}: every ${what ?? "source or target"} is empty; check the columns.`,
    );
  }
  return { kept, dropped };
}

/** Sources, each once, with all that is right for each. */
export interface EvaluatedSet {
  readonly sources: readonly string[];
  /** Lists with a line for every source, or undefined. */
  readonly references: References;
}

/**
 * Reads further references, one a line for each pair; a blank line is none.
 *
 * @throws UserError if a file has more or fewer lines than there are pairs.
 */
export async function readReferences(
  paths: readonly string[],
  pairs: number,
  source: PairSource,
): Promise<(string | undefined)[][]> {
  const lists: (string | undefined)[][] = [];
  for (const path of paths) {
    const list: (string | undefined)[] = [];
    for await (const { text } of readLines(path)) list.push(referenceOf(text));
    if (list.length !== pairs) {
      throw new UserError(
        `--references ${path}: it has ${list.length} lines and ${describeSource(source)} ${pairs} pairs; give one line for each, blank where there is no further reference.`,
      );
    }
    lists.push(list);
  }
  return lists;
}

const referenceOf = (text: string): string | undefined =>
  normalizeText(text) === "" ? undefined : text;

/**
 * Puts pairs and further references together. Sources are the same if they differ in nothing but the form
 * of their letters and spaces, since a model sees no difference either.
 *
 * @param isGrouped whether pairs with the same source are one sentence with several references.
 */
export function evaluatedSet(
  pairs: readonly SentencePair[],
  further: References,
  isGrouped: boolean,
): EvaluatedSet {
  const targets = pairs.map(({ target }) => referenceOf(target));
  if (!isGrouped) {
    return { sources: pairs.map(({ source }) => source), references: [targets, ...further] };
  }
  const bySource = new Map<string, { source: string; answers: string[] }>();
  pairs.forEach(({ source }, index) => {
    const own = [targets, ...further]
      .map((list) => list[index])
      .filter((each) => each !== undefined);
    const key = normalizeText(source);
    const before = bySource.get(key);
    if (before) before.answers.push(...own);
    else bySource.set(key, { source, answers: own });
  });
  const groups = [...bySource.values()];
  const most = groups.reduce((largest, { answers }) => Math.max(largest, answers.length), 0);
  return {
    sources: groups.map(({ source }) => source),
    references: Array.from({ length: most }, (_, at) => groups.map(({ answers }) => answers[at])),
  };
}
