/** @file Diagnoses why ONNX Runtime's WebAssembly build does not start in a page, and locates its files. */

import { UserError } from "../tensor/errors.ts";
import { type FaultOf, faultOf, reasonOf } from "./faults.ts";

/** The files that a device needs in the folder. */
export function wasmFiles(device: string): readonly string[] {
  const build = device === "webgpu" ? ".asyncify" : "";
  return ["mjs", "wasm"].map((ending) => `ort-wasm-simd-threaded${build}.${ending}`);
}

/** Where users find them. */
const sourceOf = (file: string): string =>
  `seq2see's dist/${file.includes("asyncify") ? "webgpu" : "page"}`;

/** Returns the absolute address of a folder, ending in "/"; the folder may be relative to the page. */
export function folderAddress(folder: string | URL): string {
  const path = String(folder).replace(/\/*$/, "/");
  const { document, location } = globalThis as {
    document?: { readonly baseURI: string };
    location?: { readonly href: string };
  };
  try {
    return new URL(path, document?.baseURI ?? location?.href).href;
  } catch {
    // Outside a page there is no base address.
    return path;
  }
}

/**
 * Returns the function that diagnoses faults in a page: after a failure, it checks the files in their folder.
 *
 * @param folder  their address from {@link folderAddress}; undefined if the bundler decides.
 * @param version the version of ONNX Runtime in the bundle.
 */
export function webFaultOf(folder: string | undefined, version: string): FaultOf {
  return async (error, device, graph) => {
    const files = wasmFiles(device);
    const source = sourceOf(files[0] as string);
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
        `ONNX Runtime's WebAssembly files could not be loaded (${reason}); copy ${files.join(" and ")} from ${source} to where the page can load them, and give that folder as wasmFolder.`,
      );
    }
    for (const file of files) {
      const fault = await faultOfFile(folder + file, version);
      if (fault !== null) return new UserError(`${folder}${file}: ${fault}`);
    }
    return new UserError(
      `${folder}: ONNX Runtime did not start with these files (${reason}); copy those of ${source} there and reload the page.`,
    );
  };
}

/** Returns what is wrong with a file and what to do; null if it finds nothing. */
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
    return `it is not WebAssembly; copy it from ${sourceOf(address)}.`;
  return includesText(bytes, version)
    ? null
    : `it belongs to another version than ${version}; copy it from ${sourceOf(address)}.`;
}

/** Whether the bytes contain an ASCII text. */
function includesText(bytes: Uint8Array, text: string): boolean {
  const [first = 0, ...others] = new TextEncoder().encode(text);
  for (let at = bytes.indexOf(first); at >= 0; at = bytes.indexOf(first, at + 1)) {
    if (others.every((byte, index) => bytes[at + 1 + index] === byte)) return true;
  }
  return false;
}
