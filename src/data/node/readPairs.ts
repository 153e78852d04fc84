import { dirname } from "node:path";
import { counted } from "../../tensor/counted.ts";
import { UserError } from "../../tensor/errors.ts";
import type { Line } from "../line.ts";
import type { PairReader, PairSource, SentencePair } from "../pairs.ts";
import { describeSource, sourceFile } from "../pairs.ts";
import type { Table } from "../tables.ts";
import { readLines } from "./lines.ts";
import { readRows } from "./readTables.ts";

/** The folder that file names in a source are relative to: that of the file that contains them. */
export function sourceFolder(source: PairSource): string {
  return folderOf(sourceFile(source));
}

/** The standard input, and what a program has open, such as the pipe of `<(…)`: names of no folder. */
const openInput =
  /^(?:-|\/dev\/std(?:in|out|err)|(?:\/dev|\/proc\/[^/]+(?:\/task\/\d+)?)\/fd\/\d+)$/;

/** The folder of a file; for the standard input or what the program has open, the working directory. */
export function folderOf(path: string): string {
  return openInput.test(path) ? "" : dirname(path);
}

/** The pairs of a source. */
export function pairReader(source: PairSource): PairReader {
  return { name: describeSource(source), read: () => readPairs(source) };
}

/**
 * Reads the pairs of a source in order. A blank line of a table is a pair of empty sentences, so that
 * it can be reported and does no harm.
 *
 * @throws UserError if a file cannot be read, a line lacks a column, a named column does not exist, aligned
 *   files differ in length, or there are no pairs.
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

/** Reads all pairs. */
export async function allPairs(source: PairSource): Promise<SentencePair[]> {
  const pairs: SentencePair[] = [];
  for await (const pair of readPairs(source)) pairs.push(pair);
  return pairs;
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
          `${shorter} has ${counted(line - 1, "line")} and ${longer} has ${count}; every line of one file needs its translation in the same line of the other.`,
        );
      }
      yield { source: left.value.text, target: right.value.text, line };
    }
  } finally {
    // Both may be partly read, because of an error or because no more pairs are wanted.
    await sources.return(undefined);
    await targets.return(undefined);
  }
}

async function countLines(lines: AsyncIterable<Line>): Promise<number> {
  let count = 0;
  for await (const _ of lines) count++;
  return count;
}
