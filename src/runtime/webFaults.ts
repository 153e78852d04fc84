/** @file Why ONNX Runtime's WebAssembly build does not start in a page, and where its files are. */

import { UserError } from "../tensor/errors.ts";
import { type FaultOf, faultOf, reasonOf } from "./faults.ts";

/** The files that a device needs, in their folder. */
export function wasmFiles(device: string): readonly string[] {
  const build = device === "webgpu" ? ".asyncify" : "";
  return ["mjs", "wasm"].map((ending) => `ort-wasm-simd-threaded${build}.${ending}`);
}

/** Returns a folder as a whole address that ends in "/", whether it is relative to the page or not. */
export function folderAddress(folder: string | URL): string {
  const path = String(folder).replace(/\/*$/, "/");
  const { document, location } = globalThis as {
    document?: { readonly baseURI: string };
    location?: { readonly href: string };
  };
  try {
    return new URL(path, document?.baseURI ?? location?.href).href;
  } catch {
    // Outside of a page there is nothing that it could be relative to.
    return path;
  }
}

/**
 * Returns what tells of the faults of a page: after a failure it looks at the files in their folder.
 *
 * @param folder  their address, as {@link folderAddress} gives it; undefined where the bundle decides.
 * @param version of ONNX Runtime that the bundle has.
 */
export function webFaultOf(folder: string | undefined, version: string): FaultOf {
  return async (error, device, graph) => {
    const reason = reasonOf(error);
    if (!/no available backend|WebAssembly|is not a function|initiali[sz]e/i.test(reason)) {
      return faultOf(error, device, graph);
    }
    if (device === "webgpu" && /adapter/i.test(reason)) return faultOf(error, device, graph);
    if (/content security policy|unsafe-eval/i.test(reason)) {
      return new UserError(
        `The page's content security policy forbids WebAssembly (${reason}); add 'wasm-unsafe-eval' to its script-src.`,
      );
    }
    if (folder === undefined) {
      return new UserError(
        `ONNX Runtime's WebAssembly files could not be loaded (${reason}); put ${wasmFiles(device).join(" and ")} of onnxruntime-web ${version} beside the page, and give their folder as wasmFolder.`,
      );
    }
    for (const file of wasmFiles(device)) {
      const fault = await faultOfFile(folder + file, version);
      if (fault !== null) return new UserError(`${folder}${file}: ${fault}`);
    }
    return new UserError(
      `${folder}: ONNX Runtime did not start with the files there (${reason}); they must be those of onnxruntime-web ${version}, and once it has failed the page must be loaded again.`,
    );
  };
}

/** Returns what is wrong with a file and what to do; null if nothing is seen. */
async function faultOfFile(address: string, version: string): Promise<string | null> {
  let response: Response;
  let bytes: Uint8Array;
  try {
    response = await fetch(address);
    bytes = new Uint8Array(await response.arrayBuffer());
  } catch (error) {
    return `it could not be fetched (${reasonOf(error)}); check wasmFolder, the connection and that the server allows this page (CORS).`;
  }
  if (!response.ok) return `the server answers ${response.status}; check wasmFolder.`;
  const type = response.headers.get("content-type") ?? "";
  const start = new TextDecoder().decode(bytes.subarray(0, 1024)).trimStart();
  if (/^<(?:!|html|\?xml)/i.test(start)) {
    return "the server answers with an HTML page instead of the file; check wasmFolder.";
  }
  if (address.endsWith(".mjs")) {
    if (/\b(?:java|ecma)script\b/i.test(type)) return null;
    return `the server sends it as ${type || "no type"}, and browsers refuse scripts of that type; configure the server to send text/javascript.`;
  }
  if (!start.startsWith("\0asm"))
    return `it is no WebAssembly; copy it from onnxruntime-web ${version}.`;
  return includesText(bytes, version)
    ? null
    : `it is of another version; copy it from onnxruntime-web ${version}.`;
}

/** Whether letters of ASCII are found somewhere in the bytes. */
function includesText(bytes: Uint8Array, text: string): boolean {
  const [first = 0, ...others] = new TextEncoder().encode(text);
  for (let at = bytes.indexOf(first); at >= 0; at = bytes.indexOf(first, at + 1)) {
    if (others.every((byte, index) => bytes[at + 1 + index] === byte)) return true;
  }
  return false;
}
