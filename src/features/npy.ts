/**
 * @file NumPy's array files: a magic string, the version, a header that is a Python dictionary, and the
 * numbers (https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html, versions 1 to 3).
 */

import { fromFloat16 } from "../files/float16.ts";
import { UserError } from "../tensor/errors.ts";

const magic = "\u0093NUMPY";

/** Returns whether bytes are the start of such a file. */
export function isNpy(bytes: Uint8Array): boolean {
  return String.fromCharCode(...bytes.subarray(0, magic.length)) === magic;
}

/**
 * Reads an array of floating-point numbers.
 *
 * @param bytes the whole file.
 * @param name  the file's name in errors.
 * @returns the numbers in C order, as float32.
 * @throws UserError if the file is damaged, or contains another kind of array.
 */
export function readNpy(
  bytes: Uint8Array<ArrayBuffer>,
  name: string,
): { readonly shape: readonly number[]; readonly data: Float32Array<ArrayBuffer> } {
  const { header, start } = readHeader(bytes, name);
  const type = /'descr'\s*:\s*'([^']*)'/.exec(header)?.[1];
  const isFortran = /'fortran_order'\s*:\s*(True|False)/.exec(header)?.[1];
  const shape = /'shape'\s*:\s*\(([^)]*)\)/.exec(header)?.[1]?.match(/\d+/g)?.map(Number);
  if (type === undefined || isFortran === undefined || shape === undefined) {
    throw damaged(name, "its header does not give type, order and shape");
  }
  const kind = kinds.get(type);
  if (!kind) {
    throw new UserError(
      `${name}: its numbers are of type ${type}; save them as float32, float64 or float16, little-endian.`,
    );
  }
  if (isFortran === "True" && shape.filter((size) => size > 1).length > 1) {
    throw new UserError(`${name}: it is in Fortran order; save numpy.ascontiguousarray of it.`);
  }
  const count = shape.reduce((product, size) => product * size, 1);
  const wanted = start + count * kind.bytes;
  if (bytes.length !== wanted) {
    throw damaged(name, `it has ${bytes.length} bytes, but its shape needs ${wanted}`);
  }
  // A copy, because the numbers may be unaligned in the file.
  return { shape, data: kind.read(bytes.slice(start).buffer) };
}

interface Kind {
  readonly bytes: number;
  read(buffer: ArrayBuffer): Float32Array<ArrayBuffer>;
}

const kinds: ReadonlyMap<string, Kind> = new Map([
  ["<f4", { bytes: 4, read: (buffer) => new Float32Array(buffer) }],
  ["<f8", { bytes: 8, read: (buffer) => Float32Array.from(new Float64Array(buffer)) }],
  ["<f2", { bytes: 2, read: (buffer) => fromFloat16(new Uint16Array(buffer)) }],
]);

function readHeader(
  bytes: Uint8Array<ArrayBuffer>,
  name: string,
): { readonly header: string; readonly start: number } {
  const [major = 0] = bytes.subarray(magic.length);
  if (major < 1 || major > 3) throw damaged(name, `version ${major} of the format is unknown`);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const begin = major === 1 ? 10 : 12;
  if (bytes.length < begin) throw damaged(name, "it ends within its header");
  const length = major === 1 ? view.getUint16(8, true) : view.getUint32(8, true);
  if (bytes.length < begin + length) throw damaged(name, "it ends within its header");
  const header = new TextDecoder().decode(bytes.subarray(begin, begin + length));
  return { header, start: begin + length };
}

const damaged = (name: string, fault: string): UserError =>
  new UserError(`${name}: the .npy file is damaged: ${fault}; copy or make it again.`);
