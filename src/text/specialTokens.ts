/**
 * @file The four tokens at the start of every vocabulary. Their ids are the same in every model, so batches,
 * losses and searches need not look them up.
 */

/** The id that fills a batch after the end of a shorter sentence. */
export const paddingId = 0;

/** The id of everything outside the vocabulary. */
export const unknownId = 1;

/** The id of the decoder's input before its first token. */
export const startId = 2;

/** The id that ends a sentence. */
export const endId = 3;

/** The spelling of the special tokens, indexed by id. */
export const specialTokens: readonly ["<pad>", "<unk>", "<s>", "</s>"] = [
  "<pad>",
  "<unk>",
  "<s>",
  "</s>",
];

/** Returns whether a text is spelled like a special token and therefore cannot be an ordinary token. */
export function isSpecialToken(text: string): boolean {
  return (specialTokens as readonly string[]).includes(text);
}
