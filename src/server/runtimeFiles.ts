import { createRequire } from "node:module";
import { dirname } from "node:path";

/** What the studio needs of ONNX Runtime besides its own code. */
export const runtimeFiles: readonly string[] = [
  "ort-wasm-simd-threaded.wasm",
  "ort-wasm-simd-threaded.mjs",
];

/** The folder of the package in which {@link runtimeFiles} are. */
export function runtimeFolder(): string {
  return dirname(createRequire(import.meta.url).resolve("onnxruntime-web/wasm"));
}
