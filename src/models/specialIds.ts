/** @file The ids that graphs and batches take for granted; vocabularies begin with them. */

/** Fills a batch behind the end of a shorter sentence. */
export const paddingId = 0;
/** What the decoder is given before its first token. */
export const startId = 2;
/** What ends a sentence. */
export const endId = 3;
