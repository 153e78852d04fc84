import { expect, test } from "vitest";
import { configure } from "../../models/configuration.ts";
import { checkMemory } from "./memory.ts";

test("a model of usual size is trained anywhere", () => {
  expect(() => checkMemory(configure("luong2015", { hidden: 512 }), 2 ** 30)).not.toThrow();
});

test("one that is larger than the memory is refused before anything is made of that size", () => {
  expect(() => checkMemory(configure("luong2015", { hidden: 65_536 }), 16e9)).toThrow(
    /^hidden: \d+: the model would have [\d,]{10,} parameters, and its training would need [\d,]+ GB of memory where there are 16; lower hidden, embedding or layers\.$/,
  );
});
