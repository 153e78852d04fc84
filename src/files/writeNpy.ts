/**
 * @file NumPy's formats: an array as `.npy` (https://numpy.org/neps/nep-0001-npy-format.html), and arrays by name as
 * `.npz`, a zip archive of these. Isomorphic.
 */

import { elementCount } from "../tensor/value.ts";
import { joinedBytes } from "./randomAccess.ts";
import { writeZip } from "./zip.ts";

/** An array for NumPy, its elements in row-major order: numbers of one type, or texts. */
export interface NumpyArray {
  readonly shape: readonly number[];
  readonly data: Float32Array<ArrayBuffer> | BigInt64Array<ArrayBuffer> | readonly string[];
}

const magic = [0x93, ...new TextEncoder().encode("NUMPY"), 1, 0];
/** The numbers begin at a multiple of this, so that they can be mapped into memory. */
const alignment = 64;
/** The longest header of version 1 of the format. */
const longestHeader = 0xffff;

/** The same for all archives, so that the same arrays make the same file. */
const date = new Date(1980, 0, 1);

/**
 * Writes an array as a `.npy` file: `float32`, `int64`, or texts of a fixed number of characters (`<U8`).
 *
 * @throws Error if the elements do not fill the shape.
 */
export function npyBytes({ shape, data }: NumpyArray): Uint8Array<ArrayBuffer> {
  if (data.length !== elementCount(shape)) {
    throw new Error(`${data.length} elements do not fill [${shape.join(", ")}]`);
  }
  const { type, bytes } = contentOf(data);
  // A tuple of one element has a comma behind it.
  const tuple = shape.length === 1 ? `(${shape[0]},)` : `(${shape.join(", ")})`;
  const header = `{'descr': '${type}', 'fortran_order': False, 'shape': ${tuple}, }`;
  const start = magic.length + 2;
  const length = Math.ceil((start + header.length + 1) / alignment) * alignment - start;
  if (length > longestHeader) throw new Error(`a shape of ${shape.length} axes is too long`);
  const text = new TextEncoder().encode(`${header.padEnd(length - 1)}\n`);
  return joinedBytes([Uint8Array.from([...magic, length & 0xff, length >>> 8]), text, bytes]);
}

/** Writes arrays by name as a `.npz` file. Texts are packed; numbers, which hardly get smaller, are not. */
export function npzBytes(arrays: Iterable<readonly [string, NumpyArray]>): Uint8Array<ArrayBuffer> {
  const ofNumbers = new Set<string>();
  const files = Array.from(arrays, ([name, array]) => {
    const path = `${name}.npy`;
    if (!Array.isArray(array.data)) ofNumbers.add(path);
    return [path, npyBytes(array)] as const;
  });
  return writeZip(files, date, (path) => ofNumbers.has(path));
}

function contentOf(data: NumpyArray["data"]): {
  readonly type: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
} {
  if (data instanceof Float32Array) return { type: "<f4", bytes: bytesOf(data) };
  if (data instanceof BigInt64Array) return { type: "<i8", bytes: bytesOf(data) };
  const texts = data.map((text) => Array.from(text, (character) => character.codePointAt(0) ?? 0));
  // NumPy has no texts of no characters.
  const width = texts.reduce((most, { length }) => Math.max(most, length), 1);
  const points = new Uint32Array(texts.length * width);
  for (const [index, text] of texts.entries()) points.set(text, index * width);
  return { type: `<U${width}`, bytes: bytesOf(points) };
}

/** The bytes of numbers: little-endian, as in all machines that the library runs on. */
function bytesOf({
  buffer,
  byteOffset,
  byteLength,
}:
  | Float32Array<ArrayBuffer>
  | BigInt64Array<ArrayBuffer>
  | Uint32Array<ArrayBuffer>): Uint8Array<ArrayBuffer> {
  return new Uint8Array(buffer, byteOffset, byteLength);
}
