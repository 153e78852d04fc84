import type { Runtime, RuntimeOptions } from "./runtime.ts";
import type { OrtBuild } from "./session.ts";
import { sessionRuntime } from "./session.ts";

/** Where a page finds ONNX Runtime's WebAssembly files, besides {@link RuntimeOptions}. */
export interface WebRuntimeOptions extends RuntimeOptions {
  /**
   * The folder with `ort-wasm-simd-threaded.wasm` and `.mjs`, for WebGPU with those of
   * `ort-wasm-simd-threaded.asyncify` as well, as a URL that ends in "/".
   */
  readonly wasmFolder?: string;
}

/** ONNX Runtime's WebAssembly build, in a browser. More than one thread needs an isolated page. */
export async function webRuntime({
  device = "wasm",
  threads = 1,
  wasmFolder,
}: WebRuntimeOptions = {}): Promise<Runtime> {
  // The build for WebGPU is twice as large, and slower on the processor: it can be suspended anywhere.
  // Not plain "onnxruntime-web": with 1.30 its JavaScript WebGPU kernels give wrong states after a Scan.
  const ort =
    device === "webgpu"
      ? await import("onnxruntime-web/webgpu")
      : await import("onnxruntime-web/wasm");
  ort.env.wasm.numThreads = threads;
  if (wasmFolder !== undefined) ort.env.wasm.wasmPaths = wasmFolder;
  return sessionRuntime(ort as unknown as OrtBuild, device, { logSeverityLevel: 3 });
}
