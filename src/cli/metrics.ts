/** @file The metrics of `seq2see evaluate`: their names as options, in the output and in JSON. */

import type { AlignmentLink, AlignmentScore, GoldAlignment } from "../evaluation/alignment.ts";
import { alignmentErrorRate } from "../evaluation/alignment.ts";
import { corpusBleu } from "../evaluation/bleu.ts";
import type { BleuTokenizer } from "../evaluation/bleuTokenizer.ts";
import { corpusChrf } from "../evaluation/chrf.ts";
import {
  characterErrorRate,
  exactMatchAccuracy,
  wordErrorRate,
} from "../evaluation/editDistance.ts";
import type { ModelForm } from "../evaluation/modelForm.ts";
import { perplexity } from "../evaluation/perplexity.ts";
import type { References } from "../evaluation/references.ts";
import type { RougeScore } from "../evaluation/rouge.ts";
import { corpusRouge } from "../evaluation/rouge.ts";
import type { TextUnit } from "../evaluation/textUnit.ts";
import type { Candidate } from "../options/nearest.ts";
import { didYouMean, nearest } from "../options/nearest.ts";
import { counted } from "../tensor/counted.ts";
import { UserError } from "../tensor/errors.ts";

/** The names of `--metrics`. */
export const metricNames: readonly string[] = [
  "bleu",
  "chrf",
  "rouge",
  "wer",
  "per",
  "cer",
  "exact",
  "perplexity",
  "aer",
];

/** The metrics with what others call them. */
const metricCandidates: readonly Candidate[] = metricNames.map((name) => ({
  name,
  otherNames: {
    bleu: ["sacrebleu", "multi-bleu"],
    rouge: ["rouge1", "rouge2", "rougeL"],
    exact: ["accuracy", "exact_match", "sequence_accuracy"],
    perplexity: ["ppl", "loss", "cross-entropy"],
    aer: ["alignment"],
  }[name],
}));

/** One of {@link metricNames}. */
export type MetricName = "bleu" | "chrf" | "rouge" | "wer" | "per" | "cer" | "exact" | ForcedMetric;

/** Metrics of given translations, computed without translating. */
type ForcedMetric = "perplexity" | "aer";

/** Returns whether a metric needs no translating. */
export function isForced(name: MetricName): name is ForcedMetric {
  return name === "perplexity" || name === "aer";
}

/** The default metrics. */
export const usualMetrics: readonly MetricName[] = ["bleu", "chrf", "perplexity", "exact"];

/**
 * Parses `--metrics`: comma-separated names.
 *
 * @throws UserError if a name is unknown.
 */
export function parseMetrics(typed: string): MetricName[] {
  const names = typed.split(",").map((name) => name.trim().toLowerCase());
  const wrong = names.find((name) => !metricNames.includes(name));
  if (wrong !== undefined) {
    const question = didYouMean(nearest(wrong, metricCandidates));
    throw new UserError(
      `--metrics ${typed}: there is no "${wrong}"; choose some of ${metricNames.join(", ")}.${question && ` ${question}`}`,
    );
  }
  return names as MetricName[];
}

/** A score with its parameters. */
export interface SignedScore {
  readonly score: number;
  readonly signature: string;
  /** Its printed form. */
  readonly text: string;
}

/** Results by their names in `--json`; error rates are fractions, and may exceed 1. */
export interface MetricValues {
  readonly bleu?: SignedScore;
  readonly chrf?: SignedScore;
  readonly rouge?: RougeScore;
  readonly wordErrorRate?: number;
  readonly phonemeErrorRate?: number;
  readonly characterErrorRate?: number;
  readonly exactMatch?: number;
  /** The unit of ROUGE and word error rate, if it is not words. */
  readonly unit?: "characters";
  readonly perplexity?: number;
  readonly alignment?: AlignmentScore;
}

/** How to compare texts. */
export interface Comparison {
  readonly tokenizer: BleuTokenizer;
  readonly lowercase: boolean;
  /** The unit of ROUGE and word error rate. */
  readonly unit: TextUnit;
  /** The model's form of writing. */
  readonly form: ModelForm;
}

/**
 * Computes the metrics of translations. BLEU and chrF are sacreBLEU's, over the texts as they are; all others
 * compare both sides in the model's form.
 */
export function measureTranslations(
  metrics: readonly MetricName[],
  hypotheses: readonly string[],
  references: References,
  compared: Comparison,
): MetricValues {
  const { tokenizer, lowercase, unit, form } = compared;
  const formed = (text: string): string => form.textOf(text, { lowercase });
  const own = hypotheses.map(formed);
  const right = references.map((list) => list.map((line) => line && formed(line)));
  const signed = (score: Omit<SignedScore, "text">): SignedScore => ({
    score: score.score,
    signature: score.signature,
    text: score.toString(),
  });
  const has = (name: MetricName): boolean => metrics.includes(name);
  const countsUnits = has("rouge") || has("wer") || has("per");
  return {
    ...(has("bleu") && {
      bleu: signed(corpusBleu(hypotheses, references, { tokenizer, lowercase })),
    }),
    ...(has("chrf") && { chrf: signed(corpusChrf(hypotheses, references, { lowercase })) }),
    ...(has("rouge") && { rouge: corpusRouge(own, right, { unit }) }),
    ...(has("wer") && { wordErrorRate: wordErrorRate(own, right, unit) }),
    // Phonemes are written as words, so only the name of the number differs.
    ...(has("per") && { phonemeErrorRate: wordErrorRate(own, right, unit) }),
    ...(has("cer") && { characterErrorRate: characterErrorRate(own, right) }),
    ...(has("exact") && { exactMatch: exactMatchAccuracy(own, right) }),
    ...(countsUnits && unit === "characters" && { unit }),
  };
}

/** The results for one given translation. */
export interface ForcedResult {
  readonly logProbabilities: readonly number[];
  readonly alignment: readonly AlignmentLink[] | null;
}

/** Computes the metrics of given translations. */
export function measureForced(
  metrics: readonly MetricName[],
  scores: readonly ForcedResult[],
  gold: readonly GoldAlignment[] | null,
): MetricValues {
  const values = scores.flatMap(({ logProbabilities }) => logProbabilities);
  const sum = values.reduce((total, value) => total + value, 0);
  return {
    ...(metrics.includes("perplexity") && { perplexity: perplexity(sum, values.length) }),
    ...(gold && {
      alignment: alignmentErrorRate(
        scores.map(({ alignment }) => alignment ?? []),
        gold,
      ),
    }),
  };
}

/** The output lines for results. */
export function metricLines(values: MetricValues, sentences: number): string[] {
  const percent = (share: number): string =>
    Number.isFinite(share)
      ? `${(100 * share).toFixed(2)} %`
      : "not defined, the references are empty";
  const { bleu, chrf, rouge, exactMatch, alignment, unit } = values;
  const ofUnit = unit === undefined ? "" : ` (of ${unit}, as there are no spaces between words)`;
  const rates = [
    ["word error rate", values.wordErrorRate, ofUnit],
    ["phoneme error rate", values.phonemeErrorRate, ofUnit],
    ["character error rate", values.characterErrorRate, ""],
  ] as const;
  return [
    ...(bleu ? [bleu.text] : []),
    ...(chrf ? [chrf.text] : []),
    ...(rouge
      ? [
          `ROUGE F1: 1 = ${percent(rouge.rouge1)}, 2 = ${percent(rouge.rouge2)}, L = ${percent(rouge.rougeL)}${ofUnit}`,
        ]
      : []),
    ...rates.flatMap(([name, rate, of]) =>
      rate === undefined ? [] : [`${name}: ${percent(rate)}${of}`],
    ),
    ...(alignment
      ? [
          `alignment error rate: ${percent(alignment.errorRate)} (precision ${percent(alignment.precision)}, recall ${percent(alignment.recall)})`,
        ]
      : []),
    ...(values.perplexity === undefined
      ? []
      : [`perplexity ${values.perplexity.toFixed(3)} a token, the end of each sentence included`]),
    ...(exactMatch === undefined
      ? []
      : [`exactly right: ${(100 * exactMatch).toFixed(1)} % of ${counted(sentences, "sentence")}`]),
  ];
}
