/** @file A look at each evaluation: how the model translates a few sentences of the dev set, and how many are right. */

import { canJudge, corpusBleu } from "../../evaluation/bleu.ts";
import type { BleuTokenizer } from "../../evaluation/bleuTokenizer.ts";
import { fittingBleuTokenizer } from "../../evaluation/bleuTokenizer.ts";
import { exactMatchAccuracy } from "../../evaluation/editDistance.ts";
import type { WritingTokenizer } from "../../evaluation/modelForm.ts";
import { ModelForm } from "../../evaluation/modelForm.ts";
import type {
  SampledTranslation,
  SampleLine,
  SampleScore,
} from "../../modelFolder/trainingRecords.ts";
import type { PairModel } from "./pairModel.ts";

type SampleModel = Pick<PairModel, "pairs" | "translations" | "release">;

/** How to look. */
export interface SampleSettings {
  /** The number of translations to show. */
  readonly shown: number;
  /** The tokenizer of BLEU, if it is asked for. */
  readonly tokenizer?: BleuTokenizer | undefined;
}

/** Translates sampled dev pairs greedily, with the weights that an evaluation measures. */
export class DevSample {
  private readonly model: SampleModel;
  private readonly form: ModelForm;
  private readonly shown: number;
  private readonly references: readonly string[];
  private readonly tokenizer: BleuTokenizer;
  private readonly metric: SampleScore["metric"];

  constructor(model: SampleModel, target: WritingTokenizer, { shown, tokenizer }: SampleSettings) {
    this.model = model;
    this.form = ModelForm.of(target);
    this.shown = shown;
    this.references = model.pairs.map((pair) => this.form.textOf(pair.target));
    this.tokenizer = tokenizer ?? fittingBleuTokenizer(this.references);
    this.metric = metricFor(this.references, this.tokenizer);
  }

  /** Translates the sample. */
  async measure(step: number, seconds: number): Promise<SampleLine> {
    const texts = await this.model.translations();
    const translations: SampledTranslation[] = [];
    for (const [index, { source, target }] of this.model.pairs.slice(0, this.shown).entries()) {
      translations.push({ source, reference: target, output: texts[index] ?? "" });
    }
    return { step, seconds: Math.round(seconds), score: this.scoreOf(texts), translations };
  }

  private scoreOf(texts: readonly string[]): SampleScore {
    const { metric, references, tokenizer } = this;
    const hypotheses = texts.map((text) => this.form.textOf(text));
    const pairs = references.length;
    if (metric === "exact") {
      return { metric, value: 100 * exactMatchAccuracy(hypotheses, [references]), pairs };
    }
    return {
      metric,
      value: corpusBleu(hypotheses, [references], { tokenizer }).score,
      pairs,
      tokenizer,
    };
  }

  release(): Promise<void> {
    return this.model.release();
  }
}

/**
 * BLEU for sentences; exact match where it says more: for targets without spaces between words, such as dates, and for
 * those that are too short for BLEU. Chinese, Japanese and others that never have spaces are sentences.
 */
function metricFor(references: readonly string[], tokenizer: BleuTokenizer): SampleScore["metric"] {
  if (!canJudge([references], { tokenizer })) return "exact";
  const spaced = references.filter((text) => text.includes(" ")).length;
  return tokenizer === "13a" && spaced < references.length / 2 ? "exact" : "bleu";
}
