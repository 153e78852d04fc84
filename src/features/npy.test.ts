import { expect, test } from "vitest";
import { npyFile, npyOf } from "../../test/support/featureFiles.ts";
import { readNpy } from "./npy.ts";

const header = (type: string, shape = "(2, 2)", order = "False") =>
  `{'descr': '${type}', 'fortran_order': ${order}, 'shape': ${shape}, }`;
const bytesOf = (array: Float32Array | Float64Array | Uint16Array) => new Uint8Array(array.buffer);
const four = bytesOf(Float32Array.of(1, -2, 0.5, 4));

test.each([1, 2, 3])("version %i of the format is read", (version) => {
  const found = readNpy(npyFile(header("<f4"), four, version), "a.npy");
  expect(found).toEqual({ shape: [2, 2], data: Float32Array.of(1, -2, 0.5, 4) });
});

test("float64 and float16 become float32", () => {
  const doubles = bytesOf(Float64Array.of(1, -2, 0.1, 4));
  expect(readNpy(npyFile(header("<f8"), doubles), "a.npy").data).toEqual(
    Float32Array.of(1, -2, 0.1, 4),
  );
  const halves = bytesOf(Uint16Array.of(0x3c00, 0xc000, 0x3800, 0x4400));
  expect(readNpy(npyFile(header("<f2"), halves), "a.npy").data).toEqual(
    Float32Array.of(1, -2, 0.5, 4),
  );
});

test("shapes of one and three axes are read as they are", () => {
  expect(readNpy(npyFile(header("<f4", "(4,)"), four), "a.npy").shape).toEqual([4]);
  expect(readNpy(npyFile(header("<f4", "(2, 1, 2)"), four), "a.npy").shape).toEqual([2, 1, 2]);
});

test("a row is in the same order either way", () => {
  const found = readNpy(npyFile(header("<f4", "(1, 4)", "True"), four), "a.npy");
  expect(found.shape).toEqual([1, 4]);
});

test.each([
  ["big-endian numbers", npyFile(header(">f4"), four), "its numbers are of type >f4"],
  ["numbers of a type that every object has", npyFile(header("toString"), four), "type toString"],
  [
    "more numbers than there can be",
    npyFile(header("<f4", `(${"9".repeat(400)},)`), four),
    "but its shape needs",
  ],
  ["integers", npyFile(header("<i4"), four), "its numbers are of type <i4"],
  ["Fortran's order", npyFile(header("<f4", "(2, 2)", "True"), four), "in Fortran order"],
  ["too few numbers", npyOf([[1, 2]]).slice(0, -1), "but its shape needs"],
  ["too many", npyFile(header("<f4", "(3,)"), four), "but its shape needs"],
  ["a header cut short", npyOf([[1]]).slice(0, 20), "ends within its header"],
  ["a header without a shape", npyFile("{'descr': '<f4'}", four), "does not give type"],
  ["an unknown version", npyFile(header("<f4"), four, 9), "version 9 of the format is unknown"],
])("%s are named", (_, bytes, message) => {
  expect(() => readNpy(bytes, "a.npy")).toThrow(message);
  expect(() => readNpy(bytes, "a.npy")).toThrow(/^a\.npy: [^\n]*\.$/);
});
