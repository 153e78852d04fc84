import { describe, expect, test } from "vitest";
import type { Window } from "../scale/window.ts";
import { insideOf } from "../scale/window.ts";
import { placeOf, windowCurve } from "./windowCurve.ts";

const middles = [10, 30, 70, 110];
const windowAt = (centre: number, reach: number, isBell = false): Window => ({
  centre,
  reach,
  isInside: (position) => Math.abs(position - centre) <= reach,
  gaussian: (position) =>
    isBell ? Math.exp((-2 * (position - centre) ** 2) / (reach * reach)) : 1,
});

describe("the window over words", () => {
  test("has its middle between the words that it lies between", () => {
    expect(placeOf(0, middles)).toBe(10);
    expect(placeOf(1.5, middles)).toBe(50);
    expect(placeOf(3.5, middles)).toBe(130);
    expect(placeOf(0.5, [40])).toBe(70);
  });

  test("ends with the sentence", () => {
    const { left, right, centre } = windowCurve(windowAt(2.5, 2), middles);
    expect([left, centre, right]).toEqual([20, 90, 130]);
  });

  test("is a bell for local-p and flat for local-m", () => {
    const bell = windowCurve(windowAt(1, 2, true), middles).points;
    expect(Math.max(...bell.map(([, share]) => share))).toBeCloseTo(1, 2);
    expect(bell.at(-1)?.[1]).toBeCloseTo(Math.exp(-2), 5);
    const flat = windowCurve(windowAt(1, 2), middles).points;
    expect(new Set(flat.map(([, share]) => share))).toEqual(new Set([1]));
  });

  test("knows the words inside of it, and that there may be none", () => {
    expect(insideOf(windowAt(1.4, 1), 4)).toEqual([1, 2]);
    expect(insideOf(windowAt(9, 1), 4)).toBeNull();
  });
});
