import { describe, expect, test } from "vitest";
import { z } from "zod";
import { checkConfiguration, configure } from "./configuration.ts";
import { modelOptions } from "./options.ts";

const sizes = { ...configure("luong2015"), sourceVocabulary: 9, targetVocabulary: 9 };
const largest = Object.entries(modelOptions).flatMap(([key, { schema }]) => {
  const { type, maximum } = z.toJSONSchema(schema, { unrepresentable: "any" });
  return type === "integer" && maximum !== undefined ? [[key, maximum] as const] : [];
});

test("the sizes of a model have upper bounds, so that a typing error cannot exhaust memory", () => {
  const bounded = largest.filter(([, most]) => most < 2 ** 32).map(([key]) => key);
  for (const key of ["embedding", "hidden", "layers", "encoderLayers", "maxout", "outputRank"]) {
    expect(bounded).toContain(key);
  }
});

describe.each(largest)("the size %s", (key, most) => {
  test.each([most + 1, 1e9, 2 ** 53, 1e308])("is refused at %d, in a sentence", (value) => {
    expect(() => checkConfiguration({ ...sizes, [key]: value })).toThrow(
      new RegExp(`^${key}: [^\\n]*: give a whole number .*to ${most.toLocaleString("en-US")}\\.$`),
    );
  });
});
