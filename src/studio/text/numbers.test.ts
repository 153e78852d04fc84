import { expect, test } from "vitest";
import { formatPreciseShare, formatShare } from "./numbers.ts";

test("small shares can be told apart, and none is 0 or 100 that is not", () => {
  expect(
    [1, 0.999999, 0.5, 0.0123, 0.0009, 0.00012, 0.0000123, 1e-9, 0].map(formatPreciseShare),
  ).toEqual([
    "100.00 %",
    "> 99.99 %",
    "50.00 %",
    "1.23 %",
    "0.090 %",
    "0.012 %",
    "0.0012 %",
    "1.0e−7 %",
    "0.00 %",
  ]);
});

test("a share in few digits is not 0 either, unless it is", () => {
  expect([1, 0.99996, 0.9997, 0.995, 0.99, 0.5, 0.0123, 0.0009, 1e-4, 0].map(formatShare)).toEqual([
    "100 %",
    "100 %",
    "> 99.9 %",
    "99.5 %",
    "99 %",
    "50 %",
    "1.2 %",
    "0.1 %",
    "< 0.1 %",
    "0.0 %",
  ]);
});
