import { expect, test } from "vitest";
import { SharedStyles } from "./sharedStyles.ts";

test("elements that look the same share one class, which is written once", () => {
  const styles = new SharedStyles();
  const line = styles.nameOf(["stroke:#000000", "stroke-width:2"]);
  expect(styles.nameOf(["stroke:#000000", "stroke-width:2"])).toBe(line);
  expect(styles.nameOf(["stroke:#000000"])).not.toBe(line);
  expect(styles.sheet(".picture").split("\n")).toEqual([
    `.picture .${line}{stroke:#000000;stroke-width:2}`,
    ".picture .c1{stroke:#000000}",
  ]);
});

test("what has nothing of its own needs no class", () => {
  const styles = new SharedStyles();
  expect(styles.nameOf([])).toBeNull();
  expect(styles.sheet(".picture")).toBe("");
});
