/**
 * @file Which source word each target word comes from: reads and writes the Pharaoh format, derives
 * alignments from a model's attention, and scores them against a gold standard.
 */

import { UserError } from "../tensor/errors.ts";
import { indexOfLargest } from "../tensor/extremes.ts";

/** Two words that translate each other: their positions from 0 in the source and the target. */
export type AlignmentLink = readonly [source: number, target: number];

/** What annotators agreed on: links that must be there, and further possible links. */
export interface GoldAlignment {
  readonly sure: readonly AlignmentLink[];
  /** May include the sure links. */
  readonly possible: readonly AlignmentLink[];
}

/** How well alignments match a gold standard; each score is from 0 to 1. */
export interface AlignmentScore {
  /** 0 is perfect. */
  readonly errorRate: number;
  /** The share of the links that are at least possible. */
  readonly precision: number;
  /** The share of the sure links that were found. */
  readonly recall: number;
}

/** Writes links in the Pharaoh format, `0-0 1-2`: source, hyphen, target. */
export function formatPharaoh(links: readonly AlignmentLink[]): string {
  return links.map(([source, target]) => `${source}-${target}`).join(" ");
}

/**
 * Reads a line of the Pharaoh format in which every link is sure.
 *
 * @param where the name of the line in errors, such as "gold.txt:3".
 * @throws UserError if the line contains anything but links such as 0-0.
 */
export function parsePharaoh(line: string, where = "The alignment"): AlignmentLink[] {
  const { sure, possible } = parseGoldAlignment(line, where);
  const [link] = possible;
  if (link !== undefined) {
    throw new UserError(
      `${where} contains the possible link ${link.join("p")}; write ${link.join("-")} or drop it.`,
    );
  }
  return [...sure];
}

/**
 * Reads a line of a gold standard: sure links as `0-0`, possible ones as `0p0`.
 *
 * @param where the name of the line in errors, such as "gold.txt:3".
 * @throws UserError if the line contains anything else.
 */
export function parseGoldAlignment(line: string, where = "The alignment"): GoldAlignment {
  const sure: AlignmentLink[] = [];
  const possible: AlignmentLink[] = [];
  for (const word of line.split(/\s+/).filter((part) => part !== "")) {
    const [, source, kind, target] = /^(\d+)([-p])(\d+)$/.exec(word) ?? [];
    if (kind === undefined) {
      throw new UserError(
        `${where} contains "${word}", which is not a link; write source and target position from 0, as in 0-0 1-2.`,
      );
    }
    (kind === "-" ? sure : possible).push([Number(source), Number(target)]);
  }
  return { sure, possible };
}

/**
 * Links each target word to the source word with the largest weight; ties go to the first.
 *
 * @param weights one row per target word, with a weight for every source word.
 */
export function hardAlignment(weights: readonly ArrayLike<number>[]): AlignmentLink[] {
  return weights.flatMap((row, target): AlignmentLink[] =>
    row.length === 0 ? [] : [[indexOfLargest(row), target]],
  );
}

/**
 * Scores alignments A against sure links S and possible links P, which include S:
 *
 *     AER = 1 − (|A ∩ S| + |A ∩ P|) / (|A| + |S|)
 *
 * with the sizes summed over the sentences (Och and Ney, 2003, section 5,
 * https://aclanthology.org/J03-1002). A ratio of nothing counts as 1, because there was no error.
 *
 * @param alignments one per sentence.
 * @param gold       one per sentence.
 * @throws UserError if their lengths differ.
 */
export function alignmentErrorRate(
  alignments: readonly (readonly AlignmentLink[])[],
  gold: readonly GoldAlignment[],
): AlignmentScore {
  if (alignments.length !== gold.length) {
    throw new UserError(
      `${alignments.length} alignments cannot be scored against ${gold.length} of the gold standard; give one line for each.`,
    );
  }
  let links = 0;
  let sureLinks = 0;
  let sureFound = 0;
  let possibleFound = 0;
  for (const [index, alignment] of alignments.entries()) {
    const { sure, possible } = gold[index] as GoldAlignment;
    const found = new Set(alignment.map(nameOf));
    const sureNames = new Set(sure.map(nameOf));
    const possibleNames = new Set([...sureNames, ...possible.map(nameOf)]);
    links += found.size;
    sureLinks += sureNames.size;
    for (const name of found) {
      if (sureNames.has(name)) sureFound++;
      if (possibleNames.has(name)) possibleFound++;
    }
  }
  return {
    errorRate: 1 - shareOf(sureFound + possibleFound, links + sureLinks),
    precision: shareOf(possibleFound, links),
    recall: shareOf(sureFound, sureLinks),
  };
}

const nameOf = ([source, target]: AlignmentLink): string => `${source}-${target}`;
const shareOf = (part: number, whole: number): number => (whole === 0 ? 1 : part / whole);
