import { expect, test } from "vitest";
import { readVectorFiles } from "./vectorFiles.ts";

const json = (value: unknown): Uint8Array<ArrayBuffer> =>
  new TextEncoder().encode(JSON.stringify(value));

/** A safetensors file of this header and these bytes. */
function file(header: unknown, data: Uint8Array): Uint8Array<ArrayBuffer> {
  const text = json(header);
  const bytes = new Uint8Array(8 + text.length + data.length);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(text.length), true);
  bytes.set(text, 8);
  bytes.set(data, 8 + text.length);
  return bytes;
}

const header = {
  __metadata__: { source: "a test" },
  map: { dtype: "F32", shape: [2, 2], data_offsets: [0, 16] },
  vectors: { dtype: "I8", shape: [2, 3], data_offsets: [16, 22] },
};
const data = new Uint8Array(22);
data.set(new Uint8Array(Float32Array.of(0, 1, -1, 0.5).buffer));
data.set(Int8Array.of(127, -127, 0, 1, 2, 3), 16);
const words = json(["one", "two"]);

test("a file's integers become a table and its map is read, wherever the bytes lie", () => {
  const whole = file(header, data);
  const shifted = new Uint8Array(whole.length + 3);
  shifted.set(whole, 3);
  const found = readVectorFiles({ vectors: shifted.subarray(3), words });
  expect(found.words).toEqual(["one", "two"]);
  expect(found.table).toEqual({
    dtype: "float32",
    shape: [2, 3],
    data: Float32Array.of(127, -127, 0, 1, 2, 3),
  });
  expect(found.map).toEqual(Float32Array.of(0, 1, -1, 0.5));
  expect([...found.about]).toEqual([["source", "a test"]]);
});

test.each([
  ["an empty file", new Uint8Array(0), "is empty"],
  [
    "a page of another kind",
    json("<!doctype html><title>Not found</title>"),
    "is not a safetensors file",
  ],
  ["a file cut short", file(header, data).slice(0, -1), "is truncated"],
  ["a header that is no JSON", file(header, data).fill(32, 8, 12), "is not JSON"],
  ["a header of null", file(null, data), "is not a JSON object"],
  ["no vectors", file({ map: header.map }, data.slice(0, 16)), "has no table named vectors"],
  [
    "more words than vectors",
    file({ ...header, vectors: { ...header.vectors, shape: [1, 6] } }, data),
    "has 1 vector for the 2 words of words.json",
  ],
  [
    "a map of another size",
    file({ ...header, map: { ...header.map, shape: [4, 1] } }, data),
    "has a map of [4, 1] for 2 vectors",
  ],
  [
    "vectors of another type",
    file({ ...header, vectors: { ...header.vectors, dtype: "U8" } }, data),
    "holds vectors as uint8 instead of int8",
  ],
])("%s is noticed", (_, vectors, fault) => {
  expect(() => readVectorFiles({ vectors, words })).toThrow(fault);
});

test("a list of words that is none is noticed", () => {
  const vectors = file(header, data);
  expect(() => readVectorFiles({ vectors, words: json({ one: 1 }) })).toThrow(
    "words.json is damaged: it is not a list of words; copy it again.",
  );
});
