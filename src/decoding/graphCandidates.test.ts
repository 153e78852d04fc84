import { expect, test } from "vitest";
import { graphCandidates } from "./graphCandidates.ts";

test("few numbers of best tokens have graphs of their own, and none finds too few", () => {
  const vocabulary = 8000;
  const all = new Set<number>();
  for (let wanted = 1; wanted <= vocabulary; wanted++) {
    const found = graphCandidates(wanted, vocabulary);
    expect(found).toBeGreaterThanOrEqual(wanted);
    expect(found).toBeLessThanOrEqual(vocabulary);
    all.add(found);
  }
  expect(all.size).toBeLessThan(30);
  expect(graphCandidates(0, vocabulary)).toBe(0);
  expect(graphCandidates(5, vocabulary)).toBe(5);
});
