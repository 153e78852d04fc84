import { describe, expect, test } from "vitest";
import { configure } from "../../../models/configuration.ts";
import type { Trace } from "../../../trace/trace.ts";
import { script } from "../../timeline/script.ts";
import {
  doneAt,
  handoverAt,
  matchingMoment,
  readingOf,
  shareOfPhase,
  workAt,
  writingOf,
} from "./story.ts";

/** As much of a trace as the story needs. */
function traceOf(order: readonly number[], steps: number, model: object = {}): Trace {
  return {
    model: {
      ...configure("luong2015"),
      ...model,
    },
    source: { tokens: order.map((place) => `word${place}`) },
    encoder: { order, tensors: {} },
    steps: Array.from({ length: steps }, () => ({ input: "", output: "", tensors: {} })),
  } as unknown as Trace;
}
const at = (trace: Trace, kind: string, step: number | null, layer: number | null = null) => {
  const found = script(trace).find(
    (moment) =>
      moment.kind === kind && moment.step === step && (layer === null || moment.layer === layer),
  );
  if (!found) throw new Error(`no ${kind} ${step}`);
  return found;
};

describe("reading", () => {
  test("goes word by word, and backwards from the other end", () => {
    const trace = traceOf([0, 1, 2], 1);
    const moment = at(trace, "encode", 1);
    expect(readingOf(trace, moment, 0.25)).toEqual([1, 0.25, 0]);
    expect(readingOf(trace, moment, 0.25, { isBackward: true })).toEqual([0, 0.25, 1]);
  });

  test("begins at the end of the sentence where the model reverses it", () => {
    const trace = traceOf([2, 1, 0], 1);
    expect(readingOf(trace, at(trace, "encode", 0), 0.5)).toEqual([0, 0, 0.5]);
  });

  test("is over in the layers below the one at work, and has not begun above it", () => {
    const trace = traceOf([0, 1], 1, { layers: 2, encoderLayers: 2 });
    const moment = at(trace, "encode", 0, 1);
    expect(readingOf(trace, moment, 0.5)).toEqual([1, 1]);
    expect(readingOf(trace, moment, 0.5, { layer: 1 })).toEqual([0.5, 0]);
    expect(readingOf(trace, at(trace, "encode", 1, 0), 1, { layer: 1 })).toEqual([0, 0]);
  });
});

describe("writing", () => {
  test("lets a word out while it is chosen", () => {
    const trace = traceOf([0], 3);
    expect(writingOf(trace, at(trace, "scores", 1), 1)).toEqual([1, 0, 0]);
    expect(writingOf(trace, at(trace, "choose", 1), 0.5)).toEqual([1, 0.5, 0]);
    expect(writingOf(trace, at(trace, "handover", null), 1)).toEqual([0, 0, 0]);
    expect(writingOf(trace, at(trace, "end", null), 0)).toEqual([1, 1, 1]);
  });

  test("counts the computations before it", () => {
    const trace = traceOf([0], 1);
    expect(workAt(at(trace, "state", 0), 0.5, trace.model)).toEqual({ done: 0.5, of: 8 });
    expect(workAt(at(trace, "choose", 0), 0.5, trace.model)).toEqual({ done: 8, of: 8 });
    expect(workAt(at(trace, "handover", null), 1, trace.model)).toBeNull();
  });

  test("does what the model does first, first", () => {
    const before = traceOf([0], 2, { attentionPlace: "before", attention: "additive" });
    const moment = at(before, "scores", 1);
    expect(doneAt(before.model, moment, 0.5, { kind: "state", step: 1 })).toBe(0);
    expect(doneAt(before.model, moment, 0.5, { kind: "state", step: 0 })).toBe(1);
    const after = traceOf([0], 2);
    expect(doneAt(after.model, at(after, "scores", 1), 0.5, { kind: "state", step: 1 })).toBe(1);
  });
});

test("each moment begins where the one before it has ended", () => {
  const trace = traceOf([1, 0], 2, { layers: 2, encoderLayers: 2 });
  const moments = script(trace);
  const seen = (index: number, progress: number) => {
    const moment = moments[index];
    if (!moment) throw new Error("no moment");
    return [
      readingOf(trace, moment, progress, { layer: 1, isBackward: true }),
      writingOf(trace, moment, progress),
      handoverAt(moment, progress),
    ];
  };
  for (let index = 1; index < moments.length; index++) {
    expect(seen(index, 0)).toEqual(seen(index - 1, 1));
  }
});

describe("another story in step", () => {
  const own = traceOf([0, 1], 1);
  const other = traceOf([0, 1, 2, 3], 2);
  const moments = script(own);

  test("is as far in the same phase", () => {
    const told = matchingMoment(moments, at(own, "encode", 1), 0.5, script(other));
    expect(told).toMatchObject({ moment: { kind: "encode", step: 3 }, progress: 0 });
    expect(shareOfPhase(moments, at(own, "encode", 1), 0.5)).toEqual({
      phase: "encoder",
      share: 0.75,
    });
  });

  test("ends with it", () => {
    const told = matchingMoment(moments, at(own, "choose", 0), 1, script(other));
    expect(told).toMatchObject({ moment: { kind: "choose", step: 1 }, progress: 1 });
  });
});
