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

describe("parts that do not go together", () => {
  test.each([
    ["luong2015", { readout: "concat" }, "no attentional vector to feed", "inputFeeding: false"],
    ["sutskever2014", { readout: "concat" }, "does not fit a decoder without", 'readout: "none"'],
    ["bahdanau2014", { upperContext: "previous" }, "all layers the context", "current or none"],
    ["nmt-wmt16-gnmt-4-layer", { upperContext: "none" }, "for those above", "current or previous"],
    ["bahdanau2014", { readout: "concat", tiedEmbeddings: true }, "numbers and the", "make them"],
  ] as const)("%s %o: …%s…; …%s…", (preset, changes, problem, remedy) => {
    const refused = () => configure(preset, changes);
    expect(refused).toThrow(OptionError);
    expect(refused).toThrow(problem);
    expect(refused).toThrow(remedy);
  });
});
