/**
 * @file Target tokens per second of training steps, on the same task as the PyTorch peer: Multi30k
 * French-English, words, vocabularies of 8000, embedding 256, batches of 64, dropout 0.3, Adam, clipping.
 */
import { mkdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { batches } from "../src/data/batches.ts";
import { encodeCorpus } from "../src/data/encodeCorpus.ts";
import { EncodedCorpus } from "../src/data/encodedCorpus.ts";
import { pairReader } from "../src/data/node/readPairs.ts";
import type { PairSource } from "../src/data/pairs.ts";
import { surveyCorpus } from "../src/data/survey.ts";
import { OutputFile } from "../src/files/nodeOutputFile.ts";
import { openBytes } from "../src/files/nodeRandomAccess.ts";
import { configure } from "../src/models/configuration.ts";
import { nodeRuntime } from "../src/runtime/node.ts";
import { TextTokenizer } from "../src/text/tokenizer.ts";
import { learnTokenizer } from "../src/text/tokenizerOption.ts";
import { updateRule } from "../src/training/step/optimizers.ts";
import { TrainingStep } from "../src/training/step/trainingStep.ts";

/** The results of a run. */
export interface SpeedResult {
  readonly tokensPerSecond: number;
  readonly secondsPerStep: number;
  readonly gradientSeconds: number;
  readonly updateSeconds: number;
  readonly parameters: number;
}

/** Encodes the corpus once into a temporary folder. */
export async function prepareCorpus(
  path: string,
): Promise<EncodedCorpus & { readonly vocabularies: [number, number] }> {
  const source: PairSource = { kind: "table", path, columns: ["1", "2"] };
  const survey = await surveyCorpus(pairReader(source), { lowercase: false });
  const tokenizer = (counts: typeof survey.source.counts) =>
    TextTokenizer.fromJson(learnTokenizer(counts, { kind: "word", size: 8000 }), "learned");
  const tokenizers = {
    source: tokenizer(survey.source.counts),
    target: tokenizer(survey.target.counts),
  };
  const folder = join(tmpdir(), `seq2see-bench-${process.pid}`);
  mkdirSync(folder, { recursive: true });
  process.on("exit", () => rmSync(folder, { recursive: true, force: true }));
  const file = join(folder, "corpus.bin");
  await encodeCorpus(pairReader(source), tokenizers, await OutputFile.create(file), {
    maxLength: 100,
  });
  const corpus = EncodedCorpus.open(openBytes(file));
  return Object.assign(corpus, {
    vocabularies: [tokenizers.source.size, tokenizers.target.size] as [number, number],
  });
}

/** Runs training steps and measures those after `warmup`. */
export async function measure(
  corpus: Awaited<ReturnType<typeof prepareCorpus>>,
  hidden: number,
  {
    steps = 40,
    warmup = 5,
    threads = 2,
    optimizer = "adam",
    profile,
  }: {
    steps?: number;
    warmup?: number;
    threads?: number;
    optimizer?: string;
    profile?: string;
  } = {},
): Promise<SpeedResult> {
  const [sourceVocabulary, targetVocabulary] = corpus.vocabularies;
  const sizes = {
    ...configure("luong2015", { hidden, dropout: 0.3 }),
    sourceVocabulary,
    targetVocabulary,
  };
  const options = {
    rule: updateRule(optimizer),
    clip: 5,
    labelSmoothing: 0,
    lossPer: "token",
    seed: 1,
  } as const;
  const trainer = await TrainingStep.create(nodeRuntime({ threads }), sizes, options, profile);
  const total = { tokens: 0, seconds: 0, gradients: 0, update: 0 };
  let step = 0;
  for (const { pairs } of batches(corpus, { size: 64, seed: 1, epoch: 1 })) {
    if (++step > steps) break;
    const start = performance.now();
    const result = await trainer.run(pairs, step, 0.001);
    if (step <= warmup) continue;
    total.tokens += result.tokens;
    total.seconds += (performance.now() - start) / 1000;
    total.gradients += result.time.gradients / 1000;
    total.update += result.time.update / 1000;
  }
  const parameters = [...trainer.parameters.views.values()].reduce(
    (sum, { data }) => sum + data.length,
    0,
  );
  await trainer.release();
  const measured = steps - warmup;
  return {
    tokensPerSecond: total.tokens / total.seconds,
    secondsPerStep: total.seconds / measured,
    gradientSeconds: total.gradients / measured,
    updateSeconds: total.update / measured,
    parameters,
  };
}
