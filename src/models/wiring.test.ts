import { describe, expect, test } from "vitest";
import type { ConfigurationChanges } from "./configuration.ts";
import { configure } from "./configuration.ts";
import { wiringOf } from "./wiring.ts";

describe("the parts of a step", () => {
  test.each([
    ["luong2015", {}, "layers 0-1, attention, readout | output"],
    ["luong2015", { inputFeeding: false }, "layers 0-1 | attention, readout, output"],
    ["bahdanau2014", {}, "attention, layers 0-1 | readout, output"],
    ["bahdanau2014", { readout: "concat" }, "attention, layers 0-1 | readout, output"],
    [
      "luong2015",
      { inputFeeding: false, readout: "concat" },
      "layers 0-1 | attention, readout, output",
    ],
    ["cho2014", {}, "layers 0-1 | readout, output"],
    ["sutskever2014", {}, "layers 0-2 | output"],
    ["gnmt2016", {}, "attention, layers 0-4 | output"],
    ["nmt-wmt16-gnmt-4-layer", {}, "layers 0-1, attention, layers 1-4 | output"],
    ["nmt-wmt16-gnmt-4-layer", { layers: 1, encoderLayers: 1 }, "layers 0-1, attention | output"],
  ] as const)(
    "of %s %o follow each other, those in the loop first: %s",
    (preset, changes, told) => {
      const { order } = wiringOf(configure(preset, changes));
      const written = (isRecurrent: boolean): string =>
        order
          .filter((each) => each.isRecurrent === isRecurrent)
          .map((each) => (each.part === "layers" ? `layers ${each.first}-${each.end}` : each.part))
          .join(", ");
      expect(`${written(true)} | ${written(false)}`).toBe(told);
    },
  );
});

test("attention after the step reads the new top state, and its vector is fed to the bottom layer", () => {
  const { attention, carried, decoder, readout } = wiringOf(
    configure("luong2015", { layers: 2, encoderLayers: 2 }),
  );
  expect(attention?.query).toMatchObject({ tensor: "decoder.1.hidden_state", time: "current" });
  expect(carried.map(({ tensor }) => tensor)).toEqual([
    "decoder.0.hidden_state",
    "decoder.0.cell_state",
    "decoder.1.hidden_state",
    "decoder.1.cell_state",
    "attentional_vector",
  ]);
  expect(decoder.map(({ further }) => further?.signal.tensor)).toEqual([
    "attentional_vector",
    undefined,
  ]);
  expect(decoder[0]?.further?.signal.first).toBe("state.4");
  expect(readout.context?.tensor).toBe("context");
});

test("attention before the step reads the bottom layer's old state, and a gate stands before all layers", () => {
  const { attention, decoder, readout } = wiringOf(
    configure("bahdanau2014", { contextGate: true }),
  );
  expect(attention?.query).toMatchObject({ time: "previous", first: "state.0" });
  expect(decoder[0]?.further?.signal).toMatchObject({ tensor: "gated_context", time: "current" });
  expect(readout.state).toMatchObject({ tensor: "decoder.0.hidden_state", time: "previous" });
});

test("attention before the step may read the top layer's old state, and its context enter the bottom one alone", () => {
  const changes = { layers: 2, bridge: "linear", queryLayer: "top", upperContext: "none" } as const;
  const { attention, decoder } = wiringOf(configure("bahdanau2014", changes));
  expect(attention?.query).toMatchObject({
    tensor: "decoder.1.hidden_state",
    time: "previous",
    first: "state.1",
  });
  expect(decoder.map(({ further }) => further?.signal.tensor)).toEqual(["context", undefined]);
});

test("attention between the layers gives the bottom one the context of the step before", () => {
  const model = configure("nmt-wmt16-gnmt-4-layer");
  const times = (changes: Partial<typeof model>): unknown[] =>
    wiringOf({ ...model, ...changes }).decoder.map(({ further }) => further?.signal.time);
  expect(times({})).toEqual(["previous", "current", "current", "current"]);
  expect(times({ upperContext: "previous" })).toEqual(Array(4).fill("previous"));
  expect(wiringOf(model).decoder.map(({ output }) => output.tensor)).toEqual([
    "decoder.0.hidden_state",
    "decoder.1.hidden_state",
    "decoder.2.output",
    "decoder.3.output",
  ]);
});

test("without attention a summary enters every layer, or nothing does", () => {
  const cho = wiringOf(configure("cho2014", { layers: 2 }));
  expect(cho.shape).toBe("summary");
  expect(cho.decoder.map(({ further }) => further?.signal)).toEqual([cho.summary, cho.summary]);
  const sutskever = wiringOf(configure("sutskever2014"));
  expect(sutskever.shape).toBe("none");
  expect(sutskever.decoder.every(({ further }) => further === null)).toBe(true);
});

test("local-m counts the steps", () => {
  const { carried, attention } = wiringOf(configure("luong2015", { attentionScope: "local-m" }));
  expect(carried.at(-1)).toEqual({ tensor: "count", size: 1 });
  expect(attention?.count?.first).toBe(`state.${carried.length - 1}`);
});

describe("the encoder", () => {
  test("joins what both directions hand on, unless each is a stack", () => {
    const layers = { layers: 4, encoderLayers: 4 };
    const one = wiringOf(configure("luong2015", { layers: 2, encoderLayers: 2 })).encoder;
    expect(one[1]?.cells.map(({ inputs }) => inputs)).toEqual([
      ["encoder.0.forward.hidden_state", "encoder.0.backward.hidden_state"],
    ]);
    const stacks = wiringOf(configure("nmt-iwslt15", layers)).encoder;
    expect(stacks[1]?.cells.map(({ inputs }) => inputs)).toEqual([
      ["encoder.0.forward.hidden_state"],
      ["encoder.0.backward.hidden_state"],
    ]);
  });

  test("hands each layer of the decoder what its bridge takes", () => {
    const from = (preset: string, changes = {}) =>
      wiringOf(configure(preset, changes)).decoder.map(({ handedFrom }) => handedFrom);
    expect(from("luong2015")).toEqual([["encoder.0.forward", "encoder.0.backward"]]);
    expect(from("bahdanau2014")).toEqual([["encoder.0.backward"]]);
    expect(from("nmt-iwslt15")).toEqual([["encoder.0.forward"], ["encoder.0.backward"]]);
    expect(from("gnmt2016").slice(0, 2)).toEqual([["encoder.0.backward"], ["encoder.1"]]);
    expect(from("cho2014")).toEqual([["encoder.0"]]);
  });

  test("may be missing: attention then sees the embedded source", () => {
    const { encoder, memory } = wiringOf(configure("xu2015"));
    expect(encoder).toEqual([]);
    expect(memory).toEqual(["source_embedding"]);
  });
});

describe("the computation of the encoder", () => {
  const partsOf = (changes: ConfigurationChanges): string[] =>
    wiringOf(configure("luong2015", changes)).encoderParts.map(
      ({ name, below, inputSize, cells }) =>
        `${name}: ${cells.map(({ output }) => output.replace(name, "")).join(" ")} of ${below?.name ?? "the source"} [${inputSize}]`,
    );

  test("goes layer by layer, of which the first reads in both directions", () => {
    expect(partsOf({ layers: 2, hidden: 8, embedding: 5 })).toEqual([
      "encoder.0: .forward.hidden_state .backward.hidden_state of the source [5]",
      "encoder.1: .hidden_state of encoder.0 [8]",
    ]);
  });

  test("goes one stack after the other where neither direction sees the other", () => {
    const stacks = { bidirectionalStacks: true, layers: 4, encoderLayers: 4, hidden: 8 } as const;
    expect(partsOf({ ...stacks, embedding: 5, bridge: "interleave", encoderHidden: 8 })).toEqual([
      "encoder.0.forward: .hidden_state of the source [5]",
      "encoder.1.forward: .hidden_state of encoder.0.forward [8]",
      "encoder.0.backward: .hidden_state of the source [5]",
      "encoder.1.backward: .hidden_state of encoder.0.backward [8]",
    ]);
  });

  test("is nothing where attention reads the embedded source itself", () => {
    expect(partsOf({ encoder: "none" })).toEqual([]);
  });
});
