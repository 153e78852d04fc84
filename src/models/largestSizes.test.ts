import { describe, expect, test } from "vitest";
import { UserError } from "../tensor/errors.ts";
import { checkConfiguration, configure } from "./configuration.ts";
import { largestSizes } from "./largestSizes.ts";

const sizes = { ...configure("luong2015"), sourceVocabulary: 9, targetVocabulary: 9 };

describe.each(Object.entries(largestSizes))("the size %s", (key, most) => {
  test.each([most + 1, 1e9, 2 ** 53, 1e308])("is refused at %d, in a sentence", (value) => {
    expect(() => checkConfiguration({ ...sizes, [key]: value })).toThrow(UserError);
    expect(() => checkConfiguration({ ...sizes, [key]: value })).toThrow(
      new RegExp(
        `^--[a-z-]+ [^\n]*: give a whole number up to ${most.toLocaleString("en-US")}\\.$`,
      ),
    );
  });
});
