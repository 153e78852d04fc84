/** @file What `import … from "seq2see"` gives in Node. */

export type { EnsembleAverage } from "./decoding/ensembleGraphs.ts";
export type { SourceInput } from "./decoding/sourceInput.ts";
export type { Scoring, TranslateOptions, Translation } from "./decoding/textModel.ts";
export { alignmentErrorRate, parseGoldAlignment } from "./evaluation/alignment.ts";
export { corpusBleu, sentenceBleu } from "./evaluation/bleu.ts";
export { fittingBleuTokenizer } from "./evaluation/bleuTokenizer.ts";
export { corpusChrf, sentenceChrf } from "./evaluation/chrf.ts";
export {
  characterErrorRate,
  editDistance,
  exactMatchAccuracy,
  wordErrorRate,
} from "./evaluation/editDistance.ts";
export { ModelForm } from "./evaluation/modelForm.ts";
export { perplexity } from "./evaluation/perplexity.ts";
export { corpusRouge, sentenceRouge } from "./evaluation/rouge.ts";
export type { TextScript, TextUnit } from "./evaluation/textUnit.ts";
export { scriptOf } from "./evaluation/textUnit.ts";
export type { Picture } from "./features/patches.ts";
export { cutPatches } from "./features/patches.ts";
export { Seq2Seq } from "./library/seq2seq.ts";
export type { EnsembleLoadOptions } from "./library/seq2seqEnsemble.ts";
export { Seq2SeqEnsemble } from "./library/seq2seqEnsemble.ts";
export type { SweepHooks, SweepOptions, SweepResult } from "./library/seq2seqSweep.ts";
export { sweep } from "./library/seq2seqSweep.ts";
export type { SweepRun } from "./library/sweepTable.ts";
export type { EncodedTexts, TextVectors } from "./library/textVectors.ts";
export type { ModelCard } from "./modelFolder/card.ts";
export type { TrainingSummary } from "./modelFolder/modelFolder.ts";
export type { ConfigurationChanges, ModelConfiguration } from "./models/configuration.ts";
export { presets } from "./models/configuration.ts";
export { writeDateSamples } from "./samples/dateFiles.ts";
export { UserError } from "./tensor/errors.ts";
export type { FeatureInput } from "./tensor/sequence.ts";
export { recordedTensor } from "./trace/recordedTensors.ts";
export type { TensorGroup } from "./trace/tensorGroups.ts";
export type { Trace } from "./trace/trace.ts";
export { traceNpz, traceSafetensors } from "./trace/traceArrays.ts";
export { readTrace, traceJson } from "./trace/traceJson.ts";
export type { TraceOptions } from "./trace/traceOptions.ts";
export { train } from "./training/node/train.ts";
export type { TrainOptions } from "./training/plan/options.ts";
export type {
  EvaluationResult,
  TrainHooks,
  TrainingProgress,
  TrainResult,
} from "./training/run/events.ts";
