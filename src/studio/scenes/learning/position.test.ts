import { expect, test } from "vitest";
import { blendAt, blended } from "./position.ts";

test("at a whole number its checkpoint is shown, at rest", () => {
  expect(blendAt(2, 5)).toEqual({ before: 2, after: 2, share: 1, shown: 2 });
  expect(blendAt(9, 5)).toEqual({ before: 4, after: 4, share: 1, shown: 4 });
  expect(blendAt(-1, 5).shown).toBe(0);
});

test("between two the picture moves to the next and rests there until it is reached", () => {
  expect(blendAt(2.1, 5)).toMatchObject({ before: 2, after: 3, shown: 2 });
  expect(blendAt(2.5, 5)).toEqual({ before: 2, after: 3, share: 1, shown: 3 });
  expect(blendAt(2.999, 5).share).toBe(1);
});

test("nothing moves for readers who want it still", () => {
  expect(blendAt(2.1, 5, true)).toMatchObject({ share: 1, shown: 3 });
});

test("weights on the way lie between, and at the end are the checkpoint's own", () => {
  const after = [[0.2, 0.8]];
  expect(blended([[1, 0]], after, 1)).toBe(after);
  const [row] = blended([[1, 0]], after, 0.5);
  expect(row?.[0]).toBeCloseTo(0.6, 12);
  expect(row?.[1]).toBeCloseTo(0.4, 12);
});
