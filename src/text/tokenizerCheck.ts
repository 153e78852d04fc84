/**
 * @file Which `tokenizer.json` is accepted: only what seq2see writes. Other libraries would run further steps
 * that seq2see does not, and a foreign pattern could take a program forever.
 */
import { UserError } from "../tensor/errors.ts";
import { unknownId } from "../tensor/specialIds.ts";
import { chineseSteps, earlierChineseSteps } from "./chineseForm.ts";
import { specialTokens } from "./specialTokens.ts";
import {
  endMark,
  metaspace,
  type NormalizerJson,
  normalizers,
  pieceModel,
  replacedCharacters,
  type TokenizerJson,
} from "./tokenizerJson.ts";
import { markSplitter } from "./wordLearner.ts";

type JsonObject = Readonly<Record<string, unknown>>;

const isObject = (value: unknown): value is JsonObject =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** A text that is the same for equal JSON, whatever the order of its keys. */
const canonical = (value: unknown): string =>
  JSON.stringify(value, (_, part: unknown) =>
    isObject(part)
      ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  ) ?? "nothing";

/**
 * The steps before, in and after the model: words, words with separate marks, characters, pieces; pieces of
 * SentencePiece's unigram models and of subword-nmt.
 */
const kinds = [
  { model: "WordLevel", pre_tokenizer: { type: "WhitespaceSplit" }, decoder: null },
  { model: "WordLevel", pre_tokenizer: markSplitter, decoder: metaspace(true) },
  { model: "BPE", pre_tokenizer: null, decoder: { type: "Fuse" } },
  { model: "BPE", pre_tokenizer: metaspace(true), decoder: metaspace(true) },
  { model: "Unigram", pre_tokenizer: metaspace(true), decoder: metaspace(true) },
  {
    model: "BPE",
    pre_tokenizer: { type: "WhitespaceSplit" },
    decoder: { type: "BPEDecoder", suffix: endMark },
  },
];

/** All normalisation steps that any version has written. */
const knownSteps: ReadonlySet<string> = new Set(normalizers({ lowercase: true }).map(canonical));

/**
 * Returns `json` as a tokenizer if it is one that seq2see could have written.
 *
 * @param name its name in errors, usually the file.
 * @throws UserError naming the part that is missing or different.
 */
export function checkTokenizerJson(json: unknown, name: string): TokenizerJson {
  const fail = (what: string): never => {
    throw new UserError(`${name}: ${what}; give a tokenizer.json that seq2see wrote.`);
  };
  if (!isObject(json) || !isObject(json["model"])) return fail("not a tokenizer");
  const { model, normalizer, pre_tokenizer = null, decoder = null, added_tokens } = json;
  const fault =
    modelFault(model as JsonObject) ??
    normalizerFault(normalizer) ??
    kindFault((model as JsonObject)["type"], pre_tokenizer, decoder) ??
    suffixFault(model as JsonObject, decoder);
  if (fault !== undefined) fail(fault);
  if (!Array.isArray(added_tokens) || !added_tokens.every(isAddedToken)) {
    fail("it has no list of added_tokens");
  }
  for (const part of ["truncation", "padding", "post_processor"]) {
    if ((json[part] ?? null) !== null) fail(`its ${part} is set, but seq2see supports none`);
  }
  return withCurrentSteps(json as unknown as TokenizerJson);
}

/** A tokenizer of an earlier version with the steps of this one for Chinese: they replace more marks, and no others. */
function withCurrentSteps(json: TokenizerJson): TokenizerJson {
  const steps = json.normalizer.normalizers;
  const chinese = replacedCharacters(steps);
  if (!chinese) return json;
  const current = normalizers({ lowercase: isLowercase(steps), chinese });
  return { ...json, normalizer: { type: "Sequence", normalizers: current } };
}

const isLowercase = (steps: readonly NormalizerJson[]): boolean =>
  steps.some((step) => isObject(step) && step.type === "Lowercase");

const isAddedToken = (token: unknown): boolean =>
  isObject(token) && typeof token["content"] === "string" && Number.isInteger(token["id"]);

function modelFault(model: JsonObject): string | undefined {
  const { type, vocab: listed } = model;
  if (type !== "WordLevel" && type !== "BPE" && type !== "Unigram") {
    return `its model ${shown(type)} is not supported`;
  }
  const vocab = type === "Unigram" ? scoredVocabulary(listed) : listed;
  if (!isObject(vocab)) return "it has no vocabulary";
  for (const [id, token] of specialTokens.entries()) {
    if (vocab[token] !== id) return `${token} does not have the id ${id} in its vocabulary`;
  }
  const ids = Object.values(vocab);
  const isNumbered =
    new Set(ids).size === ids.length &&
    ids.every((id) => Number.isInteger(id) && (id as number) >= 0 && (id as number) < ids.length);
  if (!isNumbered) return "the ids of its vocabulary are not 0, 1, 2 and so on without a gap";
  const settings = settingsOf[type];
  for (const [key, value] of Object.entries(settings)) {
    if (key === "type" || (model[key] ?? value) === value) continue;
    return `its model's ${key} is ${shown(model[key])}, but only ${shown(value)} is supported`;
  }
  return type === "BPE" ? mergesFault(model["merges"], vocab) : undefined;
}

const {
  vocab: _,
  merges: __,
  // What SentencePiece and subword-nmt have in other ways.
  fuse_unk: ___,
  end_of_word_suffix: ____,
  ...ofPieces
} = pieceModel([], []);

/** What each kind of model says besides its vocabulary. */
const settingsOf: Readonly<Record<"WordLevel" | "BPE" | "Unigram", JsonObject>> = {
  WordLevel: { unk_token: ofPieces.unk_token },
  BPE: ofPieces,
  Unigram: { unk_id: unknownId, byte_fallback: false },
};

/** A vocabulary with scores as one of ids; undefined if it is none. */
function scoredVocabulary(listed: unknown): JsonObject | undefined {
  if (!Array.isArray(listed)) return undefined;
  const isEntry = (entry: unknown): entry is [string, number] =>
    Array.isArray(entry) && typeof entry[0] === "string" && Number.isFinite(entry[1]);
  if (!listed.every(isEntry)) return undefined;
  const ids = new Map(listed.map(([token], id) => [token, id]));
  // A token that is there twice leaves a gap.
  return Object.fromEntries(ids);
}

/** Only pieces that end words may have a mark at the end, and all of those have the same. */
function suffixFault(model: JsonObject, decoder: unknown): string | undefined {
  const { end_of_word_suffix: suffix = null, fuse_unk: fused = false } = model;
  const expected = isObject(decoder) && decoder["type"] === "BPEDecoder" ? endMark : null;
  if (suffix !== expected) {
    return `its model's end_of_word_suffix is ${shown(suffix)}, but only ${shown(expected)} goes with its decoder`;
  }
  return typeof fused === "boolean" ? undefined : `its model's fuse_unk is ${shown(fused)}`;
}

function mergesFault(merges: unknown, vocabulary: JsonObject): string | undefined {
  if (!Array.isArray(merges)) return "it has no list of merges";
  const known = (token: unknown): boolean =>
    typeof token === "string" && Object.hasOwn(vocabulary, token);
  const index = merges.findIndex((merge) => {
    // Earlier versions of the library wrote both in one text.
    const parts: unknown = typeof merge === "string" ? merge.split(" ") : merge;
    return (
      !Array.isArray(parts) || parts.length !== 2 || !parts.every(known) || !known(parts.join(""))
    );
  });
  if (index < 0) return undefined;
  return `merge ${index + 1} does not join two tokens of its vocabulary into a third`;
}

function normalizerFault(normalizer: unknown): string | undefined {
  const steps = isObject(normalizer) ? normalizer["normalizers"] : undefined;
  if (!isObject(normalizer) || normalizer["type"] !== "Sequence" || !Array.isArray(steps)) {
    return "it has no sequence of normalizers";
  }
  if (
    steps.some((step) => isObject(step) && isObject(step["pattern"]) && "String" in step["pattern"])
  ) {
    return chineseFault(steps as NormalizerJson[]);
  }
  const index = steps.findIndex((step) => !knownSteps.has(canonical(step)));
  if (index < 0) return undefined;
  return `normalizer ${index + 1}, ${shown(steps[index])}, is not supported`;
}

/** Steps for Chinese are accepted as a whole: replaced characters may be others, and nothing else. */
function chineseFault(steps: readonly NormalizerJson[]): string | undefined {
  const chinese = replacedCharacters(steps) as ReadonlyMap<string, string>;
  for (const [from, to] of chinese) {
    if (typeof to === "string" && from.length === 1 && to.length === 1) continue;
    return `its normalizer for ${shown(from)} is not supported`;
  }
  const lowercase = isLowercase(steps);
  const given = canonical(steps);
  const isKnown = [chineseSteps, earlierChineseSteps].some(
    (known) => given === canonical(normalizers({ lowercase, chinese }, known)),
  );
  return isKnown ? undefined : "its normalizers for Chinese are not supported";
}

function kindFault(type: unknown, pre_tokenizer: unknown, decoder: unknown): string | undefined {
  const same = (part: "pre_tokenizer" | "decoder", value: unknown) => {
    const text = canonical(value);
    return kinds.filter((kind) => canonical(kind[part]) === text);
  };
  const before = same("pre_tokenizer", pre_tokenizer);
  if (before.length === 0) return `its pre_tokenizer ${shown(pre_tokenizer)} is not supported`;
  const behind = same("decoder", decoder);
  if (behind.length === 0) return `its decoder ${shown(decoder)} is not supported`;
  if (before.some((kind) => behind.includes(kind) && kind.model === type)) return undefined;
  return "its pre_tokenizer, model and decoder do not match";
}

/** Formats a part of the file for a sentence. */
function shown(value: unknown): string {
  const text = typeof value === "string" ? value : (JSON.stringify(value) ?? "missing");
  const characters = Array.from(text);
  return characters.length > 80 ? `${characters.slice(0, 80).join("")}…` : text;
}
