import { expect, test } from "vitest";
import { Random } from "./random.ts";

test("the same seed gives the same numbers and another seed gives others", () => {
  const draw = (seed: number) => Array.from({ length: 5 }, () => new Random(seed).nextUint32());
  expect(draw(7)).toEqual(draw(7));
  expect(draw(7)).not.toEqual(draw(8));
});

test("follows the reference implementation of xoshiro128**", () => {
  // Computed by hand from the state (1, 2, 3, 4): rotl(2 * 5, 7) * 9 = 11520.
  const random = new Random([1, 2, 3, 4]);
  expect([random.nextUint32(), random.nextUint32()]).toEqual([11520, 0]);
});

test("a saved state goes on exactly where it was", () => {
  const random = new Random(3);
  random.uniform();
  const copy = new Random(random.save());
  expect(copy.uniform()).toBe(random.uniform());
});

test("uniform and normal numbers have the moments of their distributions", () => {
  const random = new Random(1);
  const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  const uniform = Array.from({ length: 20000 }, () => random.uniform());
  const normal = Array.from({ length: 20000 }, () => random.normal());
  expect(mean(uniform)).toBeCloseTo(0.5, 1);
  expect(mean(normal)).toBeCloseTo(0, 1);
  expect(mean(normal.map((value) => value * value))).toBeCloseTo(1, 1);
});

test("shuffling keeps every item", () => {
  expect([...new Random(1).shuffle([1, 2, 3, 4, 5])].sort()).toEqual([1, 2, 3, 4, 5]);
});

test("fills words with what it would give one by one", () => {
  const [one, other] = [new Random(5), new Random(5)];
  const words = new Uint32Array(10);
  one.fill(words);
  expect([...words]).toEqual(Array.from(words, () => other.nextUint32()));
  expect(one.save()).toEqual(other.save());
});
