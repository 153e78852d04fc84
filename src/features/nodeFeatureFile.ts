/** @file Sources that are files: pictures, or arrays of features computed by another network. */

import { isAbsolute, join } from "node:path";
import { fromFloat16 } from "../files/float16.ts";
import { readWholeFile } from "../files/nodeFiles.ts";
import type { StoredTensor } from "../files/safetensors.ts";
import { decodeSafetensors } from "../files/safetensors.ts";
import { counted } from "../tensor/counted.ts";
import { UserError } from "../tensor/errors.ts";
import { badRowOf, type FeatureInput } from "../tensor/sequence.ts";
import { isNpy, readNpy } from "./npy.ts";
import type { PatchGrid } from "./patches.ts";
import { cutPatches } from "./patches.ts";
import { decodePng, isPng } from "./png.ts";

/** The path of a file that a list names: absolute, or relative to the folder of the list. */
export function listedPath(folder: string, name: string): string {
  return isAbsolute(name) ? name : join(folder, name);
}

/**
 * Reads a source: a PNG picture, which is cut into patches; or a `.npy` file, or a `.safetensors` file with
 * one tensor, of features `[positions, size]`.
 *
 * @param grid how to cut pictures; null if only files of features are expected.
 * @param name the file's name in errors and traces. Default: its path.
 * @throws UserError if the file is missing, damaged, or not of the expected kind.
 */
export async function readFeatureFile(
  path: string,
  grid: PatchGrid | null,
  name: string = path,
): Promise<FeatureInput> {
  const bytes = await readWholeFile(path);
  if (isPng(bytes)) {
    if (grid) return cutPatches(await decodePng(bytes, name), grid, name);
    throw new UserError(`${name}: this is a picture; say into how many patches it is cut.`);
  }
  if (bytes[0] === 0xff && bytes[1] === 0xd8) {
    throw new UserError(`${name}: this is a JPEG picture; convert it to PNG.`);
  }
  if (grid) {
    throw new UserError(`${name}: this is no PNG picture; give one, or leave the patches out.`);
  }
  return { name, ...checkedRows(readRows(bytes, name), name), picture: null };
}

function readRows(
  bytes: Uint8Array<ArrayBuffer>,
  name: string,
): { readonly shape: readonly number[]; readonly data: Float32Array } {
  if (isNpy(bytes)) return readNpy(bytes, name);
  if (!name.endsWith(".safetensors")) {
    throw new UserError(
      `${name}: this is not a file of features; give a PNG picture, a .npy or a .safetensors file.`,
    );
  }
  const tensors = [...decodeSafetensors(bytes, name).tensors.values()];
  const [tensor] = tensors;
  if (!tensor || tensors.length > 1) {
    throw new UserError(
      `${name}: it holds ${counted(tensors.length, "tensor")}; give a file with one.`,
    );
  }
  return { shape: tensor.shape, data: floatsOf(tensor, name) };
}

function floatsOf({ dtype, data }: StoredTensor, name: string): Float32Array {
  if (dtype === "float32") return data as Float32Array;
  if (dtype === "float16") return fromFloat16(data as Uint16Array);
  if (dtype === "float64") return Float32Array.from(data as Float64Array);
  throw new UserError(
    `${name}: its numbers are of type ${dtype}; save them as float32, float64 or float16.`,
  );
}

function checkedRows(
  { shape, data }: { readonly shape: readonly number[]; readonly data: Float32Array },
  name: string,
): Pick<FeatureInput, "shape" | "data"> {
  const [positions = 0, size = 0] = shape;
  if (shape.length !== 2 || positions === 0 || size === 0) {
    throw new UserError(
      `${name}: its shape is [${shape.join(", ")}]; give rows of features, [positions, features].`,
    );
  }
  const bad = badRowOf(data, size);
  if (bad !== null) {
    throw new UserError(
      `${name}: row ${bad} has a number that is not finite; make the file again.`,
    );
  }
  return { shape: [positions, size], data };
}
