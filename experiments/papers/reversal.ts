import { join } from "node:path";
import { corpora, readCorpus, sizesText } from "../data/corpora.ts";
import {
  commonOptions,
  compareSides,
  type Side,
  type SideResult,
} from "../running/compareSides.ts";
import type { Context, Experiment } from "../running/experiment.ts";
import {
  gainOf,
  gainText,
  isClear,
  sideTable,
  translationColumns,
  valuesOf,
} from "../running/gains.ts";
import { translationMeasure } from "../running/measures.ts";
import { writePairs } from "../running/workFiles.ts";
import { barChart } from "../writing/barChart.ts";
import type { Report, Verdict } from "../writing/report.ts";

const beam = 5;

const side = (name: string, label: string, reverseSource: boolean): Side => ({
  name,
  label,
  options: {
    ...commonOptions,
    preset: "sutskever2014",
    tokenizer: "word:8000",
    model: { hidden: 256, embedding: 256, dropout: 0.2, initialRange: 0.08, reverseSource },
  },
});

/** The two sides of the comparison. */
export const reversalSides: readonly Side[] = [
  side("forward", "source as it is", false),
  side("reversed", "source reversed", true),
];

/** The verdict's rule: a gain of one BLEU point, and lower perplexity with each seed. */
export function reversalVerdict(forward: SideResult, reversed: SideResult): Verdict {
  const bleu = gainOf(reversed, forward, "bleu");
  const perplexity = gainOf(forward, reversed, "perplexity");
  const holds = isClear(bleu, 1) && isClear(perplexity, 0);
  return {
    outcome: holds ? "reproduced" : "not at this size",
    reason: `Reversing the source changes BLEU by ${gainText(bleu)} and lowers perplexity by ${gainText(perplexity, 2)}; the paper has +4.7 and 1.1. A gain of one BLEU point on average, and improvements of both with every seed, count as reproduced.`,
  };
}

async function run(context: Context): Promise<Report> {
  const parts = await readCorpus(context.corpora, "multi30k");
  const folder = join(context.work, "data");
  const results = await compareSides(context, {
    sides: reversalSides,
    data: await writePairs(folder, "train", parts.train),
    dev: await writePairs(folder, "dev", parts.dev),
    measure: translationMeasure(parts.test, { beam, bleuTokenizer: "none" }),
  });
  const [forward, reversed] = results as [SideResult, SideResult];
  const bars = results.map((result) => ({
    label: result.side.label,
    values: valuesOf(result, "bleu"),
  }));
  return {
    data: [`${corpora.multi30k.about} ${sizesText(parts)}.`],
    tables: [sideTable(`BLEU with beam ${beam}, tokenised`, results, translationColumns)],
    figures: [
      {
        name: "bleu",
        svg: barChart({ title: "Reversing the source", unit: "BLEU", bars, digits: 1 }),
        alternative:
          "Bars of BLEU with the source in order and reversed; the table has the numbers",
      },
    ],
    verdict: reversalVerdict(forward, reversed),
    notes: [
      "Both sides have stacks of two LSTMs with 256 units and no attention (`sutskever2014`); the paper has four layers of 1000 units and longer sentences.",
    ],
  };
}

/** Sutskever, Vinyals and Le (2014), section 3.3. */
export const reversal: Experiment = {
  about: {
    name: "reversal",
    title: "Reversing the source",
    claim: "A model without attention translates better if it reads the source in reverse.",
    paper: {
      label: "Sutskever, Vinyals and Le 2014, §3.3",
      address: "https://arxiv.org/abs/1409.3215",
    },
  },
  intended: { minutes: 22, seeds: 2 },
  trainings: reversalSides.length,
  run,
};
