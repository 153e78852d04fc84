/** @file The corpora of a run: read as one, surveyed in the proportions of an epoch, and described. */

import type { PartWeights } from "../../data/mixture.ts";
import type { PairReader } from "../../data/pairs.ts";
import type { CorpusSurvey, SurveyedSide, SurveyOptions } from "../../data/survey.ts";
import { surveyCorpus } from "../../data/survey.ts";
import { OptionError } from "../../options/optionError.ts";
import { counted } from "../../tensor/counted.ts";
import { boundCounts, type WordCounts } from "../../text/wordCounts.ts";
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
  readonly parts: readonly Pick<CorpusSurvey, "pairs" | "dropped">[];
  /** All of them together, each as often as an epoch takes its pairs. */
  readonly epoch: CorpusSurvey;
}

/**
 * Surveys each corpus, and adds them up by their weights; what only the last part of the run takes counts by the weight
 * that it has then. Words of no more than one corpus are in memory besides the sum.
 *
 * @throws UserError if one cannot be read, or no pair of it is left.
 */
export async function surveyParts(
  corpora: readonly PairReader[],
  weights: readonly PartWeights[],
  options: SurveyOptions,
): Promise<PartsSurvey> {
  const [only, ...more] = corpora;
  if (only && more.length === 0) {
    const epoch = await surveyCorpus(only, options);
    return { parts: [epoch], epoch };
  }
  const parts: Pick<CorpusSurvey, "pairs" | "dropped">[] = [];
  const sides = { source: new SideSum(), target: new SideSum() };
  let taken = 0;
  for (const [index, corpus] of corpora.entries()) {
    const { pairs, dropped, source, target } = await surveyCorpus(corpus, options);
    const { weight, finishWeight } = weights[index] as PartWeights;
    const times = Math.max(weight, finishWeight);
    taken += times * pairs;
    sides.source.add(source, times);
    sides.target.add(target, times);
    parts.push({ pairs, dropped });
  }
  const pairs = Math.max(1, Math.round(taken));
  const [source, target] = [sides.source.report(pairs), sides.target.report(pairs)];
  return { parts, epoch: { pairs, dropped: [], source, target } };
}

/** One side of several surveys as one. */
class SideSum {
  private readonly counts: WordCounts = new Map();
  private total = 0;
  private max = 0;

  add({ counts, words }: SurveyedSide, times: number): void {
    for (const [word, count] of counts) {
      // Whole numbers, so that no rounding of a sum decides which of two pieces comes first.
      this.counts.set(word, (this.counts.get(word) ?? 0) + Math.ceil(count * times));
    }
    boundCounts(this.counts);
    this.total += times * words.total;
    this.max = Math.max(this.max, words.max);
  }

  report(pairs: number): SurveyedSide {
    const total = Math.round(this.total);
    return { counts: this.counts, words: { total, mean: total / pairs, max: this.max } };
  }
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
