import { describe, expect, test } from "vitest";
import { indexOfLargest, largestOf, norm, smallestOf } from "./extremes.ts";
import { Random } from "./random.ts";

const random = new Random(1);
const some = Array.from({ length: 100 }, () => random.uniform() - 0.5);
const many = Float32Array.from({ length: 1_000_000 }, () => random.uniform() - 0.5);

describe("extremes", () => {
  test("are those of Math", () => {
    expect(largestOf(some)).toBe(Math.max(...some));
    expect(smallestOf(some)).toBe(Math.min(...some));
    expect(largestOf([1, Number.NaN, 2])).toBeNaN();
    expect(smallestOf([])).toBe(Number.POSITIVE_INFINITY);
    expect(largestOf([])).toBe(Number.NEGATIVE_INFINITY);
  });
  test("have an index: the first of equals", () => {
    expect(indexOfLargest([0.2, 0.4, 0.4])).toBe(1);
    expect(indexOfLargest([])).toBe(0);
  });
  test("count the start", () => {
    expect(largestOf(some, 7)).toBe(7);
    expect(largestOf([8], 7)).toBe(8);
    expect(smallestOf(some, -7)).toBe(-7);
    expect(smallestOf([-8], -7)).toBe(-8);
  });
  test("are of any number of values", () => {
    expect(largestOf(many, 1)).toBe(1);
    expect(smallestOf(many, -1)).toBe(-1);
  });
});

describe("the norm", () => {
  test("is that of Math", () => {
    for (let size = 0; size <= 100; size++) {
      expect(norm(some.slice(0, size))).toBe(Math.hypot(...some.slice(0, size)));
    }
    expect(norm([3e200, 4e200])).toBe(Math.hypot(3e200, 4e200));
    expect(norm([0, 0])).toBe(0);
    expect(norm([1, Number.POSITIVE_INFINITY])).toBe(Number.POSITIVE_INFINITY);
    expect(norm([1, Number.NaN])).toBeNaN();
  });
  test("is of any number of values", () => {
    expect(norm(many)).toBeCloseTo(Math.sqrt(many.length / 12), 0);
  });
});
