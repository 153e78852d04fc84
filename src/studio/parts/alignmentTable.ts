/** @file The tokens of a translation and the attention weights between them. */

import type { Trace } from "../../trace/trace.ts";

/** Neighbouring tokens that are shown as one. */
export interface Group {
  readonly text: string;
  /** The position of the first token, and the one after the last. */
  readonly start: number;
  readonly end: number;
}

/** What is aligned: rows of the target, columns of the source. */
export interface AlignmentTable {
  readonly rows: readonly Group[];
  readonly columns: readonly Group[];
  /** Row by row. */
  readonly values: readonly ArrayLike<number>[];
}

/** Each token by itself. */
export function singles(tokens: readonly string[]): Group[] {
  return tokens.map((text, start) => ({ text, start, end: start + 1 }));
}

/** The weights of a translation, token by token. */
export function tokenTable({ source, steps }: Trace): AlignmentTable {
  return {
    rows: singles(steps.map(({ output }) => output)),
    columns: singles(source.tokens),
    values: steps.map(({ tensors }) => tensors["attention.weights"]?.data ?? []),
  };
}
