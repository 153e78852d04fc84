import { expect, test } from "vitest";
import { counted } from "./counted.ts";

test("one thing is named in the singular, any other number of them in the plural", () => {
  expect([0, 1, 2, 12_000].map((count) => counted(count, "batch", "batches"))).toEqual([
    "0 batches",
    "1 batch",
    "2 batches",
    "12,000 batches",
  ]);
  expect(counted(1, "pair")).toBe("1 pair");
  expect(counted(21, "pair")).toBe("21 pairs");
});
