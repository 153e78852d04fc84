/**
 * @file Weights of other programs as named arrays: `.npz`, `.npy` and `.safetensors` files. Files that can run
 * programs when they are read, such as PyTorch's, are recognised and refused. Isomorphic.
 */

import { fromBfloat16 } from "../files/bfloat16.ts";
import { fromFloat16 } from "../files/float16.ts";
import { isNpy, readNpyArray } from "../files/npyArray.ts";
import { refuseOtherContent } from "../files/otherContent.ts";
import type { StoredTensor } from "../files/safetensors.ts";
import { decodeSafetensors } from "../files/safetensors.ts";
import type { ZipEntry } from "../files/zip.ts";
import { isZip, openZip } from "../files/zip.ts";
import { UserError } from "../tensor/errors.ts";

/** An array of a file with weights. Its numbers are decoded when they are asked for. */
export interface ForeignArray {
  readonly name: string;
  readonly shape: readonly number[];
  /** The numbers in C order. */
  numbers(): Float64Array;
}

/** Arrays by their names. */
export type ForeignArrays = ReadonlyMap<string, ForeignArray>;

/** The most bytes that the arrays of one file may take. */
const mostBytes = 4e9;

/**
 * Reads the arrays of a file; its content says which format it is in.
 *
 * @param bytes the whole file.
 * @param path  the file's name in errors. A `.npy` file's array has the name of the file.
 * @throws UserError if the file is damaged, of another format, or holds something other than numbers.
 */
export function arraysOf(bytes: Uint8Array<ArrayBuffer>, path: string): ForeignArrays {
  if (isNpy(bytes)) {
    const name = path.replace(/^.*[/\\]/, "").replace(/\.npy$/, "");
    return new Map([[name, npyArray(bytes, name, path)]]);
  }
  if (isZip(bytes)) return arraysOfArchive(openZip(bytes, path, { bytes: mostBytes }), path);
  refuseOtherFormats(bytes, path);
  if (!looksLikeSafetensors(bytes) && !path.endsWith(".safetensors")) {
    throw new UserError(
      `${path}: this is none of the files that weights are read from; give a .npz, .npy or .safetensors file, or a folder of .npy files.`,
    );
  }
  const { tensors } = decodeSafetensors(bytes, path);
  return new Map(Array.from(tensors, ([name, tensor]) => [name, storedArray(name, tensor)]));
}

/** The length of a JSON object's text, then the object. */
function looksLikeSafetensors(bytes: Uint8Array): boolean {
  return bytes.length > 8 && bytes[8] === 0x7b && bytes[7] === 0;
}

function npyArray(bytes: Uint8Array<ArrayBuffer>, name: string, path: string): ForeignArray {
  const { shape, numbers } = readNpyArray(bytes, path);
  return { name, shape, numbers };
}

function storedArray(name: string, { dtype, shape, data }: StoredTensor): ForeignArray {
  return {
    name,
    shape,
    numbers: () => {
      if (data instanceof BigInt64Array) return Float64Array.from(data, Number);
      if (dtype === "float16") return Float64Array.from(fromFloat16(data as Uint16Array));
      if (dtype === "bfloat16") return Float64Array.from(fromBfloat16(data as Uint16Array));
      return Float64Array.from(data);
    },
  };
}

/** The arrays of a `.npz` file, which is a zip archive of `.npy` files. */
function arraysOfArchive(entries: readonly ZipEntry[], path: string): ForeignArrays {
  if (entries.some((entry) => /(^|\/)data\.pkl$/.test(entry.path))) throw pickled(path);
  const arrays = new Map<string, ForeignArray>();
  for (const entry of entries) {
    if (!entry.path.endsWith(".npy")) {
      throw new UserError(
        `${path}: it holds ${entry.path}, which is no .npy file; give an archive that numpy.savez wrote.`,
      );
    }
    const name = entry.path.slice(0, -".npy".length);
    const bytes = entry.read();
    if (!isNpy(bytes)) {
      throw new UserError(`${path}: ${entry.path} in it is no .npy file; make the archive again.`);
    }
    arrays.set(name, npyArray(bytes, name, `${path}: ${name}`));
  }
  return arrays;
}

/** The first bytes of an earlier version's torch.save: a pickle of the number 0x1950a86a20f9469cfc6c. */
const pickleProtocols: readonly number[] = [2, 3, 4, 5];
const hdf5 = [0x89, 0x48, 0x44, 0x46, 0x0d, 0x0a, 0x1a, 0x0a];

/** Refuses formats that are recognised but not read, and says how to convert them. */
function refuseOtherFormats(bytes: Uint8Array, path: string): void {
  refuseOtherContent(bytes, path);
  const [first, second = 0] = bytes;
  if (first === 0x80 && pickleProtocols.includes(second)) throw pickled(path);
  if (hdf5.every((byte, index) => bytes[index] === byte)) {
    throw new UserError(
      `${path}: this is an HDF5 file, which is not read; in Python, write its weights with numpy.savez("${renamed(path)}", **{w.path: w.numpy() for w in model.weights}), and give that file.`,
    );
  }
}

/** A file next to another one, with the ending of an archive of arrays. */
const renamed = (path: string): string =>
  `${path.replace(/^.*[/\\]/, "").replace(/\.[^.]*$/, "")}.npz`;

function pickled(path: string): UserError {
  const file = path.replace(/^.*[/\\]/, "");
  return new UserError(
    `${path}: this is a Python pickle, as torch.save writes it, which could run a program when it is read; convert it in Python with two lines, import numpy, torch; weights = torch.load("${file}", map_location="cpu") and numpy.savez("${renamed(path)}", **{name: value.numpy() for name, value in weights.items()}), and give ${renamed(path)}.`,
  );
}
