/** @file The results of `seq2see evaluate` as a table: a row of figures, and one for each range of lengths. */

import type { LengthScore } from "../evaluation/byLength.ts";
import { lengthRangeText } from "../evaluation/byLength.ts";
import { csvOfObjects } from "../files/csvText.ts";
import type { MetricValues } from "./metrics.ts";

/** What is shown as a table. */
export interface Figures extends MetricValues {
  readonly sentences: number;
  readonly beam: number;
  /** The time of translation; null if nothing was translated. */
  readonly seconds: number | null;
  readonly byLength?: readonly LengthScore[];
  /** The unit of lengths, if it is not words. */
  readonly lengthUnit?: "characters";
}

/**
 * Writes results as CSV, with the names of `--json` as those of columns. With results by length, the first row is
 * of all sentences; the others have no more than their BLEU.
 *
 * @param set the name of the data.
 */
export function figuresCsv(set: string, figures: Figures): string {
  const { sentences, beam, seconds, byLength, lengthUnit = "words" } = figures;
  const { bleu, chrf, rouge, alignment } = figures;
  const isOf = (length: string): object => ({ set, beam, ...(byLength && { length, lengthUnit }) });
  const all = {
    ...isOf("all"),
    sentences,
    bleu: bleu?.score,
    chrf: chrf?.score,
    ...rouge,
    wordErrorRate: figures.wordErrorRate,
    phonemeErrorRate: figures.phonemeErrorRate,
    characterErrorRate: figures.characterErrorRate,
    exactMatch: figures.exactMatch,
    perplexity: figures.perplexity,
    alignmentErrorRate: alignment?.errorRate,
    alignmentPrecision: alignment?.precision,
    alignmentRecall: alignment?.recall,
    seconds: seconds ?? undefined,
    signature: bleu?.signature,
  };
  const ranges = (byLength ?? []).map((range) => ({
    ...isOf(lengthRangeText(range)),
    sentences: range.sentences,
    bleu: range.bleu,
  }));
  const measured = Object.entries(all).filter(([, value]) => value !== undefined);
  return csvOfObjects([Object.fromEntries(measured), ...ranges]);
}
