import { OptionError } from "../options/optionError.ts";
import { UserError } from "../tensor/errors.ts";
import { nameOfPath } from "./paths.ts";
import { isNumber } from "./tableCells.ts";
import type { TableFormat } from "./tables.ts";

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

/** Pairs that are read from the first to the last, as often as they are wanted. */
export interface PairReader {
  /** What people call them: the names of their files. */
  readonly name: string;
  /** @throws UserError if they cannot be read, or there are none. */
  read(): AsyncIterable<SentencePair>;
}

/** Pairs in memory; each counts as a line. */
export function pairsInMemory(
  pairs: readonly { readonly source: string; readonly target: string }[],
  name: string,
): PairReader {
  return {
    name,
    async *read() {
      if (pairs.length === 0)
        throw new UserError(`${name}: there are no pairs; give at least one.`);
      for (const [index, { source, target }] of pairs.entries()) {
        yield { source, target, line: index + 1 };
      }
    },
  };
}

/**
 * Parses the source's and the target's column, as numbers from 1 on or as
 * names of the first line.
 *
 * @throws UserError if it is not two of the same sort.
 */
export function parseColumns(option: string): [source: string, target: string] {
  const fail = (remedy: string): never => {
    throw new OptionError({ key: "columns", value: option, remedy });
  };
  const [source, target, ...more] = option.split(",").map((column) => column.trim());
  if (!source || !target || more.length > 0) {
    return fail("give two columns, such as 1,2 or french,english");
  }
  if (isNumber(source) !== isNumber(target)) {
    fail("give two numbers or two names");
  }
  if (Number(source) === 0 || Number(target) === 0) {
    fail("count columns from 1");
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
