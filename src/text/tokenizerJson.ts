/**
 * @file The parts of Hugging Face's `tokenizer.json` (version 1.0) that seq2see writes. Both the library
 * `tokenizers` in Python and Rust and `@huggingface/tokenizers` in JavaScript load the result.
 */

import { unknownId } from "../tensor/specialIds.ts";
import { chineseSteps, type TextStep } from "./chineseForm.ts";
import type { NormalizeOptions } from "./normalize.ts";
import { specialTokens } from "./specialTokens.ts";

/** One step of normalisation. */
export type NormalizerJson =
  | { type: "Lowercase" }
  | { type: "NFC" }
  | { type: "Replace"; pattern: { Regex: string } | { String: string }; content: string };

/** Replaces each space by "▁" and adds one before the first word. */
export interface MetaspaceJson {
  type: "Metaspace";
  replacement: string;
  prepend_scheme: "always";
  split: boolean;
}

/** How to split a text before the model sees it. */
export type PreTokenizerJson =
  | { type: "WhitespaceSplit" }
  | MetaspaceJson
  | {
      type: "Sequence";
      pretokenizers: [
        MetaspaceJson,
        { type: "Split"; pattern: { Regex: string }; behavior: "Isolated"; invert: false },
      ];
    };

/**
 * The vocabulary; for byte-pair pieces also the merges in the order in which they were learned, for pieces of a unigram
 * language model their log-probabilities. `end_of_word_suffix` and `fuse_unk` are those of subword-nmt and
 * SentencePiece, whose pieces only come from other programs.
 */
export type TokenizerModelJson =
  | { type: "WordLevel"; vocab: Record<string, number>; unk_token: string }
  | {
      type: "Unigram";
      unk_id: number;
      vocab: [token: string, score: number][];
      byte_fallback: false;
    }
  | {
      type: "BPE";
      dropout: null;
      unk_token: string;
      continuing_subword_prefix: null;
      end_of_word_suffix: null | typeof endMark;
      fuse_unk: boolean;
      byte_fallback: false;
      ignore_merges: false;
      vocab: Record<string, number>;
      merges: [left: string, right: string][];
    };

/** A complete `tokenizer.json`. */
export interface TokenizerJson {
  version: "1.0";
  truncation: null;
  padding: null;
  added_tokens: {
    id: number;
    content: string;
    single_word: boolean;
    lstrip: boolean;
    rstrip: boolean;
    normalized: boolean;
    special: boolean;
  }[];
  normalizer: { type: "Sequence"; normalizers: NormalizerJson[] };
  pre_tokenizer: PreTokenizerJson | null;
  post_processor: null;
  decoder: MetaspaceJson | { type: "Fuse" } | { type: "BPEDecoder"; suffix: typeof endMark } | null;
  model: TokenizerModelJson;
}

/** The character that represents a space inside a token: ▁, U+2581. */
export const spaceMark = "\u2581";

/** What ends the last piece of a word in subword-nmt. */
export const endMark = "</w>";

/** A token's spelling without the marks that say where words begin or end. */
export const withoutMarks = (token: string): string =>
  token.replaceAll(spaceMark, "").replace(/<\/w>$/, "");

/** The ids of the tokens of a model by their spelling. */
export function idsOf({ model }: Pick<TokenizerJson, "model">): Map<string, number> {
  return model.type === "Unigram"
    ? new Map(model.vocab.map(([token], id) => [token, id]))
    : new Map(Object.entries(model.vocab));
}

/**
 * Returns a tokenizer around a model.
 *
 * @param parts the parts that differ between words, characters and pieces.
 */
export function tokenizerJson(
  parts: Pick<TokenizerJson, "pre_tokenizer" | "decoder" | "model">,
  options: NormalizeOptions,
): TokenizerJson {
  return {
    version: "1.0",
    truncation: null,
    padding: null,
    added_tokens: specialTokens.map((content, id) => ({
      id,
      content,
      single_word: false,
      lstrip: false,
      rstrip: false,
      normalized: false,
      special: true,
    })),
    normalizer: { type: "Sequence", normalizers: normalizers(options) },
    pre_tokenizer: parts.pre_tokenizer,
    post_processor: null,
    decoder: parts.decoder,
    model: parts.model,
  };
}

/** Returns the step that marks spaces; `split` says whether it also separates words. */
export function metaspace(split: boolean): MetaspaceJson {
  return { type: "Metaspace", replacement: spaceMark, prepend_scheme: "always", split };
}

/** Returns a byte-pair model; without merges, its tokens are single characters. */
export function pieceModel(
  tokens: readonly string[],
  merges: [left: string, right: string][],
): TokenizerModelJson & { readonly type: "BPE" } {
  return {
    type: "BPE",
    dropout: null,
    unk_token: specialTokens[unknownId],
    continuing_subword_prefix: null,
    end_of_word_suffix: null,
    fuse_unk: false,
    byte_fallback: false,
    ignore_merges: false,
    vocab: vocabulary(tokens),
    merges,
  };
}

/** Returns the ids of the tokens: the special ones first, then the given ones, in order. */
export function vocabulary(tokens: readonly string[]): Record<string, number> {
  return Object.fromEntries([...specialTokens, ...tokens].map((token, id) => [token, id]));
}

/** The steps that other tools take in place of `normalizeText`. */
export function normalizers(
  { lowercase, chinese }: NormalizeOptions,
  stepsOfChinese: readonly TextStep[] = chineseSteps,
): NormalizerJson[] {
  // If `Lowercase` is JavaScript's toLowerCase, which makes a final Σ a ς, the step before it leaves it no Σ.
  const lower: NormalizerJson[] =
    lowercase === true ? [replace("\\x{3A3}", "\u03C3"), { type: "Lowercase" }] : [];
  const space = replace("[\\s\\x{FEFF}\\x{2581}]+", " ");
  const trim = replace("\\A | \\z", "");
  if (chinese === undefined) return [...lower, { type: "NFC" }, space, trim];
  const characters = [...chinese].map(
    ([from, content]): NormalizerJson => ({ type: "Replace", pattern: { String: from }, content }),
  );
  const steps = stepsOfChinese.map(({ pattern, content }) => replace(pattern, content));
  return [...lower, { type: "NFC" }, space, ...characters, ...steps, trim];
}

function replace(pattern: string, content: string): NormalizerJson {
  return { type: "Replace", pattern: { Regex: pattern }, content };
}

/** The characters that a list of steps replaces for Chinese; undefined if it does not. */
export function replacedCharacters(
  steps: readonly NormalizerJson[],
): ReadonlyMap<string, string> | undefined {
  const replaced = steps.flatMap((step) =>
    step.type === "Replace" && "String" in step.pattern
      ? [[step.pattern.String, step.content] as const]
      : [],
  );
  return replaced.length === 0 ? undefined : new Map(replaced);
}
