/** @file The corpora of a run: read as one, surveyed in the proportions of an epoch, and described. */

import type { PartWeights } from "../../data/mixture.ts";
import type { PairReader } from "../../data/pairs.ts";
import type { CorpusSurvey, SurveyedSide, SurveyOptions } from "../../data/survey.ts";
import { surveyCorpus } from "../../data/survey.ts";
import { OptionError } from "../../options/optionError.ts";
import { counted } from "../../tensor/counted.ts";
import { largestOf } from "../../tensor/extremes.ts";
import type { WordCounts } from "../../text/wordCounts.ts";
import { percent } from "../plan/weights.ts";

/** The pairs of all corpora, one after the other. */
export function joined(corpora: readonly PairReader[]): PairReader {
  return {
    name: corpora.map(({ name }) => name).join(", "),
    async *read() {
      for (const corpus of corpora) yield* corpus.read();
    },
  };
}

/**
 * Checks that each of several corpora can be read, before much time is spent on the first.
 *
 * @throws UserError naming the first that cannot.
 */
export async function checkReadable(corpora: readonly PairReader[]): Promise<void> {
  if (corpora.length < 2) return;
  for (const corpus of corpora) for await (const _ of corpus.read()) break;
}

/** What the first pass over the corpora of a run found. */
export interface PartsSurvey {
  readonly parts: readonly CorpusSurvey[];
  /** All of them together, each as often as an epoch takes its pairs. */
  readonly epoch: CorpusSurvey;
}

/**
 * Surveys each corpus, and adds them up.
 *
 * @throws UserError if one cannot be read, or no pair of it is left.
 */
export async function surveyParts(
  corpora: readonly PairReader[],
  weights: readonly PartWeights[],
  options: SurveyOptions,
): Promise<PartsSurvey> {
  const parts: CorpusSurvey[] = [];
  for (const corpus of corpora) parts.push(await surveyCorpus(corpus, options));
  const [first] = parts;
  return { parts, epoch: parts.length === 1 && first ? first : weighted(parts, weights) };
}

/** Surveys as one, each counted by its weight; what only the finish takes counts by the weight that it has then. */
function weighted(parts: readonly CorpusSurvey[], weights: readonly PartWeights[]): CorpusSurvey {
  const taken = weights.map(({ weight, finishWeight }) => Math.max(weight, finishWeight));
  const sum = (numbers: readonly number[]): number =>
    Math.round(numbers.reduce((total, each, index) => total + each * (taken[index] as number), 0));
  const pairs = Math.max(1, sum(parts.map((part) => part.pairs)));
  const side = (name: "source" | "target"): SurveyedSide => {
    const counts: WordCounts = new Map();
    for (const [index, part] of parts.entries()) {
      for (const [word, count] of part[name].counts) {
        // Whole numbers, so that no rounding of a sum decides which of two pieces comes first.
        const times = Math.ceil(count * (taken[index] as number));
        counts.set(word, (counts.get(word) ?? 0) + times);
      }
    }
    const total = sum(parts.map((part) => part[name].words.total));
    const max = largestOf(parts.map((part) => part[name].words.max));
    return { counts, words: { total, mean: total / pairs, max } };
  };
  return { pairs, dropped: [], source: side("source"), target: side("target") };
}

/**
 * What an epoch takes of each corpus, in a line each.
 *
 * @param pairs the pairs of each corpus.
 * @param when  which weights count: those of the run, or those of its last part.
 */
export function shareLines(
  corpora: readonly Pick<PairReader, "name">[],
  pairs: readonly number[],
  weights: readonly PartWeights[],
  when: keyof PartWeights = "weight",
): string[] {
  const taken = weights.map((each, index) => each[when] * (pairs[index] as number));
  const all = taken.reduce((total, each) => total + each, 0);
  return corpora.map(({ name }, index) => {
    const own = taken[index] as number;
    const weight = weights[index]?.[when];
    return `${counted(Math.round(own), "pair")} of ${name} (weight ${weight}, ${percent(own / all)})`;
  });
}

/**
 * Checks that every epoch has pairs. An epoch takes whole blocks, so a weight may be too small for a small corpus.
 *
 * @throws OptionError if an epoch might have none.
 */
export function checkEpochs(blocks: readonly number[], weights: readonly PartWeights[]): void {
  const keys = { weight: "weights", finishWeight: "finishWeights" } as const;
  for (const when of ["weight", "finishWeight"] as const) {
    if (weights.some((each, index) => each[when] * (blocks[index] as number) >= 1)) continue;
    throw new OptionError({
      key: keys[when],
      value: weights.map((each) => each[when]),
      problem: "an epoch would have fewer than 64 pairs of each corpus",
      remedy: "give larger weights",
    });
  }
}
