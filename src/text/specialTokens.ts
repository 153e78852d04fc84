/**
 * @file The four tokens that every vocabulary begins with. Their ids are the same in every model, so
 * that a batch, a loss and a search can be written without looking them up.
 */

/** The id that fills a batch behind the end of a shorter sentence. */
export const paddingId = 0;

/** The id of whatever the vocabulary does not hold. */
export const unknownId = 1;

/** The id that a decoder is given before its first token. */
export const startId = 2;

/** The id that ends a sentence. */
export const endId = 3;

/** The spelling of the special tokens, each at the index that is its id. */
export const specialTokens: readonly ["<pad>", "<unk>", "<s>", "</s>"] = [
  "<pad>",
  "<unk>",
  "<s>",
  "</s>",
];

/** Tells whether a piece of text is spelled like a special token, and so can be no ordinary token. */
export function isSpecialToken(text: string): boolean {
  return (specialTokens as readonly string[]).includes(text);
}
