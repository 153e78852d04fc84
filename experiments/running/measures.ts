/** @file What is measured of a model, through the library. */

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

/** Numbers by name, and lines of text that go with them. */
export interface Measured {
  readonly values: Readonly<Record<string, number>>;
  readonly lines?: readonly string[];
}

/** Something to measure. */
export interface Measure {
  /** All that the numbers depend on besides the model, as JSON: where it changes, they are taken anew. */
  readonly depends: unknown;
  take(model: LoadedModel, folder: string): Promise<Measured>;
}

/** How translations are measured. */
export interface TranslationOptions {
  readonly beam: number;
  readonly bleuTokenizer: BleuTokenizer;
  /** Ranges of source lengths for which BLEU is measured too. */
  readonly ranges?: readonly LengthRange[];
  /** Translations for unknown words, for a BLEU of its own, "bleu replaced"; without, these stay `<unk>`. */
  readonly dictionary?: Dictionary;
}

/** The name of BLEU in a range of lengths. */
export const bleuInRange = (range: LengthRange): string => `bleu ${lengthRangeText(range)}`;

/** log p of pairs as perplexity of a token, the ends of sentences included. */
export async function testPerplexity(model: LoadedModel, pairs: readonly Pair[]): Promise<number> {
  const scores = await model.score(pairs);
  const values = scores.flatMap(({ logProbabilities }) => logProbabilities);
  return perplexity(
    values.reduce((sum, value) => sum + value, 0),
    values.length,
  );
}

/** Measures `bleu`, `perplexity` and, if asked, BLEU by length and with unknown words replaced. */
export function translationMeasure(test: readonly Pair[], options: TranslationOptions): Measure {
  const { beam, bleuTokenizer: tokenizer, ranges = [], dictionary } = options;
  const sources = test.map(({ source }) => source);
  const references = [test.map(({ target }) => target)];
  const translate = async (model: LoadedModel, replaced: boolean): Promise<string[]> => {
    const found = await model.translateAll(sources, {
      beam,
      replaceUnknown: replaced,
      ...(replaced && dictionary && { dictionary }),
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
      for (const score of bleuByLength(sources, hypotheses, references, ranges, { tokenizer })) {
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

/** Several measures as one; the values of each have its name before theirs, the first one's are as they are. */
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
 * Measures `error rate`, `precision` and `recall` of the links that attention gives when the right
 * translation is forced, in percent, and `perplexity`.
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
