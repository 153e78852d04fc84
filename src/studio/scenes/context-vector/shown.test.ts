import { describe, expect, it } from "vitest";
import { configure } from "../../../models/configuration.ts";
import type { Trace } from "../../../trace/trace.ts";
import { script } from "../../timeline/script.ts";
import { handedOver, shownAt } from "./shown.ts";

/** As much of a trace of two tokens and two steps as this scene looks at. */
function traceWith(attention: string, attentionPlace: string): Trace {
  const vector = { shape: [2], data: Float32Array.of(0.5, -2) };
  return {
    model: { ...configure("luong2015"), attention, attentionPlace },
    source: { tokens: ["a", "b"] },
    encoder: {
      order: [0, 1],
      tensors: {
        "state.0": vector,
        ...(attention !== "none" && { memory: { shape: [2, 2], data: new Float32Array(4) } }),
      },
    },
    steps: [0, 1].map(() => ({ tensors: attention === "none" ? {} : { context: vector } })),
  } as unknown as Trace;
}

describe("shownAt", () => {
  it.each([
    ["general", "after"],
    ["additive", "before"],
    ["none", "after"],
  ])("goes on without a jump where a view has begun (%s, %s)", (attention, place) => {
    const trace = traceWith(attention, place);
    const moments = script(trace);
    for (const [index, moment] of moments.entries()) {
      const end = shownAt(trace, moment, 1);
      const next = moments[index + 1];
      if (!next || next.kind === "context" || next.kind === "encode") continue;
      const begin = shownAt(trace, next, 0);
      expect([next.kind, begin.step, begin.card, begin.numbers, begin.cells]).toEqual([
        next.kind,
        end.step,
        end.card,
        end.numbers,
        end.cells,
      ]);
    }
  });

  it("shows each step's own context from when it is there", () => {
    const trace = traceWith("general", "after");
    const steps = script(trace).map((moment) => [moment.kind, shownAt(trace, moment, 1).step]);
    expect(steps.filter(([kind]) => kind === "state" || kind === "context")).toEqual([
      ["state", null],
      ["context", 0],
      ["state", 0],
      ["context", 1],
    ]);
  });

  it("has nothing but the encoder's vector without attention", () => {
    const trace = traceWith("none", "after");
    expect(new Set(script(trace).map((moment) => shownAt(trace, moment, 1).step))).toEqual(
      new Set([null]),
    );
    expect(shownAt(trace, script(trace)[3] as never, 1).domain).toBe(2);
  });
});

describe("handedOver", () => {
  it("counts hidden and cell states, and the states that attention keeps", () => {
    expect(handedOver(traceWith("general", "after"))).toMatchObject({
      vectors: 2,
      hasCells: true,
      memory: { states: 2, size: 2 },
    });
    expect(handedOver(traceWith("none", "after")).memory).toBeNull();
  });
});
