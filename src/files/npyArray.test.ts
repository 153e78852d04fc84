import { expect, test } from "vitest";
import { npyFile } from "../../test/support/featureFiles.ts";
import { readNpyArray } from "./npyArray.ts";

const header = (type: string, shape = "(3,)", order = "False") =>
  `{'descr': '${type}', 'fortran_order': ${order}, 'shape': ${shape}, }`;
const bytesOf = (array: ArrayBufferView): Uint8Array => new Uint8Array(array.buffer.slice(0));
const values = [1, 0, 3];

test.each([
  ["<f2", Uint16Array.of(0x3c00, 0, 0x4200)],
  ["<f4", Float32Array.from(values)],
  ["<f8", Float64Array.from(values)],
  ["|i1", Int8Array.from(values)],
  ["<i2", Int16Array.from(values)],
  ["<i4", Int32Array.from(values)],
  ["<i8", BigInt64Array.from(values, BigInt)],
  ["|u1", Uint8Array.from(values)],
  ["<u2", Uint16Array.from(values)],
  ["<u4", Uint32Array.from(values)],
  ["<u8", BigUint64Array.from(values, BigInt)],
])("numbers of type %s are read in either order of bytes", (type, array) => {
  const little = bytesOf(array);
  expect([...readNpyArray(npyFile(header(type), little), "a.npy").numbers()]).toEqual(values);
  const size = array.BYTES_PER_ELEMENT;
  const big = little.slice();
  for (let at = 0; at < big.length; at += size) big.subarray(at, at + size).reverse();
  const other = npyFile(header(type.replace("<", ">")), type.startsWith("<") ? big : little);
  expect([...readNpyArray(other, "a.npy").numbers()]).toEqual(values);
});

test("an array in Fortran's order comes out in C's", () => {
  const numbers = Float32Array.from({ length: 12 }, (_, index) => index);
  const read = readNpyArray(npyFile(header("<f4", "(2, 3, 2)", "True"), bytesOf(numbers)), "a.npy");
  expect(read.shape).toEqual([2, 3, 2]);
  expect([...read.numbers()]).toEqual([0, 6, 2, 8, 4, 10, 1, 7, 3, 9, 5, 11]);
});

test("a single number has no axes", () => {
  const read = readNpyArray(npyFile(header("<f8", "()"), bytesOf(Float64Array.of(7))), "a.npy");
  expect(read.shape).toEqual([]);
  expect([...read.numbers()]).toEqual([7]);
});

test.each([
  ["Python objects", header("|O"), "an array of Python objects"],
  ["records", "{'descr': [('a', '<f4')], 'fortran_order': False, 'shape': (3,), }", "records"],
  ["texts", header("<U3"), "are of type <U3, not numbers"],
])("%s are refused in one sentence", (_, dictionary, message) => {
  const bytes = npyFile(dictionary, bytesOf(Float32Array.from(values)));
  expect(() => readNpyArray(bytes, "a.npy")).toThrow(message);
  expect(() => readNpyArray(bytes, "a.npy")).toThrow(/^a\.npy: [^\n]*\.$/);
});
