import { dirname } from "node:path";
import { UserError } from "../tensor/errors.ts";
import { type Line, readLines } from "./lines.ts";
import { nameOfPath } from "./rawBytes.ts";
import { isNumber } from "./tableCells.ts";
import { readRows, type Table, type TableFormat } from "./tables.ts";

/** Where pairs of sentences are read from. */
export type PairSource =
  /** A table; its columns are named by their numbers from 1 on, by the header or, in JSON Lines, by the fields. */
  | {
      readonly kind: "table";
      readonly path: string;
      readonly columns: readonly [source: string, target: string];
      readonly format?: TableFormat | undefined;
    }
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
  return pathsOf(source).map(nameOfPath).join(" and ");
}

/** The files of a source. */
export function pathsOf(source: PairSource): string[] {
  return source.kind === "table" ? [source.path] : [source.source, source.target];
}

/** The file that sources are read from. */
export function sourceFile(source: PairSource): string {
  return source.kind === "table" ? source.path : source.source;
}

/** The folder that files named by a source are relative to: that of the file that names them. */
export function sourceFolder(source: PairSource): string {
  return folderOf(sourceFile(source));
}

/** The folder of a file; that of a pipe or the standard input is where the program was started. */
export function folderOf(path: string): string {
  return /^(-$|\/dev\/|\/proc\/)/.test(path) ? "" : dirname(path);
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
    source.kind === "table" ? tablePairs(source) : alignedPairs(source.source, source.target);
  for await (const pair of pairs) {
    isEmpty = false;
    yield pair;
  }
  if (isEmpty) {
    const has = source.kind === "table" ? "is empty: it has" : "are empty: they have";
    throw new UserError(`${describeSource(source)} ${has} no pairs of sentences.`);
  }
}

async function* tablePairs(table: Table): AsyncGenerator<SentencePair> {
  for await (const { cells, line } of readRows(table)) {
    const [source, target] = cells as [string, string];
    yield { source, target, line };
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
