import { describe, expect, test } from "vitest";
import { fittingScale, leastLetters, scaleAcross } from "./fitting.ts";

describe("fittingScale", () => {
  const letters = 12;

  test("makes a picture as high as the room that there is, smaller or larger", () => {
    expect(fittingScale({ drawing: 500, whole: 500 }, 400, letters)).toBe(0.8);
    expect(fittingScale({ drawing: 500, whole: 500 }, 750, letters)).toBe(1.5);
  });

  test("takes in the legend where that costs little", () => {
    expect(fittingScale({ drawing: 500, whole: 600 }, 600, letters)).toBe(1);
  });

  test("fits the first drawing where much follows it, which is not driven out of sight", () => {
    expect(fittingScale({ drawing: 500, whole: 3000 }, 400, letters)).toBe(0.8);
    expect(fittingScale({ drawing: 500, whole: 3000 }, 600, letters)).toBe(1);
    expect(fittingScale({ drawing: 100, whole: 300 }, 600, letters)).toBe(2);
  });

  test("keeps the smallest letters large enough to be read", () => {
    const high = { drawing: 5000, whole: 5000 };
    expect(fittingScale(high, 100, 12) * 12).toBe(leastLetters);
    expect(fittingScale(high, 100, 10) * 10).toBe(leastLetters);
    expect(fittingScale(high, 100, 8)).toBe(1);
  });

  test("enlarges no further than is of use", () => {
    expect(fittingScale({ drawing: 10, whole: 10 }, 1000, letters)).toBe(2.5);
    expect(fittingScale({ drawing: 0, whole: 0 }, 500, letters)).toBe(1);
  });
});

test("a wide drawing is made smaller if that spares scrolling, with letters that can be read", () => {
  expect(scaleAcross(1250, 1000, 12)).toBe(0.8);
  expect(scaleAcross(2000, 1000, 12)).toBe(Number.POSITIVE_INFINITY);
});
