/** @file What a mistyped name probably means: of an option, a value, a command or a model. */

import { smallestOf } from "../tensor/extremes.ts";

/** A name that may be meant. */
export interface Candidate {
  readonly name: string;
  /** What other tools, or other people, call the same. */
  readonly otherNames?: readonly string[] | undefined;
}

/** Ranks of a match; a smaller one is more probable, and edits count from {@link edited}. */
const same = 0;
const begun = 2;
const edited = 1;

/** Names that may be meant are listed up to this many. */
const most = 3;

/**
 * Finds what a word probably means: the same word in another spelling (`learning_rate`), another tool's name, the
 * beginning of a name, or a name with few different letters.
 *
 * @returns the best candidate's name, or several that are equally good; none if nothing is near.
 */
export function nearest(word: string, candidates: Iterable<Candidate | string>): string[] {
  const asked = plain(word);
  if (asked === "") return [];
  let best = Infinity;
  let names: string[] = [];
  for (const candidate of candidates) {
    const { name, otherNames = [] }: Candidate =
      typeof candidate === "string" ? { name: candidate } : candidate;
    const others = otherNames.map((other) => distanceOf(asked, plain(other)) + 0.5);
    const isOther = otherNames.some((other) => plain(other) === asked);
    const rank = isOther ? same : smallestOf(others, rankOf(asked, plain(name)));
    if (rank > best) continue;
    if (rank < best) names = [];
    best = rank;
    if (!names.includes(name)) names.push(name);
  }
  return best === Infinity ? [] : names.slice(0, most);
}

/** A question that ends a message, such as "Did you mean bahdanau2014?"; empty without names. */
export function didYouMean(names: readonly string[]): string {
  if (names.length === 0) return "";
  const [last] = names.slice(-1);
  const others = names.slice(0, -1).join(", ");
  return `Did you mean ${others === "" ? last : `${others} or ${last}`}?`;
}

/** A name without dashes, underscores and upper case, which tools use in different ways. */
function plain(name: string): string {
  return name.toLowerCase().replace(/[^\p{L}\p{N}]/gu, "");
}

function rankOf(asked: string, name: string): number {
  if (asked === name) return same;
  const distance = distanceOf(asked, name);
  // Of several names that begin with the word, the shortest adds least to it.
  const isBeginning = asked.length >= 2 && name.startsWith(asked);
  return isBeginning ? Math.min(distance, begun - 1 / name.length) : distance;
}

/** The edits between two words as a rank; infinite if they are too many for the words' length. */
function distanceOf(one: string, other: string): number {
  const allowed = Math.min(3, Math.floor(Math.max(one.length, other.length) / 3));
  if (Math.abs(one.length - other.length) > allowed) return Infinity;
  const edits = editsBetween(one, other);
  return edits <= allowed ? edited + edits - 1 : Infinity;
}

/** Insertions, deletions, changes and swaps of neighbouring letters that turn one word into another. */
function editsBetween(one: string, other: string): number {
  const rows: number[][] = [Array.from({ length: other.length + 1 }, (_, column) => column)];
  for (let row = 1; row <= one.length; row++) {
    const last = rows[row - 1] as number[];
    const next = [row];
    for (let column = 1; column <= other.length; column++) {
      const isSame = one[row - 1] === other[column - 1];
      const ways = [
        (last[column] as number) + 1,
        (next[column - 1] as number) + 1,
        (last[column - 1] as number) + (isSame ? 0 : 1),
      ];
      const isSwap = one[row - 1] === other[column - 2] && one[row - 2] === other[column - 1];
      if (isSwap && row > 1 && column > 1) ways.push((rows[row - 2]?.[column - 2] as number) + 1);
      next.push(smallestOf(ways));
    }
    rows.push(next);
  }
  return rows.at(-1)?.at(-1) as number;
}
