import { expect, test } from "vitest";
import { configure } from "./configuration.ts";
import { parametersOf } from "./graphs.ts";
import { partOfParameter } from "./parameterParts.ts";
import { presets } from "./presets.ts";

test.each(Object.keys(presets))("every parameter of %s belongs to a part", (preset) => {
  const sizes = {
    ...configure(preset),
    sourceFeatures: 4,
    sourceVocabulary: 9,
    targetVocabulary: 9,
  };
  const parts = new Set(parametersOf(sizes).map(({ name }) => partOfParameter(name)));
  expect(parts).toContain("decoder");
  expect(parts.has("attention")).toBe(sizes.attention !== "none");
});

test("a name that no part has is an error", () => {
  expect(() => partOfParameter("elsewhere.W")).toThrow(RangeError);
});
