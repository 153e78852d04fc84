import { UserError } from "../tensor/errors.ts";
import { reasonOf } from "./faults.ts";
import type { RuntimeOptions } from "./options.ts";
import type { OrtBuild } from "./ortBuild.ts";
import type { Runtime } from "./runtime.ts";
import { sessionRuntime } from "./session.ts";
import { turnsOf } from "./turns.ts";
import { folderAddress, webFaultOf } from "./webFaults.ts";

/** A device with a build of ONNX Runtime of its own, such as `webgpu` of `seq2see/webgpu`. */
export interface WebDevice {
  readonly name: "webgpu";
  /** Loads its build of ONNX Runtime. */
  load(): Promise<unknown>;
}

/** Where and how a page runs graphs. */
export interface WebRuntimeOptions extends Omit<RuntimeOptions, "device"> {
  /**
   * `"wasm"`, the processor (default), or a graphics card: `webgpu` of `seq2see/webgpu`, or, in a page without a
   * bundler, `"webgpu"`, which loads `webgpu.js` from `wasmFolder` or from the folder of `seq2see.js`.
   */
  readonly device?: "wasm" | "webgpu" | WebDevice;
  /**
   * The folder with `ort-wasm-simd-threaded.wasm` and `.mjs`, for WebGPU with those of
   * `ort-wasm-simd-threaded.asyncify`: its address, absolute or relative to the page. By default the files lie
   * beside `seq2see.js`, or where a bundler puts them.
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
  const folder = wasmFolder === undefined ? undefined : folderAddress(wasmFolder);
  const ort = await load(device, folder);
  ort.env.wasm.numThreads = threads;
  if (folder !== undefined) ort.env.wasm.wasmPaths = folder;
  const binary = await wasmBinary;
  if (binary) ort.env.wasm.wasmBinary = binary;
  return sessionRuntime(
    ort as unknown as OrtBuild,
    typeof device === "string" ? device : device.name,
    { logSeverityLevel: 3 },
    {
      faultOf: webFaultOf(folder, ort.env.versions.web ?? ort.env.versions.common),
      // On WebGPU, a call is suspended inside the build's only stack; a second one would overwrite it, and both would hang.
      inTurn: turnsOf(ort),
    },
  );
}

type WebOrt = typeof import("onnxruntime-web/wasm");

/** Loads the build of a device. That for WebGPU is twice as large, and slower on the processor. */
async function load(
  device: "wasm" | "webgpu" | WebDevice,
  folder: string | undefined,
): Promise<WebOrt> {
  const own = device === "webgpu" ? await loadWebgpu(folder) : device;
  try {
    return typeof own === "string"
      ? await import("onnxruntime-web/wasm")
      : ((await own.load()) as WebOrt);
  } catch (error) {
    throw new UserError(
      `ONNX Runtime could not be loaded (${reasonOf(error)}); check that all files of the bundle are on the server.`,
    );
  }
}

/** Loads the device of `webgpu.js`, which bundlers must not follow: with it, every page would carry its 27 MB. */
async function loadWebgpu(folder: string | undefined): Promise<WebDevice> {
  const address = new URL("webgpu.js", folder ?? import.meta.url).href;
  try {
    const module = await import(/* webpackIgnore: true */ /* @vite-ignore */ address);
    return (module as { webgpu: WebDevice }).webgpu;
  } catch (error) {
    throw new UserError(
      `${address}: it could not be loaded (${reasonOf(error)}); copy the files of seq2see's dist/webgpu there, or give webgpu of "seq2see/webgpu" as device.`,
    );
  }
}
