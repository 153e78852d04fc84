import { describe, expect, test } from "vitest";
import { configure } from "../../models/configuration.ts";
import type { Trace } from "../../trace/trace.ts";
import { apart, beatAt, beatsOf, endOf, partAt } from "./beats.ts";
import { script } from "./script.ts";

/** As much of a trace as its moments need: two words in, two words out. */
const trace = {
  model: configure("luong2015", { layers: 2, encoderLayers: 2 }),
  source: { tokens: ["a", "b"], features: null },
  steps: [{}, {}],
} as unknown as Trace;
const moments = script(trace);
const kindsOf = (beats: ReturnType<typeof beatsOf>) =>
  beats.map(({ parts }) => parts.map(({ moment }) => moment.kind).join("+"));

describe("a scene's own moments", () => {
  test("are those of the story that it names, in the story's order, one after the other", () => {
    const beats = beatsOf(apart({ choose: 500, begin: 200 }), moments, trace);
    expect(kindsOf(beats)).toEqual(["begin", "choose", "choose"]);
    expect(beats.map(({ index, start, duration }) => [index, start, duration])).toEqual([
      [0, 0, 200],
      [1, 200, 500],
      [2, 700, 500],
    ]);
  });

  test("are one where moments of the same step are named together", () => {
    const beats = beatsOf([{ times: { softmax: 300, choose: 500 } }], moments, trace);
    expect(kindsOf(beats)).toEqual(["softmax+choose", "softmax+choose"]);
    expect(beats.map(({ duration }) => duration)).toEqual([800, 800]);
    expect(endOf(beats[1] as (typeof beats)[0])).toMatchObject({ kind: "choose", step: 1 });
  });

  test("are several where the same happens in several steps or layers", () => {
    expect(kindsOf(beatsOf([{ times: { encode: 1, handover: 1 } }], moments, trace))).toEqual([
      "encode",
      "encode",
      "encode",
      "encode",
      "handover",
    ]);
  });

  test("are several where they are of no step", () => {
    const picture = configure("xu2015");
    const unread = { ...trace, model: picture } as unknown as Trace;
    const times = { begin: 1, embed: 2, handover: 3 };
    expect(kindsOf(beatsOf([{ times }], script(unread), unread))).toEqual(Object.keys(times));
  });

  test("can leave out some of a kind", () => {
    const bottom = beatsOf(
      [{ times: { encode: 100 }, isPlayed: ({ layer }) => layer === 0 }],
      moments,
      trace,
    );
    expect(bottom).toHaveLength(2);
    expect(beatsOf([], moments, trace)).toEqual([]);
  });

  test("take no longer for a picture of many places", () => {
    const tokens = Array.from({ length: 400 }, (_, index) => String(index));
    const picture = { ...trace, source: { tokens, features: {} } } as unknown as Trace;
    const beats = beatsOf([{ times: { encode: 1000 } }], script(picture), picture);
    const seconds = beats.reduce((sum, { duration }) => sum + duration, 0) / 1000;
    expect(seconds).toBeCloseTo(2 * 12);
  });
});

describe("a moment of the story", () => {
  const beats = beatsOf([{ times: { scores: 100, choose: 300 } }], moments, trace);
  const indexOf = (kind: string, step: number) =>
    moments.find((moment) => moment.kind === kind && moment.step === step)?.index ?? -1;

  test("is found in the scene's moment that holds it, or comes next", () => {
    expect(beatAt(beats, 0)).toBe(0);
    expect(beatAt(beats, indexOf("choose", 0))).toBe(0);
    expect(beatAt(beats, indexOf("state", 1))).toBe(1);
    expect(beatAt(beats, 1000)).toBe(1);
    expect(beatAt([], 3)).toBe(0);
  });

  test("goes on while its part of the time lasts", () => {
    const beat = beats[0] as (typeof beats)[0];
    expect([0, 0.125, 0.25, 0.625, 1].map((share) => partAt(beat, share))).toMatchObject([
      { moment: { kind: "scores" }, progress: 0 },
      { moment: { kind: "scores" }, progress: 0.5 },
      { moment: { kind: "choose" }, progress: 0 },
      { moment: { kind: "choose" }, progress: 0.5 },
      { moment: { kind: "choose" }, progress: 1 },
    ]);
  });
});
