/** @file The ids of the four tokens that every vocabulary begins with; they are the same in every model. */

/** Fills a batch after the end of a shorter sentence. */
export const paddingId = 0;
/** Stands for a token outside the vocabulary. */
export const unknownId = 1;
/** The decoder's input before its first token. */
export const startId = 2;
/** Ends a sentence. */
export const endId = 3;
