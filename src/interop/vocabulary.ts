/** @file Vocabularies of other programs as tokenizers of ours, and the order in which their tokens stand in ours. */

import { parseJson } from "../files/json.ts";
import { counted } from "../tensor/counted.ts";
import { UserError } from "../tensor/errors.ts";
import { unknownId } from "../tensor/specialIds.ts";
import { isSpecialToken, specialTokens } from "../text/specialTokens.ts";
import { TextTokenizer } from "../text/tokenizer.ts";
import type { TokenizerJson } from "../text/tokenizerJson.ts";
import { pieceModel, tokenizerJson, vocabulary } from "../text/tokenizerJson.ts";
import type { TokenOrder } from "./expression.ts";
import type { ForeignVocabulary } from "./mapping.ts";
import { specialPlaces } from "./specialSpelling.ts";

/** A vocabulary that was taken over. */
export interface TakenVocabulary {
  readonly tokenizer: TextTokenizer;
  readonly order: TokenOrder;
}

/** What a vocabulary is made of: its description, and the content of its files by the names in it. */
export interface VocabularySource {
  readonly specification: ForeignVocabulary;
  readonly files: ReadonlyMap<string, Uint8Array<ArrayBuffer>>;
  /** Its name in errors. */
  readonly name: string;
}

/**
 * Takes over a vocabulary.
 *
 * @throws UserError naming the vocabulary, if our tokenizers cannot do what it says.
 */
export function takeVocabulary(source: VocabularySource): TakenVocabulary {
  const { kind = "word" } = source.specification;
  switch (kind) {
    case "word":
    case "char":
      return listed(source, kind);
    default:
      throw refusal(source, `vocabularies of the kind ${kind} are not read yet`);
  }
}

/** A vocabulary that is a list of tokens. */
function listed(source: VocabularySource, kind: "word" | "char"): TakenVocabulary {
  const tokens = tokensOf(source);
  const { own, order } = ordered(source, tokens);
  if (kind === "char") {
    const long = own.find((token) => Array.from(token).length !== 1);
    if (long !== undefined) {
      throw refusal(source, `its token "${long}" is not one character, as the kind char asks`);
    }
  }
  const lowercase = source.specification.lowercase === true;
  const parts: Pick<TokenizerJson, "pre_tokenizer" | "decoder" | "model"> =
    kind === "char"
      ? { pre_tokenizer: null, decoder: { type: "Fuse" }, model: pieceModel(own, []) }
      : {
          pre_tokenizer: { type: "WhitespaceSplit" },
          decoder: null,
          model: {
            type: "WordLevel",
            vocab: vocabulary(own),
            unk_token: specialTokens[unknownId],
          },
        };
  return { tokenizer: made(source, tokenizerJson(parts, { lowercase })), order };
}

const made = ({ name }: VocabularySource, json: TokenizerJson): TextTokenizer =>
  TextTokenizer.fromJson(json, name);

/** Their tokens without the special ones, and the order of all of them in our vocabulary. */
function ordered(
  source: VocabularySource,
  tokens: readonly string[],
): { readonly own: readonly string[]; readonly order: TokenOrder } {
  const special = specialPlaces(tokens, source.specification.special);
  if (typeof special === "string") throw refusal(source, special);
  const places = tokens.flatMap((_, place) => (special.includes(place) ? [] : [place]));
  const own = places.map((place) => tokens[place] as string);
  const first = new Map<string, number>();
  for (const [index, token] of own.entries()) {
    const place = places[index] as number;
    if (isSpecialToken(token)) {
      throw refusal(source, `its token ${place}, ${token}, is spelled like a sign of ours`);
    }
    const other = first.get(token);
    if (other !== undefined) {
      throw refusal(source, `its tokens ${other} and ${place} are both spelled "${token}"`);
    }
    first.set(token, place);
  }
  return { own, order: { rows: [...special, ...places], theirs: tokens.length } };
}

/** The tokens of a list: one a line, or JSON, by their ids. */
function tokensOf(source: VocabularySource): readonly string[] {
  const { specification, files, name } = source;
  if (specification.tokens) return specification.tokens;
  const { file } = specification;
  if (file === undefined) {
    throw refusal(source, "its tokens are not given; give a file, or the tokens themselves");
  }
  const bytes = files.get(file);
  if (!bytes) throw new Error(`${name}: ${file} was not read.`);
  return file.endsWith(".json") ? jsonTokens(source, parseJson(bytes, name)) : lines(source, bytes);
}

function lines(source: VocabularySource, bytes: Uint8Array): readonly string[] {
  let text: string;
  try {
    text = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    throw refusal(source, "it is not text in UTF-8; write one token a line");
  }
  const tokens = text.split(/\r?\n/);
  if (tokens.at(-1) === "") tokens.pop();
  const empty = tokens.indexOf("");
  if (empty >= 0) throw refusal(source, `line ${empty + 1} is empty; write one token a line`);
  if (tokens.length === 0) throw refusal(source, "it is empty; write one token a line");
  return tokens;
}

/** A list of tokens, or an object with the id of each. */
function jsonTokens(source: VocabularySource, json: unknown): readonly string[] {
  if (Array.isArray(json)) {
    if (json.length > 0 && json.every((token) => typeof token === "string")) return json;
    throw refusal(source, "it is no list of tokens");
  }
  if (typeof json !== "object" || json === null) throw refusal(source, "it is no list of tokens");
  const entries = Object.entries(json);
  const tokens: string[] = [];
  for (const [token, id] of entries) {
    if (Number.isInteger(id) && (id as number) >= 0) tokens[id as number] = token;
  }
  if (entries.length === 0 || Object.keys(tokens).length < entries.length) {
    throw refusal(source, "it does not give each token an id of its own");
  }
  if (tokens.length > entries.length) {
    const gap = tokens.findIndex((token) => token === undefined);
    throw refusal(source, `no token has the id ${gap}, of ${counted(tokens.length, "id")}`);
  }
  return tokens;
}

function refusal({ name }: VocabularySource, problem: string): UserError {
  return new UserError(`${name}: ${problem}.`);
}
