/**
 * @file NumPy's array files with arrays of any numbers: a magic string, the version, a header that is a Python
 * dictionary, and the numbers (https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html, versions
 * 1 to 3). Isomorphic.
 */

import { UserError } from "../tensor/errors.ts";
import { elementCount } from "../tensor/value.ts";
import { fromFloat16 } from "./float16.ts";

const magic = "\u0093NUMPY";

/** An array of a file. Its numbers are decoded only when they are asked for. */
export interface NpyArray {
  /** The type as NumPy writes it, such as `<f4`. */
  readonly type: string;
  readonly shape: readonly number[];
  /** Whether the first axis changes fastest in the file, and there is more than one. */
  readonly isFortran: boolean;
  /** The numbers in C order. */
  numbers(): Float64Array<ArrayBuffer>;
}

/** Returns whether bytes are the start of such a file. */
export function isNpy(bytes: Uint8Array): boolean {
  return String.fromCharCode(...bytes.subarray(0, magic.length)) === magic;
}

/**
 * Reads the header of an array file and checks that its numbers are there.
 *
 * @param bytes the whole file.
 * @param name  the file's name in errors.
 * @throws UserError if the file is damaged, or holds something other than numbers, such as Python objects.
 */
export function readNpyArray(bytes: Uint8Array<ArrayBuffer>, name: string): NpyArray {
  const { header, start } = readHeader(bytes, name);
  const type = /'descr'\s*:\s*'([^']*)'/.exec(header)?.[1];
  const order = /'fortran_order'\s*:\s*(True|False)/.exec(header)?.[1];
  const shape = /'shape'\s*:\s*\(((?:\s*\d+L?\s*,)*(?:\s*\d+L?)?)\s*\)/.exec(header)?.[1];
  if (/'descr'\s*:\s*\[/.test(header)) {
    throw new UserError(
      `${name}: it is an array of records; save each of its fields as an array of numbers.`,
    );
  }
  if (type === undefined || order === undefined || shape === undefined) {
    throw damaged(name, "its header does not give type, order and shape");
  }
  if (type.endsWith("O")) {
    throw new UserError(
      `${name}: it is an array of Python objects, which could run a program when it is read; save each of them as an array of numbers.`,
    );
  }
  const sizes = (shape.match(/\d+/g) ?? []).map(Number);
  const kind = kinds.get(type.slice(1));
  if (!kind || !/^[<>|=]/.test(type)) {
    throw new UserError(
      `${name}: its elements are of type ${type}, not numbers; save them as float32, float64, float16 or integers.`,
    );
  }
  const count = elementCount(sizes);
  const wanted = start + count * kind.bytes;
  if (bytes.length !== wanted) {
    throw damaged(name, `it has ${bytes.length} bytes, but its shape needs ${wanted}`);
  }
  const isFortran = order === "True" && sizes.filter((size) => size > 1).length > 1;
  return {
    type,
    shape: sizes,
    isFortran,
    numbers: () => {
      // A copy, because the numbers may be unaligned in the file.
      const own = bytes.slice(start);
      if (type.startsWith(">")) reverseEach(own, kind.bytes);
      const numbers = kind.read(own.buffer);
      return isFortran ? inRows(numbers, sizes) : numbers;
    },
  };
}

/** How elements of a type are read. */
interface Kind {
  readonly bytes: number;
  read(buffer: ArrayBuffer): Float64Array<ArrayBuffer>;
}

const exact = (numbers: Iterable<number>): Float64Array<ArrayBuffer> => Float64Array.from(numbers);

const kinds: ReadonlyMap<string, Kind> = new Map([
  ["f2", { bytes: 2, read: (buffer) => exact(fromFloat16(new Uint16Array(buffer))) }],
  ["f4", { bytes: 4, read: (buffer) => exact(new Float32Array(buffer)) }],
  ["f8", { bytes: 8, read: (buffer) => new Float64Array(buffer) }],
  ["i1", { bytes: 1, read: (buffer) => exact(new Int8Array(buffer)) }],
  ["i2", { bytes: 2, read: (buffer) => exact(new Int16Array(buffer)) }],
  ["i4", { bytes: 4, read: (buffer) => exact(new Int32Array(buffer)) }],
  ["i8", { bytes: 8, read: (buffer) => Float64Array.from(new BigInt64Array(buffer), Number) }],
  ["u1", { bytes: 1, read: (buffer) => exact(new Uint8Array(buffer)) }],
  ["u2", { bytes: 2, read: (buffer) => exact(new Uint16Array(buffer)) }],
  ["u4", { bytes: 4, read: (buffer) => exact(new Uint32Array(buffer)) }],
  ["u8", { bytes: 8, read: (buffer) => Float64Array.from(new BigUint64Array(buffer), Number) }],
  ["b1", { bytes: 1, read: (buffer) => exact(new Uint8Array(buffer)) }],
] satisfies [string, Kind][]);

/** Turns each element's bytes around, in place. */
function reverseEach(bytes: Uint8Array, size: number): void {
  for (let at = 0; at < bytes.length; at += size) bytes.subarray(at, at + size).reverse();
}

/** Numbers of which the first axis changes fastest, in C order. */
function inRows(
  numbers: Float64Array<ArrayBuffer>,
  shape: readonly number[],
): Float64Array<ArrayBuffer> {
  const strides = shape.map((_, axis) => elementCount(shape.slice(0, axis)));
  const ordered = new Float64Array(numbers.length);
  const place = shape.map(() => 0);
  let from = 0;
  for (let index = 0; index < ordered.length; index++) {
    ordered[index] = numbers[from] as number;
    for (let axis = shape.length - 1; axis >= 0; axis--) {
      from += strides[axis] as number;
      place[axis] = (place[axis] as number) + 1;
      if ((place[axis] as number) < (shape[axis] as number)) break;
      from -= (strides[axis] as number) * (shape[axis] as number);
      place[axis] = 0;
    }
  }
  return ordered;
}

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
