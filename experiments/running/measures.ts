/** @file Measures of a model, computed through the library. */

import type { Dictionary } from "../../src/decoding/unknownWords.ts";
import { alignmentErrorRate } from "../../src/evaluation/alignment.ts";
import { corpusBleu } from "../../src/evaluation/bleu.ts";
import type { BleuTokenizer } from "../../src/evaluation/bleuTokenizer.ts";
import { bleuByLength, type LengthRange, lengthRangeText } from "../../src/evaluation/byLength.ts";
import { perplexity } from "../../src/evaluation/perplexity.ts";
import type { LoadedModel } from "../../src/library/loadedModel.ts";
import type { Pair } from "../data/corpora.ts";
import type { LinkedPair } from "../data/reorderingGrammar.ts";
import { checksumOfPairs } from "./workFiles.ts";

/** Numbers by name, and accompanying lines of text. */
export interface Measured {
  readonly values: Readonly<Record<string, number>>;
  readonly lines?: readonly string[];
}

/** A measurement of a model. */
export interface Measure {
  /** Everything that affects the numbers besides the model, as JSON: if it changes, they are measured again. */
  readonly depends: unknown;
  take(model: LoadedModel, folder: string): Promise<Measured>;
}

/** How to measure translations. */
export interface TranslationOptions {
  readonly beam: number;
  readonly bleuTokenizer: BleuTokenizer;
  /** Ranges of source lengths for which BLEU is also measured. */
  readonly ranges?: readonly LengthRange[];
  /** Translations of unknown words for a separate BLEU, "bleu replaced"; otherwise they stay `<unk>`. */
  readonly dictionary?: Dictionary;
}

/** The name of the BLEU of a length range. */
export const bleuInRange = (range: LengthRange): string => `bleu ${lengthRangeText(range)}`;

/** Perplexity per token of the given pairs, including end-of-sentence tokens. */
export async function testPerplexity(model: LoadedModel, pairs: readonly Pair[]): Promise<number> {
  const scores = await model.score(pairs);
  const values = scores.flatMap(({ logProbabilities }) => logProbabilities);
  return perplexity(
    values.reduce((sum, value) => sum + value, 0),
    values.length,
  );
}

/** Measures `bleu`, `perplexity` and, if requested, BLEU by length and with unknown words replaced. */
export function translationMeasure(test: readonly Pair[], options: TranslationOptions): Measure {
  const { beam, bleuTokenizer: tokenizer, ranges = [], dictionary } = options;
  const sources = test.map(({ source }) => source);
  const references = [test.map(({ target }) => target)];
  const translate = async (model: LoadedModel, replaced: boolean): Promise<string[]> => {
    const found = await model.translateAll(sources, {
      beam,
      replaceUnknown: replaced,
      // Without attention nothing tells which source word is unknown.
      ...(replaced && dictionary && model.hasAttention && { dictionary }),
    });
    return found.map(([best]) => best?.text ?? "");
  };
  return {
    depends: {
      measure: "translation 1",
      test: checksumOfPairs(test),
      beam,
      tokenizer,
      ranges,
      dictionary: dictionary ? [...dictionary] : null,
    },
    async take(model) {
      const hypotheses = await translate(model, false);
      const values: Record<string, number> = {
        bleu: corpusBleu(hypotheses, references, { tokenizer }).score,
        perplexity: await testPerplexity(model, test),
      };
      for (const score of bleuByLength(sources, hypotheses, references, { ranges, tokenizer })) {
        if (score.bleu !== null) values[bleuInRange(score)] = score.bleu;
      }
      if (dictionary) {
        const replaced = await translate(model, true);
        values["bleu replaced"] = corpusBleu(replaced, references, { tokenizer }).score;
        const unknown = hypotheses.join(" ").split("<unk>").length - 1;
        values["unknown words"] = unknown;
      }
      return { values };
    },
  };
}

/** Combines several measures; each prefixes the names of its values with its own, except the first. */
export function together(first: Measure, others: Readonly<Record<string, Measure>>): Measure {
  const named = Object.entries(others);
  return {
    depends: [first.depends, ...named.map(([name, { depends }]) => ({ name, depends }))],
    async take(model, folder) {
      const { values, ...rest } = await first.take(model, folder);
      const all: Record<string, number> = { ...values };
      for (const [name, measure] of named) {
        const measured = await measure.take(model, folder);
        for (const [key, value] of Object.entries(measured.values)) all[`${name} ${key}`] = value;
      }
      return { ...rest, values: all };
    },
  };
}

/**
 * Measures `error rate`, `precision` and `recall` of the links from attention when the correct translation is
 * forced, in percent, and `perplexity`.
 */
export function alignmentMeasure(test: readonly LinkedPair[]): Measure {
  const gold = test.map((pair) => pair.gold);
  return {
    depends: { measure: "alignment 1", test: checksumOfPairs(test), gold },
    async take(model) {
      const scores = await model.score(test);
      const score = alignmentErrorRate(
        scores.map(({ alignment }) => alignment ?? []),
        gold,
      );
      return {
        values: {
          "error rate": 100 * score.errorRate,
          precision: 100 * score.precision,
          recall: 100 * score.recall,
          perplexity: await testPerplexity(model, test),
        },
      };
    },
  };
}
