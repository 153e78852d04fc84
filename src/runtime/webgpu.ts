/** @file What `import … from "seq2see/webgpu"` gives in a page: the build of ONNX Runtime for graphics cards. */

import type { WebDevice } from "./web.ts";

/**
 * The graphics card of a page, as the `device` of `Seq2Seq.load`. A bundler puts this build, of 27 MB, beside a page
 * only if the page imports it.
 *
 * ```ts
 * import { Seq2Seq } from "seq2see/browser";
 * import { webgpu } from "seq2see/webgpu";
 *
 * const model = await Seq2Seq.load("/models/fr-en", { device: webgpu });
 * ```
 */
export const webgpu: WebDevice = {
  name: "webgpu",
  // Not plain "onnxruntime-web": with 1.30 its JavaScript WebGPU kernels give wrong states after a Scan.
  load: () => import("onnxruntime-web/webgpu"),
};
