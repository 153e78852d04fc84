/** @file The tokens of a translation as they are, or joined to words, and the weights between them. */

import { indexOfLargest } from "../../../tensor/extremes.ts";
import type { Trace } from "../../../trace/trace.ts";
import {
  type AlignmentTable,
  type Group,
  singles,
  tokenTable,
} from "../../parts/alignmentTable.ts";
import { shownWords, wordsOfPieces } from "../../text/shownWords.ts";

/** What a target token is. */
export type TokenKind = "word" | "char" | "bpe";

const isSpecial = (token: string): boolean => /^<.*>$/.test(token);

/** The words of the source as they are shown. A space that is a token of its own counts with the word before it. */
export function sourceWords({ source: { tokens, words } }: Trace): Group[] {
  const groups: Group[] = [];
  for (const { text, start, end } of shownWords(tokens, words)) {
    const before = groups.at(-1);
    if (before && before.end < start) groups[groups.length - 1] = { ...before, end: start };
    else if (!before && start > 0) {
      for (const single of singles(tokens.slice(0, start))) groups.push(single);
    }
    groups.push({ text, start, end });
  }
  const last = groups.at(-1);
  if (last && last.end < tokens.length) groups[groups.length - 1] = { ...last, end: tokens.length };
  return groups.length > 0 ? groups : singles(tokens);
}

/** The words that target tokens spell; the end of the sentence is one by itself. */
export function targetWords(tokens: readonly string[], kind: TokenKind): Group[] {
  if (kind === "word") return singles(tokens);
  if (kind === "bpe") return [...wordsOfPieces(tokens)];
  const groups: Group[] = [];
  let begins = true;
  for (const [index, token] of tokens.entries()) {
    const isAlone = isSpecial(token);
    const before = groups.at(-1);
    if (begins || isAlone || !before) {
      groups.push({ text: token, start: index, end: index + 1 });
    } else {
      groups[groups.length - 1] = { ...before, text: before.text + token, end: index + 1 };
    }
    begins = isAlone || token === " ";
  }
  const words = groups.map((group) => ({ ...group, text: group.text.trim() || group.text }));
  return [...shownWords(tokens, words)];
}

/**
 * The weights between words: those of a source word's pieces are added up, those of a target word's
 * pieces averaged, so that a row still adds up to 1.
 */
export function wordTable(trace: Trace, kind: TokenKind): AlignmentTable {
  const { rows: outputs, values } = tokenTable(trace);
  const columns = sourceWords(trace);
  const rows = targetWords(
    outputs.map(({ text }) => text),
    kind,
  );
  return {
    rows,
    columns,
    values: rows.map((row) => columns.map((column) => meanOfSums(values, row, column))),
  };
}

function meanOfSums(values: readonly ArrayLike<number>[], row: Group, column: Group): number {
  let sum = 0;
  for (let step = row.start; step < row.end; step++) {
    for (let at = column.start; at < column.end; at++) sum += values[step]?.[at] ?? 0;
  }
  return sum / (row.end - row.start);
}

/** Rows whose words stand in the other order in the source: first to last, and their columns. */
export interface Reordering {
  readonly rows: readonly [first: number, last: number];
  readonly columns: readonly [first: number, last: number];
}

/** Whether a text is a mark, with no letter and no digit: what words give marks of their weight says nothing of their order. */
const isMark = (text: string | undefined): boolean => !/[\p{L}\p{N}]/u.test(text ?? "");

/** Below this even the most weight is too little to say what a word belongs to. */
const leastWeight = 0.3;

/**
 * Finds neighbouring words whose most weighted source words run backwards. Jumps over more than twice
 * as many source words as there are rows are left out: they are no change of order among neighbours. What goes on within the
 * same source words is one change: of a relative clause, say, which is turned around word by word. Weight that a word gives
 * a mark, or a mark a word, places neither.
 */
export function reorderings({ rows, columns, values }: AlignmentTable): Reordering[] {
  const places = values.map((weights, row) => {
    const place = indexOfLargest(weights);
    const text = rows[row]?.text ?? "";
    const isClear = (weights[place] ?? 0) >= leastWeight && !isSpecial(text);
    return isClear && isMark(text) === isMark(columns[place]?.text) ? place : null;
  });
  const found: Reordering[] = [];
  for (let first = 0; first < places.length; first++) {
    let last = first;
    while (goesBack(places[last], places[last + 1])) last++;
    if (last === first) continue;
    const [from, to] = [places[last] as number, places[first] as number];
    if (to - from + 1 <= 2 * (last - first + 1)) {
      const before = found.at(-1);
      const isWithin = (place: number | null): boolean =>
        before !== undefined &&
        (place === null || (before.columns[0] <= place && place <= before.columns[1]));
      if (before && places.slice(before.rows[1], last + 1).every(isWithin)) {
        found[found.length - 1] = { ...before, rows: [before.rows[0], last] };
      } else found.push({ rows: [first, last], columns: [from, to] });
    }
    first = last;
  }
  return found;
}

function goesBack(one: number | null | undefined, next: number | null | undefined): boolean {
  return typeof one === "number" && typeof next === "number" && next < one;
}
