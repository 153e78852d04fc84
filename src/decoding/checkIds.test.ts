import { expect, test } from "vitest";
import { checkIds } from "./checkIds.ts";

test("ids outside the vocabulary are found", () => {
  expect(() => checkIds([4, 5], 6, "Sentence 0")).not.toThrow();
  expect(() => checkIds([4, 6], 6, "Sentence 0")).toThrow(
    "Sentence 0 has the id 6 at position 1; ids run from 1 to 5.",
  );
  expect(() => checkIds([0], 6, "Sentence 0")).toThrow(RangeError);
});
