/** @file Where the tokens of another program's vocabulary stand in ours. */

/** A vocabulary's order: for each of our tokens the row of theirs, −1 for a token that they do not have. */
export interface TokenOrder {
  readonly rows: readonly number[];
  /** The number of their tokens. */
  readonly theirs: number;
  /** The row of their unknown token, as which they read what only our vocabulary has; −1 if there is none. */
  readonly unknown: number;
}
