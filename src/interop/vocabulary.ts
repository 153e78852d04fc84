/** @file Vocabularies of other programs as tokenizers of ours, and the order in which their tokens stand in ours. */

import { parseJson } from "../files/json.ts";
import { UserError } from "../tensor/errors.ts";
import { unknownId } from "../tensor/specialIds.ts";
import { isSpecialToken, specialTokens } from "../text/specialTokens.ts";
import { TextTokenizer } from "../text/tokenizer.ts";
import type { TokenizerJson } from "../text/tokenizerJson.ts";
import {
  endMark,
  idsOf,
  metaspace,
  pieceModel,
  spaceMark,
  tokenizerJson,
  vocabulary,
} from "../text/tokenizerJson.ts";
import { readTokenizerJson } from "./foreignTokenizer.ts";
import type { ForeignVocabulary } from "./mapping.ts";
import type { SentencePieceModel } from "./sentencePiece.ts";
import { mergesOf, readSentencePiece } from "./sentencePiece.ts";
import { specialPlaces } from "./specialSpelling.ts";
import { readCodes, withEndMark } from "./subwordNmt.ts";
import { jsonTokens, linesOf } from "./tokenList.ts";
import type { TokenOrder } from "./tokenOrder.ts";
import { unreachableTokens } from "./unreachable.ts";

/** A vocabulary that was taken over. */
export interface TakenVocabulary {
  readonly tokenizer: TextTokenizer;
  readonly order: TokenOrder;
  /** What is not quite as in the program that it is from, as a sentence. */
  readonly notice: string | null;
}

/** What a vocabulary is made of: its description, and the content of its files by the names in it. */
export interface VocabularySource {
  readonly specification: ForeignVocabulary;
  readonly files: ReadonlyMap<string, Uint8Array<ArrayBuffer>>;
  /** Its name in errors. */
  readonly name: string;
}

/** The parts of a tokenizer that depend on the kind of its tokens. */
type Parts = Pick<TokenizerJson, "pre_tokenizer" | "decoder" | "model">;

/**
 * Takes over a vocabulary.
 *
 * @throws UserError naming the vocabulary, if our tokenizers cannot do what it says.
 */
export function takeVocabulary(source: VocabularySource): TakenVocabulary {
  switch (kindOf(source.specification)) {
    case "word":
      return listed(source, (own) => ({
        pre_tokenizer: { type: "WhitespaceSplit" },
        decoder: null,
        model: { type: "WordLevel", vocab: vocabulary(own), unk_token: specialTokens[unknownId] },
      }));
    case "char":
      return listed(source, (own) => {
        const long = own.find((token) => Array.from(token).length !== 1);
        if (long !== undefined) {
          throw refusal(source, `its token "${long}" is not one character, as the kind char asks`);
        }
        return { pre_tokenizer: null, decoder: { type: "Fuse" }, model: pieceModel(own, []) };
      });
    case "json":
      return fromTokenizerJson(source);
    case "subword-nmt":
      return fromCodes(source);
    case "sentencepiece":
      return fromSentencePiece(source);
  }
}

/** The kind that is said, or that a file's name says. */
function kindOf({
  kind,
  file = "",
  codes,
}: ForeignVocabulary): NonNullable<ForeignVocabulary["kind"]> {
  if (kind) return kind;
  if (file.endsWith(".model") || codes?.endsWith(".model")) return "sentencepiece";
  if (/tokenizer\.json$/.test(file)) return "json";
  return codes === undefined ? "word" : "subword-nmt";
}

/** A vocabulary that is a list of tokens. */
function listed(
  source: VocabularySource,
  partsOf: (own: readonly string[]) => Parts,
): TakenVocabulary {
  const { own, order } = ordered(source, listedTokens(source));
  return taken(source, partsOf(own), order);
}

function taken(
  { name, specification }: VocabularySource,
  parts: Parts,
  order: TokenOrder,
  { lowercase = false, notice = null }: { lowercase?: boolean; notice?: string | null } = {},
): TakenVocabulary {
  const options = { lowercase: specification.lowercase ?? lowercase };
  const tokens = [...idsOf(parts).keys()].filter((token) => !isSpecialToken(token));
  const unreachable = unreachableTokens(tokens, parts.decoder?.type === "Fuse");
  const notices = [notice, unreachable].filter((each) => each !== null);
  return {
    tokenizer: TextTokenizer.fromJson(tokenizerJson(parts, options), name),
    order,
    notice: notices.length > 0 ? `${name}: ${notices.join("; ")}.` : null,
  };
}

/**
 * Their tokens without the special ones, followed by further ones that only splitting needs; and the order of all of
 * them in our vocabulary.
 */
function ordered(
  source: VocabularySource,
  tokens: readonly string[],
  further: Iterable<string> = [],
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
      throw refusal(
        source,
        `its tokens ${other} and ${place} are both spelled "${token}"; give each a spelling of its own`,
      );
    }
    first.set(token, place);
  }
  const others = [...new Set(further)].filter(
    (token) => !first.has(token) && !isSpecialToken(token),
  );
  return {
    own: [...own, ...others],
    order: {
      rows: [...special, ...places, ...others.map(() => -1)],
      theirs: tokens.length,
      unknown: special[unknownId] as number,
    },
  };
}

/** The tokens of a list: those of the mapping, or of its file. */
function listedTokens(source: VocabularySource): readonly string[] {
  const { specification, name } = source;
  if (specification.tokens) return specification.tokens;
  const { file } = specification;
  if (file === undefined) {
    throw refusal(source, "its tokens are not given; give a file, or the tokens themselves");
  }
  const bytes = bytesOf(source, file);
  const tokens = file.endsWith(".json")
    ? jsonTokens(parseJson(bytes, name, "write a list of tokens"))
    : linesOf(bytes);
  if (typeof tokens === "string") throw refusal(source, tokens);
  return tokens;
}

function bytesOf({ files, name }: VocabularySource, file: string): Uint8Array<ArrayBuffer> {
  const bytes = files.get(file);
  if (!bytes) throw new Error(`${name}: ${file} was not read.`);
  return bytes;
}

/** A `tokenizer.json` of Hugging Face's library. */
function fromTokenizerJson(source: VocabularySource): TakenVocabulary {
  const { file } = source.specification;
  if (file === undefined) throw refusal(source, "the file tokenizer.json is not given");
  const bytes = bytesOf(source, file);
  const read = readTokenizerJson(parseJson(bytes, source.name, "copy it again"));
  if (typeof read === "string") throw refusal(source, read);
  const { own, order } = ordered(source, read.tokens);
  return taken(source, read.parts(own), order, { lowercase: read.lowercase });
}

/** The merges of subword-nmt, with a list of the tokens that the model knows. */
function fromCodes(source: VocabularySource): TakenVocabulary {
  const { codes } = source.specification;
  if (codes === undefined) throw refusal(source, "the file of subword-nmt's codes is not given");
  const text = new TextDecoder().decode(bytesOf(source, codes));
  const merges = readCodes(text);
  if (typeof merges === "string") throw new UserError(`${codes}: ${merges}.`);
  const special = Object.values(source.specification.special ?? {});
  const isSign = (token: string): boolean => isSpecialToken(token) || special.includes(token);
  const tokens = listedTokens(source).map((token) => (isSign(token) ? token : withEndMark(token)));
  const further = merges.flatMap(([left, right]) => [left, right, left + right]);
  const { own, order } = ordered(source, tokens, further);
  return taken(
    source,
    {
      pre_tokenizer: { type: "WhitespaceSplit" },
      decoder: { type: "BPEDecoder", suffix: endMark },
      model: { ...pieceModel(own, merges), end_of_word_suffix: endMark },
    },
    order,
  );
}

/** The log-probability of tokens that are never made of text: far below that of any piece. */
const neverMade = -1000;

/** A model of SentencePiece, with a list of tokens if the model that reads them has other ids. */
function fromSentencePiece(source: VocabularySource): TakenVocabulary {
  const { file, codes = file, tokens: given } = source.specification;
  if (codes === undefined) throw refusal(source, "SentencePiece's .model file is not given");
  const model = readSentencePiece(bytesOf(source, codes));
  if (!model)
    throw new UserError(
      `${codes}: it is no model of SentencePiece; give the .model file that its trainer wrote.`,
    );
  const fault = pieceFault(model);
  if (fault !== null) throw new UserError(`${codes}: ${fault}.`);
  const isOwn = codes === file && given === undefined;
  const spelled = model.pieces.map(({ piece, type }) =>
    type === "unknown" ? specialTokens[unknownId] : piece,
  );
  const normal = model.pieces.filter(({ type }) => type === "normal");
  const { own, order } = ordered(
    source,
    isOwn ? spelled : listedTokens(source),
    normal.map(({ piece }) => piece),
  );
  const { normalization } = model;
  const isFolding = normalization.endsWith("_cf");
  const notice =
    normalization === "identity"
      ? null
      : `its texts were normalised by ${normalization}, here by NFC${isFolding ? " and in lower case" : ""}; letters such as ﬁ or ① that it replaces stay as they are`;
  const extra = { lowercase: isFolding, notice };
  const marks = { pre_tokenizer: metaspace(true), decoder: metaspace(true) } as const;
  if (model.kind === "bpe") {
    const pieces = pieceModel(own, mergesOf(model.pieces));
    return taken(source, { ...marks, model: { ...pieces, fuse_unk: true } }, order, extra);
  }
  const scores = new Map(normal.map(({ piece, score }) => [piece, score]));
  const vocab = [...specialTokens, ...own].map((token): [string, number] => [
    token,
    scores.get(token) ?? neverMade,
  ]);
  const unigram = { type: "Unigram", unk_id: unknownId, vocab, byte_fallback: false } as const;
  return taken(source, { ...marks, model: unigram }, order, extra);
}

/** What our tokenizers cannot do of a SentencePiece model, as a clause; null if they can do all. */
function pieceFault(model: SentencePieceModel): string | null {
  const { kind, pieces } = model;
  if (kind !== "bpe" && kind !== "unigram") {
    return `it splits text into ${kind}s; only its byte-pair and unigram models can be read`;
  }
  if (model.fallsBackToBytes) {
    return "it spells unknown characters as bytes, which tokenizers here cannot do; train it without byte_fallback";
  }
  if (model.marksAreBehind || !model.addsSpace) {
    return "its words do not begin with a mark for the space, as tokenizers here need; train it with add_dummy_prefix and without treat_whitespace_as_suffix";
  }
  const symbol = pieces.find(({ type }) => type === "userDefined");
  if (symbol) {
    return `${symbol.piece} is a symbol that is never split, which tokenizers here do not have; train it without user_defined_symbols`;
  }
  const wide = pieces.find(
    ({ piece, type }) => type === "normal" && piece.lastIndexOf(spaceMark) > 0,
  );
  return wide
    ? `its piece "${wide.piece}" spans several words; train it with split_by_whitespace`
    : null;
}

function refusal({ name }: VocabularySource, problem: string): UserError {
  return new UserError(`${name}: ${problem}.`);
}
