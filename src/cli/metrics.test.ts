import { expect, test } from "vitest";
import { metricLines } from "./metrics.ts";

test("an error rate over references without a word is said to be none, not infinite", () => {
  const lines = metricLines({ wordErrorRate: Number.POSITIVE_INFINITY }, 2);
  expect(lines).toContain("word error rate: not defined, the references are empty");
  expect(metricLines({ wordErrorRate: 0.25 }, 2)).toContain("word error rate: 25.00 %");
});
