/** @file Hugging Face's library `tokenizers` in Rust, the reference for the meaning of a `tokenizer.json`. */
import { createRequire } from "node:module";

/** The part of the Rust library's tokenizer that tests use. */
export interface RustTokenizer {
  encodeBatch(texts: readonly string[]): Promise<{ getIds(): number[] }[]>;
  decodeBatch(ids: readonly number[][], skipSpecialTokens: boolean): Promise<string[]>;
  getNormalizer(): { normalizeString(text: string): string };
}

// Its types use `const enum`, which modules cannot import.
const library = createRequire(import.meta.url)("tokenizers") as {
  Tokenizer: { fromString(json: string): RustTokenizer };
};

/** Returns the tokenizer described by the text of a `tokenizer.json`. */
export function rustTokenizer(json: string): RustTokenizer {
  return library.Tokenizer.fromString(json);
}
