import { countCharacters } from "./characterLearner.ts";
import type { NormalizeOptions } from "./normalize.ts";
import { learnMerges } from "./pieceMerges.ts";
import { specialTokens } from "./specialTokens.ts";
import {
  metaspace,
  pieceModel,
  spaceMark,
  type TokenizerJson,
  tokenizerJson,
} from "./tokenizerJson.ts";
import { byFrequency, type WordCounts } from "./wordCounts.ts";

/** How to learn a vocabulary of byte-pair pieces. */
export interface PieceLearnerOptions extends NormalizeOptions {
  /** The size of the vocabulary, special tokens and characters included. */
  readonly size: number;
}

/** Runs of letters and digits, and runs of marks, each with the "▁" that begins a word. */
const lettersOrMarks = /\u2581?[^\u2581\p{P}\p{S}]+|\u2581?(?:(?!\u2581)[\p{P}\p{S}])+/gu;

/**
 * Learns byte-pair pieces. A word begins with "▁", so that decoding restores the spaces. Punctuation
 * is never merged with letters, so "end." needs no piece besides "end" and ".".
 * Characters take at most half of the vocabulary; rarer ones are unknown.
 *
 * @param counts how often each normalised word occurs.
 */
export function learnPieces(counts: WordCounts, options: PieceLearnerOptions): TokenizerJson {
  const room = Math.max(1, options.size - specialTokens.length);
  const characters = byFrequency(countCharacters(counts))
    .slice(0, Math.max(0, Math.ceil(room / 2) - 1))
    .map(([character]) => character);
  const alphabet = [spaceMark, ...characters];
  const { pieces, merges } = learnMerges(
    byFrequency(countRuns(counts)),
    alphabet,
    room - alphabet.length,
  );
  return tokenizerJson(
    {
      pre_tokenizer: metaspace(true),
      decoder: metaspace(true),
      model: pieceModel([...alphabet, ...pieces], merges),
    },
    options,
  );
}

function countRuns(counts: WordCounts): WordCounts {
  const runs: WordCounts = new Map();
  for (const [word, count] of counts) {
    for (const run of (spaceMark + word).match(lettersOrMarks) ?? []) {
      runs.set(run, (runs.get(run) ?? 0) + count);
    }
  }
  return runs;
}
