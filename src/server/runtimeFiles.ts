import { statSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";

/** The files of ONNX Runtime that the studio needs besides its own code. */
export const runtimeFiles: readonly string[] = [
  "ort-wasm-simd-threaded.wasm",
  "ort-wasm-simd-threaded.mjs",
];

/** The package folder that contains {@link runtimeFiles}. */
export function runtimeFolder(): string {
  return dirname(createRequire(import.meta.url).resolve("onnxruntime-web/wasm"));
}

/** The size of ONNX Runtime's WebAssembly file, before any compression. */
export function runtimeBytes(): number {
  return statSync(join(runtimeFolder(), runtimeFiles[0] as string)).size;
}
