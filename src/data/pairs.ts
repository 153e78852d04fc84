import { OptionError } from "../options/optionError.ts";
import { UserError } from "../tensor/errors.ts";
import { nameOfPath } from "./paths.ts";
import { isNumber } from "./tableCells.ts";
import type { TableFormat } from "./tables.ts";

/** The files of a set of sentence pairs. */
export type PairSource =
  /** A table. Columns are given by number, counted from 1, by header name or, in JSON Lines, by field name. */
  | {
      readonly kind: "table";
      readonly path: string;
      readonly columns: readonly [source: string, target: string];
      readonly format?: TableFormat | undefined;
    }
  /** Two files aligned line by line. */
  | { readonly kind: "aligned"; readonly source: string; readonly target: string };

/** A source sentence and its target, as in the file. */
export interface SentencePair {
  readonly source: string;
  readonly target: string;
  /** Its line number, counted from 1. */
  readonly line: number;
}

/** Sentence pairs in order, which can be read any number of times. */
export interface PairReader {
  /** Their name in messages: the names of their files. */
  readonly name: string;
  /** @throws UserError if the pairs cannot be read, or there are none. */
  read(): AsyncIterable<SentencePair>;
}

/** Reads pairs in memory; each counts as a line. */
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
 * Parses the columns of source and target: two numbers, counted from 1, or two names from the header.
 *
 * @throws OptionError if the option is anything else.
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

/** Names the files of a source, for messages. */
export function describeSource(source: PairSource): string {
  return pathsOf(source).map(nameOfPath).join(" and ");
}

/** The files of a source. */
export function pathsOf(source: PairSource): string[] {
  return source.kind === "table" ? [source.path] : [source.source, source.target];
}

/** The file with the source sentences. */
export function sourceFile(source: PairSource): string {
  return source.kind === "table" ? source.path : source.source;
}
