/** @file Measures the quality lost by a smaller copy of a model: both translate and score the same pairs. */

import type { SentencePair } from "../data/pairs.ts";
import { InferenceModel } from "../decoding/inferenceModel.ts";
import { sourceReader } from "../decoding/sourceInput.ts";
import { TextModel } from "../decoding/textModel.ts";
import { corpusBleu } from "../evaluation/bleu.ts";
import type { BleuTokenizer } from "../evaluation/bleuTokenizer.ts";
import { corpusChrf } from "../evaluation/chrf.ts";
import { perplexity } from "../evaluation/perplexity.ts";
import { SourceFiles } from "../features/nodeSourceFiles.ts";
import type { CardEvaluation } from "../modelFolder/card.ts";
import type { StoredModel } from "../modelFolder/modelFolder.ts";
import type { Runtime } from "../runtime/runtime.ts";
import { counted } from "../tensor/counted.ts";
import { scorePairs, translateSources } from "./sources.ts";

/** The pairs to evaluate models on, and how. */
export interface TestSet {
  readonly name: string;
  /** The folder that file names are relative to, if sources are files. */
  readonly folder: string;
  /** Pairs with a source and a target. */
  readonly pairs: readonly SentencePair[];
  readonly beam: number;
  readonly tokenizer: BleuTokenizer;
  readonly lowercase: boolean;
}

/** The results of one model. */
interface Measured {
  readonly bleu: number;
  readonly chrf: number;
  readonly signature: string;
  readonly perplexity: number;
  /** log p of each target token and end, pair by pair. */
  readonly logProbabilities: readonly number[];
}

/**
 * Measures a model and a copy of it.
 *
 * @returns the entry of the copy's card.
 */
export async function compareOnSet(
  { model, copy }: { readonly model: StoredModel; readonly copy: StoredModel },
  set: TestSet,
  runtime: Runtime,
  log: (line: string) => void,
): Promise<CardEvaluation> {
  const measure = (stored: StoredModel): Promise<Measured> => {
    log(`Translating ${counted(set.pairs.length, "sentence")} as ${stored.weightFormat}.`);
    return measureModel(runtime, stored, set);
  };
  const before = await measure(model);
  const after = await measure(copy);
  const differences = before.logProbabilities.map((value, index) =>
    Math.abs(value - (after.logProbabilities[index] as number)),
  );
  const { bleu, chrf, signature } = after;
  return {
    set: set.name,
    beam: set.beam,
    bleu,
    chrf,
    signature,
    perplexity: after.perplexity,
    before: {
      dtype: model.weightFormat,
      bleu: before.bleu,
      chrf: before.chrf,
      perplexity: before.perplexity,
      largestDifference: digits(differences.reduce((most, each) => Math.max(most, each), 0)),
    },
  };
}

async function measureModel(
  runtime: Runtime,
  { sizes, weights, source, target }: StoredModel,
  { folder, pairs, beam, tokenizer, lowercase }: TestSet,
): Promise<Measured> {
  const inference = await InferenceModel.create(runtime, sizes, weights);
  const model = new TextModel(inference, sourceReader(source, sizes), target);
  try {
    const files = new SourceFiles(folder, sizes);
    const sources = pairs.map((pair) => pair.source);
    const results = await translateSources(model, { files, lines: sources }, { beam });
    const hypotheses = results.map(([best]) => best?.text ?? "");
    const references = [pairs.map((pair) => pair.target)];
    const bleu = corpusBleu(hypotheses, references, { tokenizer, lowercase });
    const chrf = corpusChrf(hypotheses, references, { lowercase });
    const scores = await scorePairs(model, files, pairs);
    const logProbabilities = scores.flatMap((score) => score.logProbabilities);
    const sum = logProbabilities.reduce((total, each) => total + each, 0);
    return {
      bleu: digits(bleu.score),
      chrf: digits(chrf.score),
      signature: bleu.signature,
      perplexity: digits(perplexity(sum, logProbabilities.length)),
      logProbabilities,
    };
  } finally {
    await model.release();
  }
}

/** Rounds a number for a card. */
const digits = (value: number): number => Number(value.toPrecision(6));
