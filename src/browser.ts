/** @file What `import … from "seq2see/browser"` gives in a page. */

export type { SourceInput } from "./decoding/sourceInput.ts";
export type { Scoring, TranslateOptions, Translation } from "./decoding/textModel.ts";
export type { Picture } from "./features/patches.ts";
export { cutPatches } from "./features/patches.ts";
export type { EmbeddingNeighbour, Side } from "./library/embeddings.ts";
export type { EncodedTexts, TextVectors } from "./library/textVectors.ts";
export type { WebDevice, WebLoadOptions } from "./library/webSeq2Seq.ts";
export { Seq2Seq } from "./library/webSeq2Seq.ts";
export type { MemoryTrainHooks } from "./library/webTraining.ts";
export { MemoryRun } from "./library/webTraining.ts";
export type { ReadOptions, TrainingSummary } from "./modelFolder/modelFolder.ts";
export type { ModelSizes } from "./models/configuration.ts";
export { OptionError } from "./options/optionError.ts";
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
export type { MemoryTrainOptions, TextPair } from "./training/memory/memoryRun.ts";
export type { EvaluationResult, RunResult, TrainingProgress } from "./training/run/events.ts";
export type { Limits } from "./training/step/schedules.ts";
