import { expect, test } from "vitest";
import { Downloads } from "./downloads.svelte.ts";

test("what has come of several parts is counted together, of the size that they have", () => {
  const downloads = new Downloads();
  downloads.add("runtime", 30);
  expect(downloads.of("runtime", "model")).toEqual({ come: 0, of: 0 });
  downloads.expect("runtime", 100);
  downloads.expect("model", 50);
  downloads.expect("another", 70);
  downloads.add("runtime", 20);
  downloads.add("model", 5);
  expect(downloads.of("runtime", "model")).toEqual({ come: 55, of: 150 });
});

test("a part that comes again, or is larger than was said, is not more than whole", () => {
  const downloads = new Downloads();
  downloads.expect("model", 50);
  downloads.add("model", 80);
  expect(downloads.of("model")).toEqual({ come: 50, of: 50 });
});
