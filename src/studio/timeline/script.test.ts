import { describe, expect, test } from "vitest";
import { configure } from "../../models/configuration.ts";
import type { Trace } from "../../trace/trace.ts";
import { decoderMoments, isOver, momentOf, positionAt, script, stateMoment } from "./script.ts";

/** As much of a trace as the script looks at. */
function traceOf(model: Partial<Trace["model"]>, source: number, target: number): Trace {
  return {
    model: { ...configure("luong2015"), ...model },
    source: { tokens: Array.from({ length: source }, (_, index) => `s${index}`) },
    steps: Array.from({ length: target }, (_, index) => ({ output: `t${index}` })),
  } as unknown as Trace;
}

describe("the moments of a translation", () => {
  test("know their place", () => {
    const moments = script(traceOf({}, 3, 2));
    expect(moments.map(({ index }) => index)).toEqual([...moments.keys()]);
  });

  test("are the encoder's steps, the handover, then the decoder's steps", () => {
    const kinds = script(
      traceOf(configure("sutskever2014", { layers: 1, encoderLayers: 1 }), 2, 2),
    ).map(({ kind }) => kind);
    expect(kinds).toEqual([
      "begin",
      "encode",
      "encode",
      "handover",
      "state",
      "distribution",
      "choose",
      "state",
      "distribution",
      "choose",
      "end",
    ]);
  });

  test("have the new state before the scores with Luong, and after the context with Bahdanau", () => {
    const luong = decoderMoments(traceOf({}, 1, 1).model);
    const bahdanau = decoderMoments(configure("bahdanau2014") as Trace["model"]);
    expect(luong.indexOf("state")).toBeLessThan(luong.indexOf("scores"));
    expect(bahdanau.indexOf("state")).toBeGreaterThan(bahdanau.indexOf("context"));
    expect([...luong].sort()).toEqual([...bahdanau].sort());
  });

  test("go through the encoder layer by layer", () => {
    const encoding = script(traceOf({ encoderLayers: 2 }, 2, 1)).filter(
      ({ kind }) => kind === "encode",
    );
    expect(encoding.map(({ layer, step }) => [layer, step])).toEqual([
      [0, 0],
      [0, 1],
      [1, 0],
      [1, 1],
    ]);
  });

  test("put attention between the bottom layer and the others where the model does", () => {
    const gnmt = configure("nmt-wmt16-gnmt-4-layer") as Trace["model"];
    expect(decoderMoments(gnmt)).toEqual([
      "state",
      "scores",
      "softmax",
      "weighting",
      "context",
      "upper",
      "distribution",
      "choose",
    ]);
    expect(gnmt.layers).toBe(4);
    expect([0, 1, 3].map((layer) => stateMoment(gnmt, layer))).toEqual(["state", "upper", "upper"]);
    expect(decoderMoments({ ...gnmt, layers: 1 })).not.toContain("upper");
  });

  test("have a readout only where the model has one", () => {
    const momentsOf = (preset: string) => decoderMoments(configure(preset) as Trace["model"]);
    expect(momentsOf("cho2014")).toEqual([
      "state",
      "concatenate",
      "feedForward",
      "distribution",
      "choose",
    ]);
    expect(momentsOf("gnmt2016")).toEqual([
      "scores",
      "softmax",
      "weighting",
      "context",
      "state",
      "distribution",
      "choose",
    ]);
  });

  test("read two stacks at once, layer by layer", () => {
    const stacks = configure("nmt-iwslt15", { layers: 4, encoderLayers: 4 });
    const layers = script(traceOf(stacks, 1, 0)).filter(({ kind }) => kind === "encode");
    expect(layers.map(({ layer }) => layer)).toEqual([0, 1]);
  });

  test("of an empty translation are only its beginning, the handover and its end", () => {
    expect(script(traceOf({}, 0, 0)).map(({ kind }) => kind)).toEqual(["begin", "handover", "end"]);
  });
});

describe("the position at a moment", () => {
  const trace = traceOf({}, 3, 2);
  const moments = script(trace);

  test("counts what is over and names what is going on", () => {
    const at = (index: number) => positionAt(moments[index] as (typeof moments)[number], trace);
    expect(at(0)).toMatchObject({ phase: "begin", encoded: 0, produced: 0 });
    expect(at(2)).toMatchObject({ phase: "encoder", encoded: 1, encoding: 1 });
    const choose = momentOf(moments, "choose", 1);
    expect(at(choose.index)).toMatchObject({ phase: "decoder", decoding: 1, produced: 1 });
    expect(at(moments.length - 1)).toMatchObject({ phase: "end", encoded: 3, produced: 2 });
  });

  test("says which parts of a decoder step are over", () => {
    const softmax = momentOf(moments, "softmax", 0);
    expect(isOver("scores", softmax, trace.model)).toBe(true);
    expect(isOver("softmax", softmax, trace.model)).toBe(false);
    expect(isOver("context", softmax, trace.model)).toBe(false);
  });
});
