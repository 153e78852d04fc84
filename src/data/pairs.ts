import { dirname } from "node:path";
import { UserError } from "../tensor/errors.ts";
import { type Line, readLines } from "./lines.ts";

/** Where pairs of sentences are read from. */
export type PairSource =
  /** A file with tab-separated columns; each is named by its number from 1 on or by the header. */
  | { readonly kind: "table"; readonly path: string; readonly columns: readonly [string, string] }
  /** Two files whose lines of the same number belong together. */
  | { readonly kind: "aligned"; readonly source: string; readonly target: string };

/** A source sentence and its target, as they stand in the file. */
export interface SentencePair {
  readonly source: string;
  readonly target: string;
  /** The number of the line that it stands in, from 1 on. */
  readonly line: number;
}

/**
 * Reads the value of `--columns`: the source's and the target's column, as numbers from 1 on or as
 * names of the first line.
 *
 * @throws UserError if it is not two of the same sort.
 */
export function parseColumns(option: string): [source: string, target: string] {
  const [source, target, ...more] = option.split(",").map((column) => column.trim());
  if (!source || !target || more.length > 0) {
    throw new UserError(`--columns ${option}: give two columns, such as 1,2 or french,english.`);
  }
  if (isNumber(source) !== isNumber(target)) {
    throw new UserError(`--columns ${option}: give two numbers or two names.`);
  }
  if (Number(source) === 0 || Number(target) === 0) {
    throw new UserError(`--columns ${option}: columns are counted from 1.`);
  }
  return [source, target];
}

/** Yields a short text for people that names the files of a source. */
export function describeSource(source: PairSource): string {
  return source.kind === "table" ? source.path : `${source.source} and ${source.target}`;
}

/** The file that sources are read from. */
export function sourceFile(source: PairSource): string {
  return source.kind === "table" ? source.path : source.source;
}

/** The folder that files named by a source are relative to: that of the file that names them. */
export function sourceFolder(source: PairSource): string {
  return dirname(sourceFile(source));
}

/**
 * Reads the pairs of a source in order. A blank line of a table is a pair of empty sentences, so that
 * it can be reported and does no harm.
 *
 * @throws UserError if a file cannot be read, a line lacks a column, a column has no such name, aligned
 *   files differ in length, or there are no pairs at all.
 */
export async function* readPairs(source: PairSource): AsyncGenerator<SentencePair> {
  let isEmpty = true;
  const pairs =
    source.kind === "table"
      ? tablePairs(source.path, source.columns)
      : alignedPairs(source.source, source.target);
  for await (const pair of pairs) {
    isEmpty = false;
    yield pair;
  }
  if (isEmpty) {
    const has = source.kind === "table" ? "is empty: it has" : "are empty: they have";
    throw new UserError(`${describeSource(source)} ${has} no pairs of sentences.`);
  }
}

async function* tablePairs(
  path: string,
  columns: readonly [string, string],
): AsyncGenerator<SentencePair> {
  let places = columns.every(isNumber) ? columns.map((column) => Number(column) - 1) : undefined;
  for await (const { text, line } of readLines(path)) {
    const cells = text.split("\t");
    if (places === undefined) {
      places = columns.map((column) => placeOf(column, cells, path));
      continue;
    }
    const [source, target] = places.map((place) => cells[place]);
    // A blank line is told apart because files often end with one.
    if (text.trim() === "") yield { source: "", target: "", line };
    else if (source !== undefined && target !== undefined) yield { source, target, line };
    else {
      const count = cells.length === 1 ? "only 1 column" : `${cells.length} columns`;
      throw new UserError(
        `${path}: line ${line} has ${count} but columns ${columns.join(" and ")} were asked for; columns are separated by tabs.`,
      );
    }
  }
}

async function* alignedPairs(source: string, target: string): AsyncGenerator<SentencePair> {
  const sources = readLines(source);
  const targets = readLines(target);
  try {
    for (let line = 1; ; line++) {
      const [left, right] = [await sources.next(), await targets.next()];
      if (left.done && right.done) return;
      if (left.done || right.done) {
        const [shorter, longer] = left.done ? [source, target] : [target, source];
        const count = line + (await countLines(left.done ? targets : sources));
        throw new UserError(
          `${shorter} has ${line - 1} lines and ${longer} has ${count}; every line of one file needs its translation in the same line of the other.`,
        );
      }
      yield { source: left.value.text, target: right.value.text, line };
    }
  } finally {
    // Both may be left half read, be it by an error or because no more pairs are wanted.
    await sources.return(undefined);
    await targets.return(undefined);
  }
}

async function countLines(lines: AsyncIterable<Line>): Promise<number> {
  let count = 0;
  for await (const _ of lines) count++;
  return count;
}

function placeOf(column: string, header: readonly string[], path: string): number {
  const place = header.findIndex((name) => name.trim() === column);
  if (place < 0) {
    throw new UserError(
      `${path}: no column is named "${column}"; the first line names ${header.map((name) => `"${name.trim()}"`).join(", ")}.`,
    );
  }
  return place;
}

function isNumber(column: string): boolean {
  return /^\d+$/.test(column);
}
