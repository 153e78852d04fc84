import { existsSync, statSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

/** The files of ONNX Runtime that the studio needs besides its own code. */
export const runtimeFiles: readonly string[] = [
  "ort-wasm-simd-threaded.wasm",
  "ort-wasm-simd-threaded.mjs",
];

/** The folder that contains {@link runtimeFiles}: that of the package, or, before it is built, of ONNX Runtime. */
export function runtimeFolder(): string {
  const packed = fileURLToPath(new URL("../page", import.meta.url));
  if (existsSync(packed)) return packed;
  return dirname(createRequire(import.meta.url).resolve("onnxruntime-web/wasm"));
}

/** The size of ONNX Runtime's WebAssembly file, before any compression. */
export function runtimeBytes(): number {
  return statSync(join(runtimeFolder(), runtimeFiles[0] as string)).size;
}
