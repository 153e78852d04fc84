import { describe, expect, test } from "vitest";
import { npyBytes, npzBytes } from "./writeNpy.ts";
import { openZip } from "./zip.ts";

/** The parts of a `.npy` file, read by the format's description. */
function partsOf(bytes: Uint8Array<ArrayBuffer>): {
  readonly header: string;
  readonly data: Uint8Array<ArrayBuffer>;
} {
  expect([...bytes.subarray(0, 8)]).toEqual([0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59, 1, 0]);
  const start = 10 + new DataView(bytes.buffer).getUint16(8, true);
  expect(start % 64).toBe(0);
  return { header: new TextDecoder().decode(bytes.subarray(10, start)), data: bytes.slice(start) };
}

describe("a .npy file", () => {
  test("holds numbers of 32 bits, unchanged", () => {
    const data = Float32Array.of(0.1, -0, 1e-40, Number.NaN, Number.POSITIVE_INFINITY, 3);
    const parts = partsOf(npyBytes({ shape: [2, 3], data }));
    expect(parts.header).toMatch(
      /^\{'descr': '<f4', 'fortran_order': False, 'shape': \(2, 3\), \} *\n$/,
    );
    expect(new Uint32Array(parts.data.buffer)).toEqual(new Uint32Array(data.buffer));
  });
  test("holds whole numbers of 64 bits, and says the shape as Python does", () => {
    const parts = partsOf(npyBytes({ shape: [2], data: BigInt64Array.of(-1n, 2n ** 40n) }));
    expect(parts.header).toContain("'<i8', 'fortran_order': False, 'shape': (2,), }");
    expect([...new BigInt64Array(parts.data.buffer)]).toEqual([-1n, 2n ** 40n]);
  });
  test("holds texts as characters of 32 bits, all as long as the longest", () => {
    const parts = partsOf(npyBytes({ shape: [3], data: ["ab", "", "𝄞"] }));
    expect(parts.header).toContain("'<U2'");
    expect([...new Uint32Array(parts.data.buffer)]).toEqual([97, 98, 0, 0, 0x1d11e, 0]);
  });
  test("can be a single text, or nothing", () => {
    expect(partsOf(npyBytes({ shape: [], data: ["trace"] })).header).toContain("'shape': (), }");
    expect(partsOf(npyBytes({ shape: [0], data: [] })).header).toContain("'<U1'");
    expect(partsOf(npyBytes({ shape: [0, 4], data: new Float32Array() })).data.length).toBe(0);
  });
  test("is not made of elements that do not fill the shape", () => {
    expect(() => npyBytes({ shape: [2], data: new Float32Array(3) })).toThrow("3 elements");
  });
});

test("a .npz file is an archive of these, the same for the same arrays", () => {
  const arrays = [
    ["decoder.0.weights", { shape: [2], data: Float32Array.of(1, 2) }],
    ["tokens", { shape: [1], data: ["a"] }],
  ] as const;
  const entries = openZip(npzBytes(arrays), "a.npz");
  expect(entries.map(({ path }) => path)).toEqual(["decoder.0.weights.npy", "tokens.npy"]);
  expect(entries.map((entry) => entry.read())).toEqual(arrays.map(([, array]) => npyBytes(array)));
  expect(npzBytes(arrays)).toEqual(npzBytes(arrays));
});
