import { Tokenizer as HuggingFaceTokenizer } from "@huggingface/tokenizers";
import { UserError } from "../tensor/errors.ts";
import { endId, paddingId, startId, unknownId } from "../tensor/specialIds.ts";
import { detached } from "./detached.ts";
import { type NormalizeOptions, normalizeText, splitWords } from "./normalize.ts";
import { specialTokens } from "./specialTokens.ts";
import { checkTokenizerJson } from "./tokenizerCheck.ts";
import {
  endMark,
  idsOf,
  replacedCharacters,
  spaceMark,
  type TokenizerJson,
} from "./tokenizerJson.ts";

/** A word of the text as typed, and its range of tokens. */
export interface WordSpan {
  /** The spelling in the text, with its capitals. */
  readonly text: string;
  /** The position of its first token. */
  readonly start: number;
  /** The position after its last token. */
  readonly end: number;
}

/** A tokenized text, without start and end tokens. */
export interface TextEncoding {
  readonly ids: number[];
  /** The spelling of each token in the vocabulary; `<unk>` if it is unknown. */
  readonly tokens: string[];
  /**
   * Which tokens belong to which word, in order. In a vocabulary of characters, the token of a space belongs
   * to no word. If punctuation marks are separate tokens, each is a word.
   */
  readonly words: WordSpan[];
}

/** How many words are cached before those not used recently are dropped. */
const cacheLimit = 2 ** 16;

/**
 * Splits texts into tokens of a vocabulary and joins them again, as specified by a `tokenizer.json`. The library
 * splits single words, and its results are cached because the same words recur throughout a corpus. A text
 * that is spelled like a special token, such as "<s>", never becomes one.
 */
export class TextTokenizer {
  private readonly json: TokenizerJson;
  private readonly engine: HuggingFaceTokenizer;
  private readonly spellings: string[];
  private readonly idsByToken: ReadonlyMap<string, number>;
  private recent: Map<string, readonly number[]> = new Map();
  private older: Map<string, readonly number[]> = new Map();
  /** How text is normalised before it is split. */
  readonly normalization: NormalizeOptions;

  private constructor(json: TokenizerJson, engine: HuggingFaceTokenizer) {
    this.json = json;
    this.engine = engine;
    this.idsByToken = idsOf(json);
    this.spellings = [];
    for (const [token, id] of this.idsByToken) this.spellings[id] = token;
    const steps = json.normalizer.normalizers;
    const chinese = replacedCharacters(steps);
    const lowercase = steps.some(({ type }) => type === "Lowercase");
    this.normalization = { lowercase, ...(chinese && { chinese }) };
  }

  /**
   * Returns the tokenizer described by the content of a `tokenizer.json`.
   *
   * @param json the parsed content.
   * @param name its name in errors, usually the file.
   * @throws UserError if seq2see did not write this tokenizer.
   */
  static fromJson(json: unknown, name: string): TextTokenizer {
    const checked = checkTokenizerJson(json, name);
    try {
      const options = { clean_up_tokenization_spaces: false };
      return new TextTokenizer(checked, new HuggingFaceTokenizer(checked, options));
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      throw new UserError(`${name}: not a tokenizer that seq2see wrote (${reason}).`);
    }
  }

  /** Returns the content of `tokenizer.json`. */
  toJson(): TokenizerJson {
    return this.json;
  }

  /** The number of tokens, including special ones. */
  get size(): number {
    return this.spellings.length;
  }

  /** The kind of token: a word, a character or a piece of a word; most pieces are byte-pair pieces. */
  get kind(): "word" | "char" | "bpe" {
    if (this.json.model.type === "WordLevel") return "word";
    return this.json.pre_tokenizer === null ? "char" : "bpe";
  }

  /** Whether text is converted to lower case. */
  get isLowercase(): boolean {
    return this.normalization.lowercase === true;
  }

  /** A short description for people, such as "bpe, 8000 pieces, lower-cased". */
  get description(): string {
    const noun = { word: "words", char: "characters", bpe: "pieces" }[this.kind];
    return [
      this.json.model.type === "Unigram" ? "unigram" : this.kind,
      `${this.size} ${noun}`,
      ...(this.hasMarksApart ? ["punctuation apart"] : []),
      ...(this.isLowercase ? ["lower-cased"] : []),
      ...(this.normalization.chinese ? ["Chinese in its standard written form"] : []),
    ].join(", ");
  }

  /** Returns the text as it is before tokenization, which is what decoding gives back. */
  normalize(text: string): string {
    return normalizeText(text, this.normalization);
  }

  /** Splits a text into tokens and records the word of each token. */
  encode(text: string): TextEncoding {
    const normalized = normalizedWords(this.normalize(text));
    const typed = this.typedWords(text, normalized);
    const gap = this.kind === "char" ? 1 : 0;
    const words: WordSpan[] = [];
    let start = 0;
    for (const [index, word] of normalized.entries()) {
      const end = start + this.wordIds(word).length;
      for (const span of this.spans(typed[index] ?? word, start, end)) words.push(span);
      start = end + gap;
    }
    const ids = this.encodeIds(text);
    return { ids, tokens: ids.map((id) => this.tokenOf(id)), words };
  }

  /** Splits a text into token ids; faster than {@link encode}. */
  encodeIds(text: string): number[] {
    const normalized = this.normalize(text);
    if (this.kind === "char") return this.cut(normalized);
    const ids: number[] = [];
    for (const word of normalizedWords(normalized)) {
      for (const id of this.wordIds(word)) ids.push(id);
    }
    return ids;
  }

  /**
   * Joins tokens into a text. Padding, start and end tokens are omitted; an unknown token becomes `<unk>`.
   *
   * @param ids ids outside the vocabulary count as unknown.
   */
  decode(ids: Iterable<number>): string {
    const tokens: string[] = [];
    for (const id of ids) {
      if (id !== paddingId && id !== startId && id !== endId) tokens.push(this.tokenOf(id));
    }
    if (this.json.decoder === null) return tokens.join(" ");
    if (this.json.decoder.type === "Fuse") return tokens.join("");
    if (this.json.decoder.type === "BPEDecoder") {
      const joined = tokens.map((token) => (this.endsWord(token) ? `${token} ` : token)).join("");
      return joined.replaceAll(endMark, "").replace(/ $/, "");
    }
    const text = tokens.join("").replaceAll(spaceMark, " ");
    return text.startsWith(" ") ? text.slice(1) : text;
  }

  /** Whether a word ends with a token, if ends are marked: an unknown one has no mark, and is a word by itself. */
  endsWord(token: string): boolean {
    const isMarked = this.json.decoder?.type === "BPEDecoder";
    return isMarked && (token.endsWith(endMark) || token === specialTokens[unknownId]);
  }

  /** Returns the spelling of a token; `<unk>` for an id outside the vocabulary. */
  tokenOf(id: number): string {
    return this.spellings[id] ?? specialTokens[unknownId];
  }

  /** The words of a text as typed; as normalised where steps for Chinese took characters out of them. */
  private typedWords(text: string, normalized: readonly string[]): readonly string[] {
    const typed = splitWords(text);
    if (this.normalization.chinese === undefined) return typed;
    if (typed.length !== normalized.length) return normalized;
    const length = (word: string): number => word.normalize("NFC").length;
    return normalized.map((word, index) => {
      const own = typed[index] as string;
      return length(own) === word.length ? own : word;
    });
  }

  /** Whether tokens are words, with punctuation marks as separate tokens. */
  private get hasMarksApart(): boolean {
    return this.kind === "word" && this.json.decoder !== null;
  }

  /** Returns the ids of one normalised word; no token extends across white space. */
  private wordIds(word: string): readonly number[] {
    const known = this.recent.get(word);
    if (known !== undefined) return known;
    const ids = this.older.get(word) ?? this.cut(word);
    if (this.recent.size >= cacheLimit) {
      this.older = this.recent;
      this.recent = new Map();
    }
    this.recent.set(detached(word), ids);
    return ids;
  }

  /** Tokenizes a normalised text with the library. */
  private cut(normalized: string): number[] {
    if (normalized === "") return [];
    const parts: string[] = this.engine.pre_tokenizer?.pre_tokenize(normalized) ?? [normalized];
    const pieces: string[] = this.engine.model?.encode(parts) ?? [];
    const ids = pieces.map((piece) => {
      const id = this.idsByToken.get(piece) ?? unknownId;
      return id < specialTokens.length ? unknownId : id;
    });
    if (!this.fusesUnknown) return ids;
    return ids.filter((id, index) => id !== unknownId || ids[index - 1] !== unknownId);
  }

  /** Whether unknown characters beside each other are one token, as in SentencePiece. */
  private get fusesUnknown(): boolean {
    const { model } = this.json;
    return model.type === "Unigram" || (model.type === "BPE" && model.fuse_unk);
  }

  /** Returns the tokens `start` to `end` as one word or, if marks are separate tokens, as one word each. */
  private spans(typed: string, start: number, end: number): WordSpan[] {
    if (this.hasMarksApart) {
      const parts: string[] = this.engine.pre_tokenizer?.pre_tokenize(typed.normalize("NFC")) ?? [];
      if (parts.length === end - start) {
        return parts.map((part, index) => {
          const text = part.replaceAll(spaceMark, "");
          return { text, start: start + index, end: start + index + 1 };
        });
      }
    }
    return [{ text: typed, start, end }];
  }
}

/** Returns the words of a normalised text. */
function normalizedWords(text: string): string[] {
  return text === "" ? [] : text.split(" ");
}
