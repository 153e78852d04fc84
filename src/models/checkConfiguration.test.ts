import { describe, expect, test } from "vitest";
import { OptionError } from "../options/optionError.ts";
import { checkConfiguration, configure } from "./configuration.ts";

const sizes = { ...configure("luong2015"), sourceVocabulary: 9, targetVocabulary: 9 };

describe.each([
  ["embedding", 65_536],
  ["hidden", 65_536],
  ["encoderHidden", 65_536],
  ["attentionHidden", 65_536],
  ["maxout", 65_536],
  ["outputRank", 65_536],
  ["layers", 64],
  ["encoderLayers", 128],
  ["residualFrom", 128],
  ["window", 100_000],
  ["locations", 100_000],
  ["sourceFeatures", 10_000_000],
  ["patchRows", 256],
  ["patchColumns", 256],
  ["sourceVocabulary", 10_000_000],
  ["targetVocabulary", 10_000_000],
])("the size %s", (key, most) => {
  test.each([most + 1, 1e9, 2 ** 53, 1e308])("is refused at %d, in a sentence", (value) => {
    const check = () => checkConfiguration({ ...sizes, [key]: value });
    expect(check).toThrow(OptionError);
    expect(check).toThrow(
      new RegExp(
        `^${key}: [^\n]*: give a whole number from [01] to ${most.toLocaleString("en-US")}\\.$`,
      ),
    );
  });
});
