import { expect, test } from "vitest";
import { jsonPieces } from "./jsonPieces.ts";

const same = (value: unknown): unknown => value;
const joined = (value: unknown): string => [...jsonPieces(value, same)].join("");

test.each<[name: string, value: unknown]>([
  ["nothing", null],
  ["a text", 'a "b" \ud800 \u0000'],
  ["an empty object", {}],
  ["an empty list", []],
  ["lists and objects in each other", { a: [{ b: [1, 2] }, { c: null }], d: "e", f: [["g"], []] }],
  ["what is not defined", { a: undefined, b: 1 }],
  ["odd names", { '"': 1, "\n": [{}] }],
])("%s is what JSON.stringify makes of it", (_, value) => {
  expect(joined(value)).toBe(JSON.stringify(value));
});

test("a large value comes in pieces, none much longer than another", () => {
  const value = {
    rows: Array.from({ length: 2000 }, (_, row) => [{ row, text: "x".repeat(100) }]),
  };
  const pieces = [...jsonPieces(value, same)];
  expect(pieces.length).toBeGreaterThan(2);
  expect(Math.max(...pieces.map(({ length }) => length))).toBeLessThan(70_000);
  expect(pieces.join("")).toBe(JSON.stringify(value));
});

test("typed arrays are made lists where they stand", () => {
  const list = (value: unknown) => (value instanceof Float32Array ? Array.from(value) : value);
  const value = { rows: [Float32Array.of(0.5, 1), Float32Array.of(2)] };
  expect([...jsonPieces(value, list)].join("")).toBe('{"rows":[[0.5,1],[2]]}');
});
