/** @file Hugging Face's library `tokenizers` in Rust, which says what a `tokenizer.json` means. */
import { createRequire } from "node:module";

/** What tests use of a tokenizer of the Rust library. */
export interface RustTokenizer {
  encodeBatch(texts: readonly string[]): Promise<{ getIds(): number[] }[]>;
  decodeBatch(ids: readonly number[][], skipSpecialTokens: boolean): Promise<string[]>;
  getNormalizer(): { normalizeString(text: string): string };
}

// Its types speak of `const enum`, which modules cannot import.
const library = createRequire(import.meta.url)("tokenizers") as {
  Tokenizer: { fromString(json: string): RustTokenizer };
};

/** Yields the tokenizer that the text of a `tokenizer.json` describes. */
export function rustTokenizer(json: string): RustTokenizer {
  return library.Tokenizer.fromString(json);
}
