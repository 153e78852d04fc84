import { expect, test } from "vitest";
import { scrollTo } from "./followMoment.ts";

const room = { top: 50, bottom: 400 };

test("what is seen needs no scrolling", () => {
  expect(scrollTo({ top: 100, bottom: 300 }, room)).toBe(0);
});

test("what lies below or above is brought to the nearer edge", () => {
  expect(scrollTo({ top: 380, bottom: 500 }, room)).toBe(112);
  expect(scrollTo({ top: -80, bottom: 20 }, room)).toBe(-142);
});

test("what is higher than the window moves nothing", () => {
  expect(scrollTo({ top: 40, bottom: 700 }, room)).toBe(0);
});
