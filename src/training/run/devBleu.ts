/** @file BLEU on the dev set, by which the kept weights may be chosen. */

import { canJudge, corpusBleu } from "../../evaluation/bleu.ts";
import type { BleuTokenizer } from "../../evaluation/bleuTokenizer.ts";
import { fittingBleuTokenizer } from "../../evaluation/bleuTokenizer.ts";
import type { WritingTokenizer } from "../../evaluation/modelForm.ts";
import { ModelForm } from "../../evaluation/modelForm.ts";
import type { PairModel } from "./pairModel.ts";

type AskedModel = Pick<PairModel, "pairs" | "translations" | "release">;

/** Measures BLEU of greedy translations, with both sides in the model's normalised form. */
export class DevBleu {
  /** The tokenizer: as requested, or chosen by the script of the targets. */
  readonly tokenizer: BleuTokenizer;
  private readonly model: AskedModel;
  private readonly form: ModelForm;
  private readonly references: readonly string[];

  private constructor(
    model: AskedModel,
    target: WritingTokenizer,
    asked: BleuTokenizer | undefined,
  ) {
    this.model = model;
    this.form = ModelForm.of(target);
    this.references = model.pairs.map((pair) => this.form.textOf(pair.target));
    this.tokenizer = asked ?? fittingBleuTokenizer(this.references);
  }

  /**
   * Prepares BLEU for the pairs of the dev set, and logs how it is measured.
   *
   * @param asked the tokenizer; by default, chosen by the script of the targets.
   * @param log   receives a line.
   * @returns null, after releasing the model, if BLEU would be meaningless.
   */
  static async of(
    model: AskedModel,
    target: WritingTokenizer,
    asked: BleuTokenizer | undefined,
    log: (line: string) => void,
  ): Promise<DevBleu | null> {
    const bleu = new DevBleu(model, target, asked);
    const { references, tokenizer } = bleu;
    const fitting = fittingBleuTokenizer(references);
    if (canJudge([references], { tokenizer })) {
      const why =
        tokenizer === fitting && fitting !== "13a" ? ", as there are no spaces between words" : "";
      log(
        `Dev BLEU: of greedy translations, tok:${tokenizer}${why}; where it is the same, dev perplexity decides.`,
      );
      return bleu;
    }
    const advice = tokenizer === fitting ? "" : `; the tokenizer ${fitting} would fit them`;
    log(
      `No dev target has four words (tok:${tokenizer}${advice}), so BLEU would be 0 even where all is right: dev perplexity decides which weights are kept.`,
    );
    await model.release();
    return null;
  }

  /** BLEU of the current model's translations, from 0 to 100. */
  async score(): Promise<number> {
    const hypotheses = (await this.model.translations()).map((text) => this.form.textOf(text));
    return corpusBleu(hypotheses, [this.references], { tokenizer: this.tokenizer }).score;
  }

  release(): Promise<void> {
    return this.model.release();
  }
}
