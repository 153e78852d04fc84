/** @file What `import … from "seq2see/browser"` gives in a page. */

export type { TrainingSummary } from "./checkpoint/modelFolder.ts";
export type { TranslateOptions, Translation } from "./decoding/translator.ts";
export { Seq2Seq } from "./library/webSeq2Seq.ts";
export type { WebRuntimeOptions } from "./runtime/web.ts";
export { UserError } from "./tensor/errors.ts";
