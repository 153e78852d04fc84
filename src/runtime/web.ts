import { UserError } from "../tensor/errors.ts";
import { reasonOf } from "./faults.ts";
import type { RuntimeOptions } from "./options.ts";
import type { Runtime } from "./runtime.ts";
import type { OrtBuild } from "./session.ts";
import { sessionRuntime } from "./session.ts";
import { folderAddress, webFaultOf } from "./webFaults.ts";

/** Where a page finds ONNX Runtime's WebAssembly files, besides {@link RuntimeOptions}. */
export interface WebRuntimeOptions extends RuntimeOptions {
  /**
   * The folder with `ort-wasm-simd-threaded.wasm` and `.mjs`, for WebGPU also with
   * `ort-wasm-simd-threaded.asyncify`: its address, absolute or relative to the page.
   */
  readonly wasmFolder?: string | URL;
  /** The content of the `.wasm` file where the page fetches it itself; undefined if that failed. */
  readonly wasmBinary?: Promise<ArrayBuffer | undefined>;
}

/** More workers than any machine has processors. */
const mostThreads = 1024;

/**
 * ONNX Runtime's WebAssembly build, in a browser. More than one thread needs an isolated page; other pages
 * get one thread, and ONNX Runtime says so on the console.
 *
 * @throws UserError if it cannot be loaded, and when the first graph is compiled if a file of `wasmFolder` is
 *   missing or invalid, naming its address.
 */
export async function webRuntime({
  device = "wasm",
  threads = 1,
  wasmFolder,
  wasmBinary,
}: WebRuntimeOptions = {}): Promise<Runtime> {
  if (!Number.isInteger(threads) || threads < 1 || threads > mostThreads) {
    throw new UserError(
      `threads: ${threads} is not a number of threads; give a whole number from 1 to ${mostThreads}.`,
    );
  }
  if (!("WebAssembly" in globalThis)) {
    throw new UserError(
      "WebAssembly is missing or switched off; use a recent browser and allow the page to use WebAssembly.",
    );
  }
  const ort = await load(device);
  ort.env.wasm.numThreads = threads;
  const folder = wasmFolder === undefined ? undefined : folderAddress(wasmFolder);
  if (folder !== undefined) ort.env.wasm.wasmPaths = folder;
  const binary = await wasmBinary;
  if (binary) ort.env.wasm.wasmBinary = binary;
  return sessionRuntime(
    ort as unknown as OrtBuild,
    device,
    { logSeverityLevel: 3 },
    {
      faultOf: webFaultOf(folder, ort.env.versions.web ?? ort.env.versions.common),
      writesFetches: false,
    },
  );
}

async function load(device: string): Promise<typeof import("onnxruntime-web/wasm")> {
  try {
    // The build for WebGPU is twice as large, and slower on the processor because it can be suspended anywhere.
    // Not plain "onnxruntime-web": with 1.30 its JavaScript WebGPU kernels give wrong states after a Scan.
    return device === "webgpu"
      ? await import("onnxruntime-web/webgpu")
      : await import("onnxruntime-web/wasm");
  } catch (error) {
    throw new UserError(
      `ONNX Runtime could not be loaded (${reasonOf(error)}); check that all files of the bundle are on the server.`,
    );
  }
}
