import { join } from "node:path";
import type { ConfigurationChanges } from "../../src/models/configuration.ts";
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
const depth = 8;

const side = (name: string, label: string, preset: string, model: ConfigurationChanges): Side => ({
  name,
  label,
  options: {
    ...commonOptions,
    preset,
    tokenizer: "bpe:4000",
    model: { hidden: 128, embedding: 128, dropout: 0.1, ...model },
  },
});

const deep = { layers: depth, encoderLayers: depth } as const;
const shallow = { layers: 4, encoderLayers: 4 } as const;

/** A deep stack without and with residual connections; standard attention and gnmt_v2. */
export const gnmtSides: readonly Side[] = [
  side("plain", `${depth} layers, plain`, "gnmt2016", { ...deep, residualFrom: 0 }),
  side("residual", `${depth} layers, residual`, "gnmt2016", { ...deep, residualFrom: 2 }),
  side("standard", "4 layers, standard attention", "nmt-wmt16", shallow),
  side("gnmt-v2", "4 layers, gnmt_v2", "nmt-wmt16-gnmt-4-layer", shallow),
];

/** The verdict's rule: each of the two claims needs a gain in BLEU with every seed. */
export function gnmtVerdict(results: readonly SideResult[]): Verdict {
  const [plain, residual, standard, second] = results as [
    ...[SideResult, SideResult, SideResult, SideResult],
  ];
  const depthGain = gainOf(residual, plain, "bleu");
  const wiringGain = gainOf(second, standard, "bleu");
  const holds = [isClear(depthGain, 1), isClear(wiringGain, 0)];
  return {
    outcome: holds.every(Boolean)
      ? "reproduced"
      : holds.some(Boolean)
        ? "reproduced in part"
        : "not at this size",
    reason: `Residual connections change the BLEU of ${depth} layers by ${gainText(depthGain)}: ${holds[0] ? "reproduced" : "not at this size"}. gnmt_v2 changes that of standard attention by ${gainText(wiringGain)}: ${holds[1] ? "reproduced" : "not at this size"}. A gain with every seed, and for the first one also a point on average, counts as reproduced.`,
  };
}

async function run(context: Context): Promise<Report> {
  const parts = await readCorpus(context.corpora, "multi30k");
  const folder = join(context.work, "data");
  const results = await compareSides(context, {
    sides: gnmtSides,
    data: await writePairs(folder, "train", parts.train),
    dev: await writePairs(folder, "dev", parts.dev),
    measure: translationMeasure(parts.test, { beam, bleuTokenizer: "none" }),
  });
  const bars = results.map((result, index) => ({
    label: result.side.label,
    values: valuesOf(result, "bleu"),
    group: index < 2 ? 0 : 1,
  }));
  return {
    data: [`${corpora.multi30k.about} ${sizesText(parts)}.`],
    tables: [sideTable(`BLEU with beam ${beam}, tokenised`, results, translationColumns)],
    figures: [
      {
        name: "bleu",
        svg: barChart({ title: "Deep stacks", unit: "BLEU", bars, digits: 1 }),
        alternative: "Bars of BLEU of the four models; the table has the numbers",
      },
    ],
    verdict: gnmtVerdict(results),
    notes: [
      "128 units instead of 1024. All four are trained in the same way (Adam), not with the recipes of their presets; the budget is time, so the cost of a step counts too.",
      "`standard` and `gnmt_v2` are the two wirings of tensorflow/nmt with its `normed_bahdanau` score; `gnmt_v2` has residual connections from the third layer, as in its settings there.",
      "Initial weights are in ± 0.11 for eight layers and in ± 0.28 for four: their presets' ranges, scaled to the size.",
    ],
  };
}

/** Wu et al. (2016), section 3.1; tensorflow/nmt's `gnmt_v2`. */
export const gnmt: Experiment = {
  about: {
    name: "gnmt",
    title: "Residual connections and gnmt_v2",
    claim:
      "Residual connections make a deep stack of LSTMs trainable, and gnmt_v2 performs better than standard attention.",
    paper: { label: "Wu et al. 2016, §3.1", address: "https://arxiv.org/abs/1609.08144" },
  },
  intended: { minutes: 18, seeds: 2 },
  trainings: gnmtSides.length,
  run,
};
