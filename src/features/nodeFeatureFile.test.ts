import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { npyFile, npyOf, pngFile } from "../../test/support/featureFiles.ts";
import type { StoredTensor } from "../files/safetensors.ts";
import { encodeSafetensors } from "../files/safetensors.ts";
import { readFeatureFile } from "./nodeFeatureFile.ts";

const folder = mkdtempSync(join(tmpdir(), "seq2see-features-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function written(name: string, bytes: Uint8Array): string {
  const path = join(folder, name);
  writeFileSync(path, bytes);
  return path;
}

function tensorFile(name: string, tensors: Record<string, StoredTensor>): string {
  return written(name, encodeSafetensors(new Map(Object.entries(tensors))));
}

const rows = [
  [1, 2, 3],
  [4, 5, 6],
];
const floats = { dtype: "float32", shape: [2, 3], data: Float32Array.from(rows.flat()) } as const;
const grid = { rows: 1, columns: 2 };
const pixels = Uint8Array.of(0, 0, 0, 255, 255, 255);

test("a .npy file gives its rows, under the name that it is called by", async () => {
  const path = written("a.npy", npyOf(rows));
  expect(await readFeatureFile(path, null, "a.npy")).toEqual({
    name: "a.npy",
    shape: [2, 3],
    picture: null,
    data: Float32Array.from(rows.flat()),
  });
  expect((await readFeatureFile(path, null)).name).toBe(path);
});

test("so does a .safetensors file with one tensor, also of halves", async () => {
  const halves = { dtype: "float16", shape: [1, 2], data: Uint16Array.of(0x3c00, 0xc000) } as const;
  expect((await readFeatureFile(tensorFile("a.safetensors", { x: floats }), null)).data).toEqual(
    floats.data,
  );
  expect((await readFeatureFile(tensorFile("h.safetensors", { x: halves }), null)).data).toEqual(
    Float32Array.of(1, -2),
  );
});

describe("a picture", () => {
  test("is cut into patches", async () => {
    const found = await readFeatureFile(written("a.png", pngFile(2, 1, pixels)), grid, "a.png");
    expect(found).toEqual({
      name: "a.png",
      shape: [2, 3],
      picture: { width: 2, height: 1 },
      data: Float32Array.of(-1, -1, -1, 1, 1, 1),
    });
  });

  test("may be grey, or have opacity", async () => {
    const grey = written("g.png", pngFile(2, 1, Uint8Array.of(0, 255), 1));
    expect((await readFeatureFile(grey, grid)).data).toEqual(Float32Array.of(-1, -1, -1, 1, 1, 1));
    const clear = written("c.png", pngFile(2, 1, Uint8Array.of(0, 0, 0, 255, 0, 0, 0, 0), 4));
    expect((await readFeatureFile(clear, grid)).data).toEqual(Float32Array.of(-1, -1, -1, 1, 1, 1));
  });

  test("that is larger than any model needs it is refused by its head, not unpacked", async () => {
    const bytes = pngFile(2, 1, pixels);
    for (const [width, height] of [
      [16_000, 16_000],
      [2 ** 31, 2 ** 31],
      [4_194_305, 1],
    ] as const) {
      new DataView(bytes.buffer).setUint32(16, width);
      new DataView(bytes.buffer).setUint32(20, height);
      await expect(readFeatureFile(written("big.png", bytes), grid, "big.png")).rejects.toThrow(
        `big.png: the picture has ${width}×${height} pixels, more than the maximum of 4,194,304; make it smaller.`,
      );
    }
  });

  test("without pixels is named", async () => {
    const bytes = pngFile(2, 1, pixels);
    new DataView(bytes.buffer).setUint32(20, 0);
    await expect(readFeatureFile(written("no.png", bytes), grid, "no.png")).rejects.toThrow(
      "no.png: the PNG picture is damaged (it has no size); copy or make it again.",
    );
  });

  test("that holds more than its size says is not unpacked as a whole", async () => {
    // Hard to pack, so that much of the file is left when the rest is not asked for.
    const noise = Uint8Array.from({ length: 3_000_000 }, (_, at) => Math.imul(at, at + 7) >>> 9);
    const bytes = pngFile(1000, 1000, noise);
    // Interlaced, and of two pixels.
    bytes[28] = 1;
    new DataView(bytes.buffer).setUint32(16, 2);
    new DataView(bytes.buffer).setUint32(20, 1);
    await expect(readFeatureFile(written("swollen.png", bytes), grid, "s.png")).rejects.toThrow(
      "s.png: the PNG picture is damaged (it contains more data than its size allows); copy or make it again.",
    );
  });

  test("that is damaged is named", async () => {
    const path = written("d.png", pngFile(2, 1, pixels).slice(0, 40));
    await expect(readFeatureFile(path, grid, "d.png")).rejects.toThrow(
      /^d\.png: the PNG picture is damaged \([^\n]*\); copy or make it again\.$/,
    );
  });
});

test.each([
  ["a picture without a grid", "p.png", pngFile(2, 1, pixels), null, "say into how many patches"],
  ["features with a grid", "g.npy", npyOf(rows), grid, "leave the patches out"],
  ["a JPEG picture", "j.jpg", Uint8Array.of(0xff, 0xd8, 0xff), grid, "convert it to PNG"],
  ["a text", "t.txt", new TextEncoder().encode("hello"), null, "this is not a file of features"],
  ["an empty file", "e.npy", new Uint8Array(0), null, "this is not a file of features"],
  ["no rows", "n.npy", npyOf([]), null, "its shape is [0, 0]"],
  ["a number that is none", "i.npy", npyOf([[1], [Number.NaN]]), null, "row 2 has a number"],
  [
    "one axis",
    "o.npy",
    npyFile(
      "{'descr': '<f4', 'fortran_order': False, 'shape': (1,), }",
      new Uint8Array(Float32Array.of(1).buffer),
    ),
    null,
    "its shape is [1]",
  ],
] as const)("%s is refused", async (_, name, bytes, given, message) => {
  const path = written(name, bytes);
  await expect(readFeatureFile(path, given, name)).rejects.toThrow(message);
  await expect(readFeatureFile(path, given, name)).rejects.toThrow(
    new RegExp(`^${name}: [^\\n]*\\.$`),
  );
});

test("so are two tensors, numbers of another type, and a file that is not there", async () => {
  const two = tensorFile("two.safetensors", { x: floats, y: floats });
  await expect(readFeatureFile(two, null)).rejects.toThrow("it holds 2 tensors");
  const whole = { dtype: "int32", shape: [1, 1], data: Int32Array.of(1) } as const;
  const path = tensorFile("whole.safetensors", { x: whole });
  await expect(readFeatureFile(path, null)).rejects.toThrow("its numbers are of type int32");
  await expect(readFeatureFile(join(folder, "none.npy"), null)).rejects.toThrow("does not exist");
});
