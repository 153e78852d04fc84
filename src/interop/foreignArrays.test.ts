import { strToU8, zipSync } from "fflate";
import { expect, test } from "vitest";
import { npyFile, npyOf } from "../../test/support/featureFiles.ts";
import { encodeSafetensors } from "../files/safetensors.ts";
import { tensorValue } from "../tensor/value.ts";
import { arraysOf } from "./foreignArrays.ts";

const read = (bytes: Uint8Array, path: string) =>
  Object.fromEntries(
    Array.from(arraysOf(new Uint8Array(bytes), path), ([name, { shape, numbers }]) => [
      name,
      { shape, numbers: [...numbers()] },
    ]),
  );
const archive = (files: Record<string, Uint8Array>): Uint8Array => zipSync(files);
const square = { shape: [2, 2], numbers: [1, 2, 3, 4] };
const rows = npyOf([
  [1, 2],
  [3, 4],
]);

test("the arrays of a .npz archive have the names of its files", () => {
  const bytes = archive({ "fc.weight.npy": rows, "enc/w.npy": rows });
  expect(read(bytes, "w.npz")).toEqual({ "fc.weight": square, "enc/w": square });
});

test("the tensors of a .safetensors file keep their names", () => {
  const bytes = encodeSafetensors(
    new Map([
      ["w", tensorValue("float32", [2, 2], [1, 2, 3, 4])],
      ["n", tensorValue("int64", [1], [5])],
    ]),
  );
  expect(read(bytes, "w.safetensors")).toEqual({ w: square, n: { shape: [1], numbers: [5] } });
});

test("numbers of 16 bits are read exactly, in either form and any file", () => {
  const halves = Uint16Array.of(0x3c01, 0x0001, 0xfbff);
  const upper = Uint16Array.of(0x3f81, 0x0080, 0xff7f);
  const numbers = {
    float16: [1 + 2 ** -10, 2 ** -24, -65504],
    bfloat16: [1 + 2 ** -7, 2 ** -126, -(2 - 2 ** -7) * 2 ** 127],
  };
  const tensors = encodeSafetensors(
    new Map([
      ["half", { dtype: "float16", shape: [3], data: halves }],
      ["brain", { dtype: "bfloat16", shape: [3], data: upper }],
    ]),
  );
  expect(read(tensors, "w.safetensors")).toEqual({
    half: { shape: [3], numbers: numbers.float16 },
    brain: { shape: [3], numbers: numbers.bfloat16 },
  });
  const dictionary = "{'descr': '<f2', 'fortran_order': False, 'shape': (3,), }";
  const bytes = archive({ "half.npy": npyFile(dictionary, new Uint8Array(halves.buffer)) });
  expect(read(bytes, "w.npz")).toEqual({ half: { shape: [3], numbers: numbers.float16 } });
});

test("a .npy file is one array with the name of the file", () => {
  expect(read(rows, "folder/decoder.w.npy")).toEqual({ "decoder.w": square });
});

const whole = archive({ "w.npy": rows });
const objects = npyFile("{'descr': '|O', 'fortran_order': False, 'shape': (1,), }", strToU8("x"));
const bomb = archive({ "w.npy": new Uint8Array(60_000_000) });

test.each([
  [
    "a pickle",
    Uint8Array.of(0x80, 2, 0x8a, 10),
    "m.pt",
    /Python pickle.*torch\.load\("m\.pt".*m\.npz/,
  ],
  [
    "an archive of torch.save",
    archive({ "m/data.pkl": strToU8("x"), "m/data/0": strToU8("y") }),
    "m.pth",
    /Python pickle.*numpy\.savez\("m\.npz"/,
  ],
  ["an HDF5 file", Uint8Array.of(0x89, 72, 68, 70, 13, 10, 26, 10), "m.h5", "HDF5"],
  ["a truncated archive", whole.subarray(0, whole.length - 9), "w.npz", "cut short"],
  ["an archive that swells", bomb, "w.npz", "do not trust it"],
  ["an archive of something else", archive({ "a.txt": rows }), "w.npz", "a.txt, which is no .npy"],
  ["an array of objects in an archive", archive({ "w.npy": objects }), "w.npz", "Python objects"],
  ["an archive with a false .npy", archive({ "w.npy": strToU8("x") }), "w.npz", "no .npy file"],
  ["a page", strToU8("<!doctype html><html></html>"), "w.npz", "download the file again"],
  ["an archive in an archive", archive({ "w.npz": whole }), "w.npz", "w.npz, which is no .npy"],
  ["any other file", strToU8("weights, many of them"), "w.bin", "none of the files"],
  ["an empty file", new Uint8Array(0), "w.npz", "none of the files"],
])("%s is refused in one sentence", (_, bytes, path, message) => {
  expect(() => arraysOf(new Uint8Array(bytes), path)).toThrow(message);
  expect(() => arraysOf(new Uint8Array(bytes), path)).toThrow(/^[^\n]*\.$/);
});
