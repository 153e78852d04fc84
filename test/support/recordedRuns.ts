/** @file The training runs of a record: every preset, and every option that changes numbers. */

import { existsSync } from "node:fs";
import { join } from "node:path";
import { presetNamed } from "../../src/models/configuration.ts";
import { isOfPaper } from "../../src/training/plan/recipes.ts";
import type { Results } from "./recordedHash.ts";
import { ofLines, ofTensors } from "./recordedHash.ts";
import type { Place } from "./recordedProgram.ts";
import { seq2see, twoAtATime } from "./recordedProgram.ts";

/** A training run and its options. */
export interface Run {
  readonly name: string;
  readonly options: string;
  /** The data; `text` by default. */
  readonly data?: "text" | "arrays" | "pictures";
  /** Whether a test has time for it. */
  readonly isQuick?: boolean;
}

const presets = [
  "luong2015",
  "luong2015-paper",
  "bahdanau2014",
  "bahdanau2014-paper",
  "rnnencdec2014",
  "rnnencdec2014-paper",
  "cho2014",
  "cho2014-paper",
  "sutskever2014",
  "sutskever2014-paper",
  "gnmt2016",
  "gnmt2016-paper",
  "nmt-iwslt15",
  "nmt-wmt16",
  "nmt-wmt16-gnmt-4-layer",
  "nmt-wmt16-gnmt-8-layer",
];
const quickPresets = ["luong2015-paper", "bahdanau2014", "cho2014", "nmt-wmt16-gnmt-4-layer"];

/** The training runs that do not depend on others. */
export const runs: readonly Run[] = [
  ...presets.map((preset) => ({
    name: preset,
    options: `--preset ${preset}`,
    isQuick: quickPresets.includes(preset),
  })),
  { name: "xu2015", options: "--preset xu2015 --even-attention 1", data: "arrays", isQuick: true },
  { name: "xu2015-pictures", options: "--preset xu2015 --patches 2x3", data: "pictures" },
  { name: "features", options: "--source-input features", data: "arrays" },
  { name: "local-m", options: "--attention-scope local-m --window 2" },
  { name: "local-p", options: "--attention-scope local-p --window 2 --attention dot" },
  { name: "concat", options: "--attention concat --no-input-feeding" },
  { name: "location", options: "--attention location --locations 9" },
  {
    name: "additive",
    options: "--attention normedAdditive --attention-place between --readout none",
  },
  { name: "no-attention", options: "--attention none --no-input-feeding --start-input zero" },
  { name: "context-gate", options: "--preset bahdanau2014 --context-gate --maxout 6" },
  { name: "gru", options: "--cell gru --reset-gate after --bridge zero --layers 2" },
  { name: "rnn", options: "--cell rnn --no-cell-bias --reverse-source --initial-range glorot" },
  { name: "lstm", options: "--forget-bias 1 --cell-clip 0.5 --layers 3 --residual-from 1" },
  { name: "stacks", options: "--layers 2 --bidirectional-stacks --bridge interleave" },
  { name: "both-ways", options: "--layers 2 --bidirectional-layers --encoder-hidden 10" },
  { name: "tied", options: "--tied-embeddings --output-rank 12 --dropout 0.2 --dropout-on inputs" },
  { name: "letters", options: "--tokenizer char --batch-tokens 120" },
  { name: "pieces", options: "--tokenizer bpe:90 --lowercase" },
  { name: "average", options: "--average 0.5 --label-smoothing 0.1", isQuick: true },
  { name: "sampling-linear", options: "--scheduled-sampling linear:40:0.3", isQuick: true },
  { name: "sampling-sigmoid", options: "--preset gnmt2016 --scheduled-sampling inverse-sigmoid:9" },
  {
    name: "sampling-exponential",
    options: "--preset cho2014 --scheduled-sampling exponential:0.97",
  },
  {
    name: "guided",
    options: "--guided-alignment train.links --guided-alignment-weight 0.5",
    isQuick: true,
  },
  { name: "even", options: "--preset bahdanau2014 --even-attention 0.7 --loss-per sentence" },
  { name: "vectors", options: "--source-embeddings words.vec --freeze-embeddings" },
  { name: "vectors-learned", options: "--source-embeddings words.vec --average 0.9" },
  { name: "adam", options: "--adam-beta1 0.8 --adam-beta2 0.99 --clip 0.5 --schedule warmup:20" },
  { name: "sgd", options: "--optimizer sgd --learning-rate 0.7 --schedule halve:1" },
  { name: "adadelta", options: "--optimizer adadelta --clip 0 --schedule linear" },
  { name: "best-bleu", options: "--keep-best bleu --learning-rate 0.02 --schedule t2t:20" },
  { name: "kept", options: "--keep-best none --keep-checkpoints 3 --evaluate-every 10" },
  { name: "stopped", options: "--average 0.5 --dropout 0.2 --steps 25", isQuick: true },
];

const common =
  "--tokenizer word:60 --hidden 16 --embedding 12 --batch 8 --steps 50 --evaluate-every 25 --seed 3 --threads 1";
const dataOptions = {
  text: "--data train.tsv --dev dev.tsv --watch watch.tsv",
  arrays: "--data arrays.tsv --dev arraysDev.tsv --watch arraysDev.tsv --tokenizer char",
  pictures: "--data pictures.tsv --dev picturesDev.tsv --tokenizer char",
};

/** The options that follow the corpus, as they were when they did not. */
function fixed(options: string): string {
  const [, preset = "luong2015"] = /--preset (\S+)/.exec(options) ?? [];
  if (isOfPaper(preset)) return "";
  const { dropout } = presetNamed(preset);
  const rate = options.includes("--optimizer") ? "" : "--learning-rate 0.001";
  return `--schedule plateau --keep-best perplexity --patience 5 --dropout ${dropout} ${rate}`;
}

/** Trains every model in a folder of its name, and records weights, checkpoint and metrics. */
export async function recordRuns(place: Place): Promise<Results> {
  const chosen = runs.filter(({ isQuick }) => !place.isQuick || isQuick);
  await twoAtATime(chosen, ({ name, options, data = "text" }) =>
    train(place, name, `${fixed(options)} ${common} ${dataOptions[data]} ${options}`),
  );
  // A resumed run must equal an uninterrupted run in every bit.
  await seq2see(place, "train --out stopped --resume --steps 50");
  const later = ["stopped"];
  if (!place.isQuick) {
    const from = "--from average --data train.tsv --dev dev.tsv --batch 8 --threads 1";
    await train(place, "from", `${from} --steps 20 --learning-rate 0.0005 --evaluate-every 10`);
    await train(
      place,
      "from-frozen",
      `${from} --steps 20 --evaluate-every epoch --freeze-embeddings --average 0.5`,
    );
    const kept = [30, 40, 50].map((step) => `kept/training/checkpoints/step-000000${step}`);
    await seq2see(place, `average --model ${kept.join(" ")} --out averaged`);
    later.push("from", "from-frozen");
  }
  const names = new Set([...chosen.map(({ name }) => name), ...later]);
  const results = [...names].flatMap((name) => runResults(place, name));
  if (!place.isQuick) {
    results.push([
      "train/averaged/weights",
      ofTensors(join(place.folder, "averaged/model.safetensors")),
    ]);
  }
  return Object.fromEntries(results);
}

function train(place: Place, name: string, options: string): Promise<string> {
  return seq2see(place, `train --out ${name} ${options}`);
}

/** Records the files of a run, without times. */
function runResults({ folder }: Place, name: string): [string, Results[string]][] {
  const at = (file: string) => join(folder, name, file);
  const watched = at("training/watched.jsonl");
  const results: [string, Results[string]][] = [
    ["weights", ofTensors(at("model.safetensors"))],
    ["checkpoint", ofTensors(at("training/checkpoint.safetensors"))],
    ["metrics", ofLines(at("training/metrics.jsonl"), ["seconds"])],
  ];
  if (existsSync(watched)) results.push(["watched", ofLines(watched, ["seconds"])]);
  return results.map(([kind, recorded]) => [`train/${name}/${kind}`, recorded]);
}
