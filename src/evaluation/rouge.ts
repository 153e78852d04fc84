/** @file ROUGE (Lin, 2004, https://aclanthology.org/W04-1013): how much of a reference a text recalls. */

import { largestOf } from "../tensor/extremes.ts";
import { countNgrams, matchesOf, type NgramCounts, totalOf } from "./ngrams.ts";
import { type References, referencesOf } from "./references.ts";
import { letterCharactersOf, type TextUnit } from "./textUnit.ts";

/** How to compute ROUGE. */
export interface RougeOptions {
  /** The unit of n-grams. Default: words. */
  readonly unit?: TextUnit;
}

/** F1 scores of a text, or their means over the texts of a corpus; each from 0 to 1. */
export interface RougeScore {
  /** F1 of unigrams. */
  readonly rouge1: number;
  /** F1 of bigrams. */
  readonly rouge2: number;
  /** F1 of the longest common subsequence. */
  readonly rougeL: number;
}

/**
 * Returns ROUGE-1, ROUGE-2 and ROUGE-L of a corpus: the mean over sentences of F1, the harmonic mean of
 * precision and recall. Words are lower-case runs of letters and digits, without stemming; for English, this
 * equals Google's `rouge_score` with `use_stemmer=False`. With `unit: "characters"`, for texts without
 * spaces, each letter of Chinese, Thai and the like is a unit. With several references, each score uses its
 * best one.
 *
 * @param references one list or several, each with a line for every hypothesis.
 * @throws UserError if the lists differ in length or a sentence has no reference.
 */
export function corpusRouge(
  hypotheses: readonly string[],
  references: References,
  options: RougeOptions = {},
): RougeScore {
  const scores = referencesOf(hypotheses, references).map((lines, index) =>
    sentenceRouge(hypotheses[index] as string, lines, options),
  );
  const mean = (name: keyof RougeScore): number =>
    scores.reduce((sum, score) => sum + score[name], 0) / scores.length;
  return { rouge1: mean("rouge1"), rouge2: mean("rouge2"), rougeL: mean("rougeL") };
}

/** Returns ROUGE of one sentence; with several references, each score uses its best one. */
export function sentenceRouge(
  hypothesis: string,
  references: readonly string[],
  { unit = "words" }: RougeOptions = {},
): RougeScore {
  const words = rougeWords(hypothesis, unit);
  const counts = countNgrams(words, 2, " ");
  const scores = references.map((reference): RougeScore => {
    const other = rougeWords(reference, unit);
    const [ones, twos] = countNgrams(other, 2, " ") as [NgramCounts, NgramCounts];
    const common = longestCommonSubsequence(words, other);
    return {
      rouge1: overlap(counts[0] as NgramCounts, ones),
      rouge2: overlap(counts[1] as NgramCounts, twos),
      rougeL: f1(common, words.length, other.length),
    };
  });
  const best = (name: keyof RougeScore): number =>
    largestOf(
      scores.map((each) => each[name]),
      0,
    );
  return { rouge1: best("rouge1"), rouge2: best("rouge2"), rougeL: best("rougeL") };
}

function overlap(counts: NgramCounts, others: NgramCounts): number {
  return f1(matchesOf(counts, others), totalOf(counts), totalOf(others));
}

/** 2PR / (P + R) with P = common / found and R = common / wanted. */
function f1(common: number, found: number, wanted: number): number {
  return common === 0 ? 0 : (2 * common) / (found + wanted);
}

function rougeWords(text: string, unit: TextUnit): string[] {
  const small = text.toLowerCase();
  if (unit === "characters") return letterCharactersOf(small);
  return small.match(/[\p{L}\p{M}\p{N}]+/gu) ?? [];
}

/** The length of the longest common subsequence: the same order in both, gaps allowed. */
export function longestCommonSubsequence(
  first: readonly string[],
  second: readonly string[],
): number {
  // lengths[j]: of the elements of `first` seen so far and the first j of `second`.
  const lengths = Array<number>(second.length + 1).fill(0);
  for (const element of first) {
    let diagonal = 0;
    for (let at = 1; at <= second.length; at++) {
      const above = lengths[at] as number;
      lengths[at] =
        element === second[at - 1] ? diagonal + 1 : Math.max(above, lengths[at - 1] as number);
      diagonal = above;
    }
  }
  return lengths[second.length] as number;
}
