/**
 * @file `tokenizer.json` files that other programs wrote: words or byte-pair pieces whose special tokens stand at other
 * ids than ours, and which else do the same. Isomorphic.
 */

import { unknownId } from "../tensor/specialIds.ts";
import { specialTokens } from "../text/specialTokens.ts";
import type { TokenizerJson } from "../text/tokenizerJson.ts";
import {
  endMark,
  metaspace,
  normalizers,
  pieceModel,
  spaceMark,
  vocabulary,
} from "../text/tokenizerJson.ts";
import { jsonTokens } from "./tokenList.ts";

type JsonObject = Readonly<Record<string, unknown>>;

/** A tokenizer, apart from the ids of its tokens. */
export interface ForeignTokenizer {
  /** By their ids. */
  readonly tokens: readonly string[];
  readonly lowercase: boolean;
  /** The parts of ours for the tokens without the special ones. */
  readonly parts: (
    own: readonly string[],
  ) => Pick<TokenizerJson, "pre_tokenizer" | "decoder" | "model">;
}

const isObject = (value: unknown): value is JsonObject =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/**
 * Reads such a file.
 *
 * @returns a clause about what tokenizers here cannot do, if there is something.
 */
export function readTokenizerJson(json: unknown): ForeignTokenizer | string {
  if (!isObject(json) || !isObject(json["model"])) return "it is no tokenizer.json";
  const { model, normalizer = null, pre_tokenizer: splitter = null, decoder = null } = json;
  const { vocab, merges, type } = model as JsonObject;
  const kind = type ?? (merges === undefined ? "WordLevel" : "BPE");
  if (kind !== "WordLevel" && kind !== "BPE") {
    return `its model is ${String(kind)}; only WordLevel and BPE can be read from it`;
  }
  const tokens = jsonTokens(vocab);
  if (typeof tokens === "string") return `its vocabulary: ${tokens}`;
  const steps = stepsOf(normalizer, "normalizers");
  const other = steps.find(({ type }) => type !== "Lowercase" && type !== "NFC");
  if (other && !isOurs(steps)) {
    return `its normalizer ${String(other["type"])} is none that texts here go through; only Lowercase and NFC are`;
  }
  const splits = stepsOf(splitter, "pretokenizers");
  const parts =
    kind === "WordLevel"
      ? wordParts(splits)
      : pieceParts({ ...(model as JsonObject), tokens }, splits, decoder);
  if (typeof parts === "string") return parts;
  return { tokens, lowercase: steps.some(({ type }) => type === "Lowercase"), parts };
}

/** How a splitter is named in errors. */
const formOf = (splits: readonly JsonObject[]): string =>
  splits.length > 1 ? "several steps" : String(splits[0]?.["type"] ?? "none");

/** The parts of a tokenizer of words; a clause if it splits text in another way. */
function wordParts(splits: readonly JsonObject[]): ForeignTokenizer["parts"] | string {
  const form = formOf(splits);
  if (form !== "WhitespaceSplit") {
    return `it splits text by ${form}; only words between spaces (WhitespaceSplit) can be read`;
  }
  return (own) => ({
    pre_tokenizer: { type: "WhitespaceSplit" },
    decoder: null,
    model: { type: "WordLevel", vocab: vocabulary(own), unk_token: specialTokens[unknownId] },
  });
}

/** The parts of a tokenizer of byte-pair pieces; a clause about what tokenizers here cannot do. */
function pieceParts(
  model: JsonObject & { readonly tokens: readonly string[] },
  splits: readonly JsonObject[],
  decoder: unknown,
): ForeignTokenizer["parts"] | string {
  const { merges, end_of_word_suffix: suffix = null, fuse_unk, byte_fallback } = model;
  const pairs = mergePairs(merges);
  if (!pairs) return "it has no list of merges";
  const known = new Set(model.tokens);
  const bad = pairs.find((pair) => ![...pair, pair.join("")].every((token) => known.has(token)));
  if (bad) return `its merge of ${bad.join(" and ")} does not join two of its tokens into a third`;
  if (byte_fallback === true) {
    return "it spells unknown characters as bytes, which tokenizers here cannot do";
  }
  const form = formOf(splits);
  const pieces = (own: readonly string[]) => ({
    ...pieceModel(own, pairs),
    fuse_unk: fuse_unk === true,
  });
  if (form === "Metaspace" && suffix === null && splits[0]?.["replacement"] === spaceMark) {
    const other = otherSpaces(splits[0]);
    if (other) return other;
    return (own) => ({
      pre_tokenizer: metaspace(true),
      decoder: metaspace(true),
      model: pieces(own),
    });
  }
  const isEnded = isObject(decoder) && decoder["type"] === "BPEDecoder" && suffix === endMark;
  if (form === "WhitespaceSplit" && isEnded) {
    return (own) => ({
      pre_tokenizer: { type: "WhitespaceSplit" },
      decoder: { type: "BPEDecoder", suffix: endMark },
      model: { ...pieces(own), end_of_word_suffix: endMark },
    });
  }
  return `it splits text by ${form}; only Metaspace, and WhitespaceSplit with the suffix ${endMark}, can be read for byte-pair pieces`;
}

/** What a Metaspace does that ours does not, as a clause; null if it is the same. */
function otherSpaces({ prepend_scheme, add_prefix_space, split }: JsonObject): string | null {
  // The first word is the only one that can be the first.
  const isPrepended =
    prepend_scheme === undefined
      ? add_prefix_space !== false
      : prepend_scheme === "always" || prepend_scheme === "first";
  if (!isPrepended) {
    return "it puts no space before the first word (prepend_scheme), as tokenizers here always do";
  }
  if (split === false) {
    return "its pieces can reach from word to word (split), which tokenizers here cannot read";
  }
  return null;
}

/** The steps of a sequence, or the one step. */
function stepsOf(part: unknown, list: string): readonly JsonObject[] {
  if (!isObject(part)) return [];
  const steps = part["type"] === "Sequence" ? part[list] : [part];
  return Array.isArray(steps) ? steps.filter(isObject) : [];
}

/** Whether the steps are those of a tokenizer that was made here: white space is replaced and trimmed. */
function isOurs(steps: readonly JsonObject[]): boolean {
  const textOf = ({ type, pattern, content }: JsonObject): string =>
    JSON.stringify([type, pattern, content]);
  const own = new Set(normalizers({ lowercase: true }).map((step) => textOf({ ...step })));
  return steps.every((step) => own.has(textOf(step)));
}

/** Merges as pairs; in files of earlier versions both stand in one text. */
function mergePairs(merges: unknown): [string, string][] | null {
  if (!Array.isArray(merges)) return null;
  const pairs = merges.map((merge: unknown) =>
    typeof merge === "string" ? merge.split(" ") : merge,
  );
  const isPair = (pair: unknown): pair is [string, string] =>
    Array.isArray(pair) && pair.length === 2 && pair.every((part) => typeof part === "string");
  return pairs.every(isPair) ? pairs : null;
}
