/** @file The references of an evaluation: from the pairs, from further files, from rows with the same source. */

import type { DroppedPairs } from "../data/droppedPairs.ts";
import { blankSide, DropCounter } from "../data/droppedPairs.ts";
import { readLines } from "../data/node/lines.ts";
import type { PairSource, SentencePair } from "../data/pairs.ts";
import { describeSource } from "../data/pairs.ts";
import type { References } from "../evaluation/references.ts";
import { counted } from "../tensor/counted.ts";
import { UserError } from "../tensor/errors.ts";
import { normalizeText } from "../text/normalize.ts";

/** The part of a set that can be evaluated. */
export interface EvaluablePairs {
  /** The positions of the pairs that have a source and at least one reference. */
  readonly kept: readonly number[];
  readonly dropped: readonly DroppedPairs[];
}

/**
 * Finds the pairs that can be evaluated. A blank source has no translation, and a blank line is not a
 * reference; training leaves out such pairs too.
 *
 * @param further additional references, lists with one line per pair.
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

/** Distinct sources, with all references of each. */
export interface EvaluatedSet {
  readonly sources: readonly string[];
  /** Lists with a line for every source, or undefined. */
  readonly references: References;
}

/**
 * Reads additional references, one line per pair; a blank line is not a reference.
 *
 * @throws UserError if a file does not have one line per pair.
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
        `--references ${path}: it has ${counted(list.length, "line")} and ${describeSource(source)} ${counted(pairs, "pair")}; give one line for each, blank where there is no further reference.`,
      );
    }
    lists.push(list);
  }
  return lists;
}

const referenceOf = (text: string): string | undefined =>
  normalizeText(text) === "" ? undefined : text;

/**
 * Combines pairs and additional references. Sources are the same if they differ only in the form of their
 * characters and spaces, because a model sees no difference either.
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
