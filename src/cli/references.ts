/** @file The right answers of an evaluation: those of the pairs, of further files, of rows with one source. */

import { readLines } from "../data/lines.ts";
import type { PairSource, SentencePair } from "../data/pairs.ts";
import { describeSource } from "../data/pairs.ts";
import type { References } from "../evaluation/references.ts";
import { UserError } from "../tensor/errors.ts";

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
    for await (const { text } of readLines(path)) list.push(text.trim() === "" ? undefined : text);
    if (list.length !== pairs) {
      throw new UserError(
        `--references ${path}: it has ${list.length} lines and ${describeSource(source)} ${pairs} pairs; give one line for each, blank where there is no further reference.`,
      );
    }
    lists.push(list);
  }
  return lists;
}

/**
 * Puts pairs and further references together.
 *
 * @param isGrouped whether pairs with the same source are one sentence with several references.
 */
export function evaluatedSet(
  pairs: readonly SentencePair[],
  further: References,
  isGrouped: boolean,
): EvaluatedSet {
  if (!isGrouped) {
    return {
      sources: pairs.map(({ source }) => source),
      references: [pairs.map(({ target }) => target), ...further],
    };
  }
  const bySource = new Map<string, string[]>();
  pairs.forEach(({ source, target }, index) => {
    const own = [target, ...further.map((list) => list[index])].filter(
      (each) => each !== undefined,
    );
    bySource.set(source, [...(bySource.get(source) ?? []), ...own]);
  });
  const answers = [...bySource.values()];
  const most = Math.max(0, ...answers.map(({ length }) => length));
  return {
    sources: [...bySource.keys()],
    references: Array.from({ length: most }, (_, at) => answers.map((own) => own[at])),
  };
}
