/** @file The ids of the four tokens that every vocabulary begins with; they are the same in every model. */

/** Fills a batch behind the end of a shorter sentence. */
export const paddingId = 0;
/** Stands for a token that the vocabulary does not hold. */
export const unknownId = 1;
/** What the decoder is given before its first token. */
export const startId = 2;
/** Ends a sentence. */
export const endId = 3;
