import { normalizeText } from "../text/normalize.ts";

/** Pairs that were left out of a corpus for one reason. */
export interface DroppedPairs {
  /** Why, such as "empty source" or "longer than 100 tokens". */
  readonly reason: string;
  readonly count: number;
  /** The numbers of the first lines concerned, from 1 on. */
  readonly lines: readonly number[];
}

/** How many line numbers are kept for each reason. */
const maxLines = 5;

/** Counts the pairs that are left out, by reason. */
export class DropCounter {
  private readonly reasons: Map<string, { count: number; lines: number[] }> = new Map();

  /** Counts the pair in a line of the corpus. */
  add(reason: string, line: number): void {
    let dropped = this.reasons.get(reason);
    if (dropped === undefined) {
      dropped = { count: 0, lines: [] };
      this.reasons.set(reason, dropped);
    }
    dropped.count++;
    if (dropped.lines.length < maxLines) dropped.lines.push(line);
  }

  /** Yields the reasons, those that struck most pairs first. */
  report(): DroppedPairs[] {
    return [...this.reasons]
      .map(([reason, { count, lines }]) => ({ reason, count, lines: [...lines] }))
      .sort((one, other) => other.count - one.count);
  }
}

/** How many units each side of a pair has, or may have. */
export interface PairLengths {
  readonly source: number;
  readonly target: number;
}

/**
 * Yields why a pair is to be left out, or nothing when it is to be kept.
 *
 * @param most the longest source and the longest target.
 * @param unit what is counted, in the plural.
 */
export function reasonToDrop(
  { source, target }: PairLengths,
  most: PairLengths,
  unit: "words" | "tokens",
): string | undefined {
  if (source === 0) return target === 0 ? "empty source and target" : "empty source";
  if (target === 0) return "empty target";
  if (source > most.source) return `source longer than ${most.source} ${unit}`;
  if (target > most.target) return `target longer than ${most.target} ${unit}`;
  return undefined;
}

/**
 * Yields why a pair is no pair of sentences, or nothing where it is one: a side without any character but
 * white space is none. Such pairs are neither trained on nor measured.
 */
export function blankSide(pair: {
  readonly source: string;
  readonly target: string;
}): string | undefined {
  const length = (text: string): number => (normalizeText(text) === "" ? 0 : 1);
  const lengths = { source: length(pair.source), target: length(pair.target) };
  return reasonToDrop(lengths, { source: 1, target: 1 }, "words");
}
