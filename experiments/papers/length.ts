import { join } from "node:path";
import type { LengthRange } from "../../src/evaluation/byLength.ts";
import { lengthRangeText, parseLengthRanges } from "../../src/evaluation/byLength.ts";
import { corpora, readCorpus, sizesText } from "../data/corpora.ts";
import {
  commonOptions,
  compareSides,
  type Side,
  type SideResult,
} from "../running/compareSides.ts";
import type { Context, Experiment } from "../running/experiment.ts";
import { gainOf, gainText, isClear, sideTable, valuesOf } from "../running/gains.ts";
import { bleuInRange, together, translationMeasure } from "../running/measures.ts";
import { writePairs } from "../running/workFiles.ts";
import { lineChart } from "../writing/lineChart.ts";
import { mean, meanText } from "../writing/numbers.ts";
import type { Report, Verdict } from "../writing/report.ts";

const beam = 5;
/** Pairs from Europarl's train set; together with all of Tatoeba's, more than training sees in the time. */
const pairsUsed = 200_000;
/** Lengths in words of the source; Europarl here has up to 30. */
const ranges: readonly LengthRange[] = parseLengthRanges("1-10,11-15,16-20,21-25,26-30");
const [shortest, longest] = [ranges[0], ranges.at(-1)] as [LengthRange, LengthRange];

const side = (name: string, label: string, preset: string): Side => ({
  name,
  label,
  options: {
    ...commonOptions,
    preset,
    tokenizer: "bpe:8000",
    // The same for all sides. With Bahdanau et al.'s initialisation, RNNsearch had dev perplexity 86 after 23 minutes.
    model: { hidden: 256, embedding: 256, dropout: 0.2, initialRange: 0.16 },
  },
});

/** RNNencdec and RNNsearch, which the paper compares; and Luong's model, for the table of systems. */
export const lengthSides: readonly Side[] = [
  side("without", "without attention", "rnnencdec2014"),
  side("with", "with attention", "bahdanau2014"),
  side("luong", "with attention, Luong's", "luong2015"),
];

/** The BLEU on long sentences relative to short ones, by seed. */
function kept(result: SideResult): number[] {
  const long = valuesOf(result, bleuInRange(longest));
  return valuesOf(result, bleuInRange(shortest)).map((short, run) => (long[run] as number) / short);
}

/** The verdict's rule: with attention, BLEU drops less on long sentences, and is higher there. */
export function lengthVerdict(without: SideResult, withIt: SideResult): Verdict {
  const gain = gainOf(withIt, without, bleuInRange(longest));
  const [keptWithout, keptWith] = [kept(without), kept(withIt)];
  if (![...gain.each, ...keptWithout, ...keptWith].every(Number.isFinite)) {
    return {
      outcome: "not at this size",
      reason: `Nothing can be compared: sentences of ${lengthRangeText(shortest)} or ${lengthRangeText(longest)} words have a BLEU of 0, or the test set has none.`,
    };
  }
  const keepsMore = keptWith.every((share, run) => share > (keptWithout[run] as number));
  const percent = (shares: readonly number[]): string => `${(100 * mean(shares)).toFixed(0)} %`;
  return {
    outcome: isClear(gain, 1) && keepsMore ? "reproduced" : "not at this size",
    reason: `From sentences of ${lengthRangeText(shortest)} words to those of ${lengthRangeText(longest)} the model without attention keeps ${percent(keptWithout)} of its BLEU and the one with attention ${percent(keptWith)}; on the long ones attention changes BLEU by ${gainText(gain)}. Keeping more, and a gain of one BLEU point on the long ones, with every seed, counts as reproduced.`,
  };
}

async function run(context: Context): Promise<Report> {
  const europarl = await readCorpus(context.corpora, "europarl", pairsUsed);
  const tatoeba = await readCorpus(context.corpora, "tatoeba");
  const folder = join(context.work, "data");
  const options = { beam, bleuTokenizer: "13a" } as const;
  const results = await compareSides(context, {
    sides: lengthSides,
    data: await writePairs(folder, "train", [...europarl.train, ...tatoeba.train]),
    dev: await writePairs(folder, "dev", [...europarl.dev, ...tatoeba.dev]),
    measure: together(translationMeasure(europarl.test, { ...options, ranges }), {
      tatoeba: translationMeasure(tatoeba.test, options),
    }),
  });
  const [without, withIt] = results as [SideResult, SideResult];
  return {
    data: [
      `${corpora.europarl.about} ${sizesText(europarl)}: the dev set, shuffled and split in two.`,
      `${corpora.tatoeba.about} ${sizesText(tatoeba)}, in the same way.`,
      "Every model is trained on both.",
    ],
    tables: [
      {
        caption: `BLEU on Europarl by source length in words (beam ${beam}, 13a)`,
        head: ["source words", ...results.map(({ side: { label } }) => label)],
        rows: ranges.map((range) => [
          lengthRangeText(range),
          ...results.map((result) => meanText(valuesOf(result, bleuInRange(range)), 1)),
        ]),
      },
      sideTable(`All sentences of both dev sets (beam ${beam}, 13a)`, results, [
        { head: "Europarl, BLEU", value: "bleu", digits: 1 },
        { head: "perplexity", value: "perplexity", digits: 2 },
        { head: "Tatoeba, BLEU", value: "tatoeba bleu", digits: 1 },
        { head: "perplexity", value: "tatoeba perplexity", digits: 2 },
      ]),
    ],
    figures: [
      {
        name: "bleu",
        svg: lineChart({
          title: "BLEU against the length of the sentence",
          places: ranges.map(lengthRangeText),
          horizontal: "words of the source",
          vertical: "BLEU",
          series: results.map((result) => ({
            label: result.side.label,
            values: ranges.map((range) => meanOrNone(valuesOf(result, bleuInRange(range)))),
          })),
        }),
        alternative:
          "BLEU on Europarl by source length, with and without attention; the table has the numbers",
      },
    ],
    verdict: lengthVerdict(without, withIt),
    notes: [
      "The verdict compares RNNencdec with RNNsearch, as the paper does; Luong's model (LSTM, general score, input feeding) is included for the table of systems.",
      "The paper's figure goes to 60 words, the sentences here to 30. The models have 256 units instead of 1000, and initial weights in ± 0.16 instead of the paper's.",
    ],
  };
}

/** A mean; null if the test set has no such sentence. */
function meanOrNone(values: readonly number[]): number | null {
  const value = mean(values);
  return Number.isFinite(value) ? value : null;
}

/** Bahdanau, Cho and Bengio (2014), figure 2. */
export const length: Experiment = {
  about: {
    name: "length",
    title: "BLEU against sentence length",
    claim: "Without attention, BLEU drops on long sentences; with attention, it does not.",
    paper: {
      label: "Bahdanau, Cho and Bengio 2014, figure 2",
      address: "https://arxiv.org/abs/1409.0473",
    },
  },
  intended: { minutes: 30, seeds: 2 },
  trainings: lengthSides.length,
  run,
};
