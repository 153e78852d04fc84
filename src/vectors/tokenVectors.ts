/** @file Vectors for the tokens of a vocabulary, selected while a file is read. */

import { specialTokens } from "../text/specialTokens.ts";
import type { TextTokenizer } from "../text/tokenizer.ts";
import { spaceMark } from "../text/tokenizerJson.ts";

/** How many tokens of a vocabulary have a vector. */
export interface VectorCoverage {
  /** The number of tokens, without special ones. */
  readonly tokens: number;
  /** How many of them have a vector. */
  readonly found: number;
  /** How many of these have the vector of a word with different capitalisation. */
  readonly otherCase: number;
}

/** A spelling in a file that can supply a token's vector. */
interface Candidate {
  readonly id: number;
  /** Lower is better. */
  readonly rank: number;
  readonly isOtherCase: boolean;
  /** Whether it counts only in a file whose words have marks for spaces. */
  readonly needsMarks: boolean;
}

/** The vector found for a token. */
type Hit = Candidate & { readonly vector: Float32Array };

/**
 * Finds the vectors of a vocabulary's tokens. It looks for a token's spelling without the mark "▁" for the space
 * before it: unchanged, then in lower case, capitalised, and in upper case. A piece from within a word gets the
 * vector of a word only if the file's words are such pieces themselves, as in BPEmb: "ing" inside "sing" is not
 * the word "ing".
 */
export class TokenVectors {
  private readonly candidates: Map<string, Candidate[]> = new Map();
  private readonly hits: Map<number, Hit> = new Map();
  private readonly tokens: number;
  private hasMarks = false;

  constructor(tokenizer: TextTokenizer) {
    this.tokens = tokenizer.size - specialTokens.length;
    for (let id = specialTokens.length; id < tokenizer.size; id++) {
      this.addCandidates(id, tokenizer.tokenOf(id), tokenizer.kind === "bpe");
    }
  }

  /** Returns whether a word's vector could be useful. */
  isWanted(word: string): boolean {
    if (word.startsWith(spaceMark)) this.hasMarks = true;
    return this.candidates.has(word);
  }

  /** Adds a vector; the first one of a word counts. */
  add(word: string, vector: Float32Array): void {
    for (const candidate of this.candidates.get(word) ?? []) {
      const known = this.hits.get(candidate.id);
      if (!known || candidate.rank < known.rank) {
        this.hits.set(candidate.id, { ...candidate, vector });
      }
    }
  }

  /** The vectors by token id. */
  found(): Map<number, Float32Array> {
    return new Map(this.valid().map(({ id, vector }) => [id, vector]));
  }

  /** How many tokens have a vector. */
  coverage(): VectorCoverage {
    const hits = this.valid();
    const otherCase = hits.filter(({ isOtherCase }) => isOtherCase).length;
    return { tokens: this.tokens, found: hits.length, otherCase };
  }

  private valid(): Hit[] {
    return [...this.hits.values()].filter(({ needsMarks }) => this.hasMarks || !needsMarks);
  }

  private addCandidates(id: number, token: string, isPiece: boolean): void {
    const isMarked = token.startsWith(spaceMark) && token !== spaceMark;
    const spellings = isMarked ? [token, token.slice(spaceMark.length)] : [token];
    const needsMarks = isPiece && !isMarked;
    const cased = [
      ...spellings.map((word) => ({ word, isOtherCase: false })),
      ...[lower, capitalised, upper].flatMap((change) =>
        spellings.map((word) => ({ word: change(word), isOtherCase: true })),
      ),
    ];
    const seen = new Set<string>();
    for (const [rank, { word, isOtherCase }] of cased.entries()) {
      if (seen.has(word)) continue;
      seen.add(word);
      const list = this.candidates.get(word) ?? [];
      list.push({ id, rank, isOtherCase, needsMarks });
      this.candidates.set(word, list);
    }
  }
}

const lower = (word: string): string => word.toLowerCase();
const upper = (word: string): string => word.toUpperCase();

/** Capitalises a word, after its mark if it has one. */
function capitalised(word: string): string {
  const mark = word.startsWith(spaceMark) ? spaceMark : "";
  const [first = "", ...rest] = word.slice(mark.length);
  return `${mark}${first.toUpperCase()}${rest.join("").toLowerCase()}`;
}
