/** @file What `import … from "seq2see"` gives in Node. */

export type { PairSource } from "./data/pairs.ts";
export type { BeamStep } from "./decoding/beam.ts";
export type { EnsembleAverage } from "./decoding/ensembleGraphs.ts";
export type { SourceInput } from "./decoding/sourceInput.ts";
export type { Scoring, TranslateOptions, Translation } from "./decoding/textModel.ts";
export { alignmentErrorRate, parseGoldAlignment } from "./evaluation/alignment.ts";
export type { BleuOptions, BleuScore } from "./evaluation/bleu.ts";
export { corpusBleu, sentenceBleu } from "./evaluation/bleu.ts";
export type { BleuTokenizer } from "./evaluation/bleuTokenizer.ts";
export { fittingBleuTokenizer } from "./evaluation/bleuTokenizer.ts";
export type { ChrfOptions, ChrfScore } from "./evaluation/chrf.ts";
export { corpusChrf, sentenceChrf } from "./evaluation/chrf.ts";
export {
  characterErrorRate,
  editDistance,
  exactMatchAccuracy,
  wordErrorRate,
} from "./evaluation/editDistance.ts";
export { ModelForm } from "./evaluation/modelForm.ts";
export { perplexity } from "./evaluation/perplexity.ts";
export type { RougeOptions, RougeScore } from "./evaluation/rouge.ts";
export { corpusRouge, sentenceRouge } from "./evaluation/rouge.ts";
export type { TextScript, TextUnit } from "./evaluation/textUnit.ts";
export { scriptOf } from "./evaluation/textUnit.ts";
export type { Picture } from "./features/patches.ts";
export { cutPatches } from "./features/patches.ts";
export type { EmbeddingNeighbour, Side } from "./library/embeddings.ts";
export { Seq2Seq } from "./library/seq2seq.ts";
export type { EnsembleLoadOptions } from "./library/seq2seqEnsemble.ts";
export { Seq2SeqEnsemble } from "./library/seq2seqEnsemble.ts";
export type { SweepHooks, SweepOptions, SweepResult } from "./library/seq2seqSweep.ts";
export { sweep } from "./library/seq2seqSweep.ts";
export type { SweepRun } from "./library/sweepTable.ts";
export type { EncodedTexts, TextVectors } from "./library/textVectors.ts";
export type { ModelCard } from "./modelFolder/card.ts";
export type { ReadOptions, TrainingSummary } from "./modelFolder/modelFolder.ts";
export type {
  ConfigurationChanges,
  ModelConfiguration,
  ModelSizes,
} from "./models/configuration.ts";
export { presets } from "./models/configuration.ts";
export { OptionError } from "./options/optionError.ts";
export type { ModelRuntimeOptions } from "./runtime/options.ts";
export { writeDateSamples } from "./samples/dateFiles.ts";
export { UserError } from "./tensor/errors.ts";
export type { FeatureInput } from "./tensor/sequence.ts";
export type { TensorValue } from "./tensor/value.ts";
export type { TextTokenizer } from "./text/tokenizer.ts";
export { recordedTensor } from "./trace/recordedTensors.ts";
export type { TensorGroup } from "./trace/tensorGroups.ts";
export type { Trace, TracedTensor } from "./trace/trace.ts";
export { traceNpz, traceSafetensors } from "./trace/traceArrays.ts";
export { readTrace, traceJson } from "./trace/traceJson.ts";
export type { TraceOptions } from "./trace/traceOptions.ts";
export { train } from "./training/node/train.ts";
export type { TrainOptions } from "./training/plan/options.ts";
export type {
  EvaluationResult,
  RunResult,
  TrainHooks,
  TrainingProgress,
  TrainResult,
} from "./training/run/events.ts";
export type { Limits } from "./training/step/schedules.ts";
