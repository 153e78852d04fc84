import { counted } from "../tensor/counted.ts";
import { normalizeText } from "../text/normalize.ts";

/** Pairs dropped from a corpus for one reason. */
export interface DroppedPairs {
  /** The reason, such as "empty source" or "longer than 100 tokens". */
  readonly reason: string;
  readonly count: number;
  /** The numbers of the first such lines, from 1. */
  readonly lines: readonly number[];
}

/** The maximum number of line numbers for each reason. */
const maxLines = 5;

/** Counts dropped pairs by reason. */
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

  /** Returns the reasons, most frequent first. */
  report(): DroppedPairs[] {
    return [...this.reasons]
      .map(([reason, { count, lines }]) => ({ reason, count, lines: [...lines] }))
      .sort((one, other) => other.count - one.count);
  }
}

/** The actual or the maximum number of units of each side of a pair. */
export interface PairLengths {
  readonly source: number;
  readonly target: number;
}

/**
 * Returns the reason to drop a pair, or undefined to keep it.
 *
 * @param most the maximum lengths of source and target.
 * @param unit the counted unit.
 */
export function reasonToDrop(
  { source, target }: PairLengths,
  most: PairLengths,
  unit: "word" | "token",
): string | undefined {
  if (source === 0) return target === 0 ? "empty source and target" : "empty source";
  if (target === 0) return "empty target";
  if (source > most.source) return `source longer than ${counted(most.source, unit)}`;
  if (target > most.target) return `target longer than ${counted(most.target, unit)}`;
  return undefined;
}

/**
 * Returns the reason why a pair is not a pair of sentences, or undefined if it is one: a side with nothing but
 * white space is not a sentence. Such pairs are neither trained on nor evaluated.
 */
export function blankSide(pair: {
  readonly source: string;
  readonly target: string;
}): string | undefined {
  const length = (text: string): number => (normalizeText(text) === "" ? 0 : 1);
  const lengths = { source: length(pair.source), target: length(pair.target) };
  return reasonToDrop(lengths, { source: 1, target: 1 }, "word");
}
