import { describe, expect, test } from "vitest";
import { fittingScale, scaleBounds } from "./fitting.ts";

describe("fittingScale", () => {
  test("makes a picture as high as the room that there is, smaller or larger", () => {
    expect(fittingScale({ drawing: 500, whole: 500 }, 250)).toBe(0.5);
    expect(fittingScale({ drawing: 500, whole: 500 }, 750)).toBe(1.5);
  });

  test("takes in the legend where that costs little", () => {
    expect(fittingScale({ drawing: 500, whole: 600 }, 600)).toBe(1);
  });

  test("fits the first drawing where much follows it, which is not driven out of sight", () => {
    expect(fittingScale({ drawing: 500, whole: 3000 }, 400)).toBe(0.8);
    expect(fittingScale({ drawing: 500, whole: 3000 }, 600)).toBe(1);
    expect(fittingScale({ drawing: 100, whole: 300 }, 600)).toBe(2);
  });

  test("keeps within what can be read", () => {
    expect(fittingScale({ drawing: 5000, whole: 5000 }, 100)).toBe(scaleBounds.least);
    expect(fittingScale({ drawing: 10, whole: 10 }, 1000)).toBe(scaleBounds.most);
    expect(fittingScale({ drawing: 0, whole: 0 }, 500)).toBe(1);
  });
});
