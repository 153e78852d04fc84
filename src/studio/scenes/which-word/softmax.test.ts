import { describe, expect, test } from "vitest";
import {
  countFor,
  cumulated,
  distributionOf,
  entropyOf,
  powerOf,
  rankedIds,
  rankOf,
} from "./softmax.ts";

const logits = Float32Array.from([1, 3, 2, 3, -5]);

describe("the softmax", () => {
  test("is what its formula says at any temperature", () => {
    for (const temperature of [0.1, 0.5, 1, 3]) {
      const { shares } = distributionOf(logits, temperature);
      const powers = Array.from(logits, (logit) => Math.exp(logit / temperature));
      const sum = powers.reduce((one, other) => one + other, 0);
      powers.forEach((power, id) => {
        expect(shares[id]).toBeCloseTo(power / sum, 12);
      });
      expect(shares.reduce((one, other) => one + other, 0)).toBeCloseTo(1, 12);
    }
  });

  test("holds for logits whose powers are no numbers", () => {
    const { shares, sum } = distributionOf([1000, 999], 0.1);
    expect(shares[0]).toBeCloseTo(1 / (1 + Math.exp(-10)), 12);
    expect(sum).toBeCloseTo(1 + Math.exp(-10), 12);
  });

  test("is the power of a token over the sum of all", () => {
    const distribution = distributionOf(logits, 0.7);
    expect(powerOf(distribution, 2) / distribution.sum).toBeCloseTo(
      distribution.shares[2] as number,
      12,
    );
  });
});

describe("what it tells", () => {
  test("equal shares have the logarithm of their number as entropy", () => {
    expect(entropyOf(distributionOf([2, 2, 2, 2], 1))).toBeCloseTo(2, 12);
    expect(entropyOf(distributionOf([1000, 0], 1))).toBe(0);
  });

  test("tokens are ranked by logit, equal ones by id", () => {
    expect([...rankedIds(logits)]).toEqual([1, 3, 2, 0, 4]);
    expect([0, 1, 2, 3, 4].map((id) => rankOf(logits, id))).toEqual([4, 1, 3, 2, 5]);
  });

  test("counts the tokens that share a part", () => {
    const sums = cumulated(distributionOf(logits, 1), rankedIds(logits));
    expect(sums.at(-1)).toBeCloseTo(1, 12);
    expect(countFor(0.3, sums)).toBe(1);
    expect(countFor(0.79, sums)).toBe(2);
    expect(countFor(2, sums)).toBe(5);
  });
});
