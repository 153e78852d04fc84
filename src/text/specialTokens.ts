/** The spelling of the special tokens, indexed by id (`tensor/specialIds.ts`). */
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
