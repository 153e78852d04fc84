import { describe, expect, test } from "vitest";
import { OptionError } from "../options/optionError.ts";
import type { ConfigurationChanges } from "./configuration.ts";
import { checkConfiguration, configure, presets } from "./configuration.ts";
import { parametersOf } from "./graphs.ts";
import { encoderOutput, encoderState } from "./modelConfiguration.ts";
import { noteWithoutAttention } from "./withoutAttention.ts";

test.each(Object.keys(presets))(
  "%s fits together, and its sizes are what they are derived to",
  (name) => {
    const preset = presets[name] as (typeof presets)[string];
    expect(() => checkConfiguration(preset)).not.toThrow();
    expect(configure(name)).toEqual(preset);
  },
);

describe("sizes follow others:", () => {
  test("both directions together make one state of the decoder, or each has its size", () => {
    expect(configure("luong2015", { hidden: 100 }).encoderHidden).toBe(50);
    expect(configure("bahdanau2014", { hidden: 100 }).encoderHidden).toBe(100);
    expect(configure("nmt-iwslt15", { hidden: 100 }).encoderHidden).toBe(100);
  });
  test("what every layer in both directions yields is the size of two of its states", () => {
    const deep = configure("luong2015", { hidden: 100, layers: 3, bidirectionalLayers: true });
    expect([0, 1, 2].map((layer) => encoderState(deep, layer))).toEqual([50, 50, 50]);
    expect([0, 1, 2].map((layer) => encoderOutput(deep, layer))).toEqual([100, 100, 100]);
    const search = configure("bahdanau2014", { hidden: 100, layers: 2, bidirectionalLayers: true });
    expect([0, 1].map((layer) => encoderOutput(search, layer))).toEqual([200, 200]);
    const first = configure("bahdanau2014", { hidden: 100, layers: 2 });
    expect([0, 1].map((layer) => encoderOutput(first, layer))).toEqual([200, 100]);
  });
  test("the first weights of fewer units are larger, in proportion to the root", () => {
    expect(configure("luong2015", { hidden: 256 }).initialRange).toBe(0.16);
    expect(configure("luong2015", { hidden: 128 }).initialRange).toBe(0.22);
    expect(configure("nmt-wmt16", { hidden: 256 }).initialRange).toBe(0.2);
    expect(configure("sutskever2014-paper").initialRange).toBe(0.08);
    expect(configure("luong2015", { hidden: 128, initialRange: 0.1 }).initialRange).toBe(0.1);
    expect(configure("bahdanau2014", { hidden: 128 }).initialRange).toBe(0.22);
    expect(configure("bahdanau2014-paper").initialRange).toBe("bahdanau");
  });
  test("an encoder has as many layers as the decoder", () => {
    expect(configure("gnmt2016", { layers: 8 }).encoderLayers).toBe(8);
    expect(configure("gnmt2016", { layers: 8, encoderLayers: 8 }).encoderLayers).toBe(8);
  });
  test("Cho's output matrix has the rank of the embeddings", () => {
    expect(configure("cho2014", { embedding: 30 }).outputRank).toBe(30);
  });
  test("there is an attentional vector where there is attention", () => {
    expect(configure("luong2015", { attention: "none", inputFeeding: false }).readout).toBe("none");
    expect(configure("sutskever2014", { attention: "dot" }).readout).toBe("attentional");
  });
});

describe("without attention", () => {
  test.each(Object.keys(presets))("%s fits together", (name) => {
    expect(configure(name, { attention: "none" })).toMatchObject({
      attention: "none",
      attentionScope: "global",
      inputFeeding: false,
      contextGate: false,
      encoder: "recurrent",
    });
  });
  test("a context before the step is the encoder's last state, as in Bahdanau et al., A.2.2", () => {
    expect(configure("bahdanau2014", { attention: "none" }).summary).toBe("last");
    expect(configure("gnmt2016", { attention: "none", summary: "linear" }).summary).toBe("linear");
    const after = configure("gnmt2016", { attention: "none", attentionPlace: "after" });
    expect([after.summary, after.readout]).toEqual(["none", "none"]);
  });
  test("nothing changes where there was none", () => {
    expect(configure("cho2014", { attention: "none" })).toEqual(presets["cho2014"]);
  });
  test("a note says what else is off, why, and what to do", () => {
    const note = (name: string): string | null =>
      noteWithoutAttention(presets[name] as (typeof presets)[string], { attention: "none" });
    expect(note("luong2015-paper")).toBe(
      "Without attention, the preset changes: local attention is off; input feeding is off, as there is no attention vector to feed back. To keep it as it is, choose a kind of attention.",
    );
    expect(note("bahdanau2014")).toBe(
      "Without attention, the preset changes: the encoder's last state is the context of every step. To keep it as it is, choose a kind of attention.",
    );
    expect(note("cho2014")).toBeNull();
  });
});

test("the papers' models have as many parameters as the papers say", () => {
  const count = (preset: string, source: number, target: number, pattern: RegExp): number =>
    parametersOf({ ...configure(preset), sourceVocabulary: source, targetVocabulary: target })
      .filter(({ name }) => pattern.test(name))
      .reduce((sum, { shape }) => sum + shape.reduce((a, b) => a * b, 1), 0);
  // Sutskever et al., §3.4: 384M parameters, of which 64M are recurrent connections, half of each side.
  const recurrent = (side: string): RegExp => new RegExp(`^${side}\\.\\d\\.weight`);
  expect(count("sutskever2014-paper", 160_000, 80_000, recurrent("encoder"))).toBe(32e6);
  expect(count("sutskever2014-paper", 160_000, 80_000, recurrent("decoder"))).toBe(32e6);
  expect(Math.round(count("sutskever2014-paper", 160_000, 80_000, /./) / 1e6)).toBe(384);
  // Luong's LSTMs: [4n, 2n] a layer, with input feeding [4n, 3n] for the first of the decoder.
  expect(count("luong2015-paper", 50_000, 50_000, recurrent("encoder"))).toBe(32e6);
  expect(count("luong2015-paper", 50_000, 50_000, recurrent("decoder"))).toBe(36e6);
  expect(count("luong2015-paper", 50_000, 50_000, /bias/)).toBe(0);
});

describe("what does not fit is refused by the name of its option:", () => {
  test.each<[string, ConfigurationChanges, RegExp]>([
    ["luong", {}, /preset: "luong": there is no such preset; choose one of luong2015, /],
    ["constructor", {}, /preset: "constructor": there is no such preset/],
    ["luong2015", { hidden: 5 }, /hidden: 5: a bidirectional encoder halves it/],
    ["luong2015", { encoderHidden: 2.5 }, /encoderHidden: 2.5: give a whole number from 1/],
    ["luong2015", { encoderHidden: 0 }, /encoderHidden: 0: give a whole number from 1/],
    [
      "luong2015",
      { initialRange: 0 },
      /initialRange: 0: give a number above 0, glorot or bahdanau/,
    ],
    ["luong2015", { window: 0 }, /window: 0: give a whole number from 1/],
    ["luong2015", { encoderLayers: 2 }, /encoderLayers: 2: .* or add bridge: "zero"/],
    ["luong2015", { attention: "none", inputFeeding: true }, /add inputFeeding: false/],
    ["xu2015", { attention: "none", contextGate: true }, /contextGate: true: /],
    ["xu2015", { attention: "none", encoder: "none" }, /encoder: "none": without attention too/],
    [
      "luong2015-paper",
      { attention: "none", attentionScope: "local-m" },
      /Scope: "local-m": there/,
    ],
    ["luong2015", { attention: "location", attentionScope: "local-m" }, /attention: "location"/],
    ["sutskever2014", { attentionScope: "local-m" }, /attentionScope: "local-m": there is no/],
    ["luong2015", { bidirectional: false, attention: "dot", encoderHidden: 9 }, /attention: "dot"/],
    ["luong2015", { readout: "maxout" }, /readout: "maxout": .* use readout: "attentional" or /],
    ["luong2015", { summary: "last" }, /summary: "last": .* add attention: "none"/],
    ["luong2015", { residualFrom: 1, layers: 2, encoderHidden: 300 }, /residualFrom: 1: .* give 2/],
    ["luong2015", { outputRank: -1 }, /outputRank: -1: give a whole number from 0/],
    ["bahdanau2014", { maxout: 2.5 }, /maxout: 2.5: give a whole number/],
    ["bahdanau2014", { maxout: 0 }, /maxout: 0: .* a whole number from 1/],
    ["luong2015", { tiedEmbeddings: true }, /tiedEmbeddings: true: the readout has 512 numbers/],
    ["bahdanau2014", { attention: "none", summary: "none" }, /summary: "none": .* last or linear/],
    ["bahdanau2014", { inputFeeding: true }, /inputFeeding: true: /],
    ["bahdanau2014", { bidirectional: false }, /add bidirectional: true/],
    ["cho2014", { cell: "lstm" }, /bridge: "summary": .* preset: "cho2014"/],
    ["nmt-iwslt15", { layers: 3 }, /encoderLayers: 3: .* give an even number/],
    [
      "nmt-iwslt15",
      { layers: 4, encoderLayers: 2 },
      /bridge: "interleave": .* or use bridge: "zero"/,
    ],
    [
      "nmt-iwslt15",
      { bidirectional: false },
      /bidirectional: false: .* bidirectionalStacks: false/,
    ],
    [
      "nmt-iwslt15",
      { bidirectionalLayers: true },
      /bidirectionalLayers: true: .* bidirectionalStacks: false/,
    ],
    [
      "sutskever2014",
      { bidirectionalLayers: true },
      /bidirectionalLayers: true: .* bidirectional: true\./,
    ],
    ["gnmt2016", { bidirectionalLayers: true }, /residualFrom: 2: .* bidirectionalLayers: false/],
    [
      "nmt-wmt16-gnmt-4-layer",
      { attention: "none", attentionPlace: "between" },
      /attentionPlace: "between": without attention, the upper layers/,
    ],
    ["nmt-wmt16-gnmt-4-layer", { inputFeeding: false }, /inputFeeding: false: /],
    ["nmt-wmt16-gnmt-4-layer", { encoderHidden: 9 }, /bridge: "backward": .* 9 numbers/],
  ])("%s %o", (preset, changes, message) => {
    expect(() => configure(preset, changes)).toThrow(OptionError);
    expect(() => configure(preset, changes)).toThrow(message);
  });
});
