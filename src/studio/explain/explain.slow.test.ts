/** The arithmetic that the studio writes out comes to the numbers that it shows, whatever the model. */
import { expect, test } from "vitest";
import { explainedModels } from "../../../test/support/explainedModels.ts";
import { pictureModel } from "../../../test/support/pictureModel.ts";
import { RandomModel } from "../../../test/support/randomModel.ts";
import { range } from "../../../test/support/vectors.ts";
import type { ConfigurationChanges } from "../../models/configuration.ts";
import type { Trace, TracedTensor } from "../../trace/trace.ts";
import type { TraceOptions } from "../../trace/traceOptions.ts";
import { vectorAt } from "../scale/domain.ts";
import type { Window } from "../scale/window.ts";
import { windowOf } from "../scale/window.ts";
import type { Pick } from "../state/selection.svelte.ts";
import type { Explanation } from "./explain.ts";
import { explain } from "./explain.ts";
import { shownTerms } from "./explanation.ts";
import { refreshed, valuesOf } from "./refresh.ts";

async function withModel(
  preset: string,
  changes: ConfigurationChanges,
  use: (model: RandomModel) => Promise<void>,
): Promise<void> {
  const model = await RandomModel.create(preset, changes);
  try {
    await use(model);
  } finally {
    await model.release();
  }
}

function traced(
  preset: string,
  changes: ConfigurationChanges,
  { text, ...options }: TraceOptions & { readonly text: string },
  use: (trace: Trace, model: RandomModel) => void,
): Promise<void> {
  return withModel(preset, changes, async (model) => {
    use(await model.trace(text, { maxLength: 4, ...options }), model);
  });
}

/** Every number of a trace, and those that scenes make of them. */
function picksOf(trace: Trace): Pick[] {
  const picks: Pick[] = [];
  const add = (pick: Omit<Pick, "index" | "value" | "size">, values: ArrayLike<number>): void => {
    for (const index of range(values.length)) {
      picks.push({ ...pick, index, value: values[index] as number, size: values.length });
    }
  };
  for (const [tensor, { shape }] of Object.entries(trace.encoder.tensors)) {
    const rows = shape.length < 2 ? 1 : (shape[0] as number);
    for (const step of range(rows)) {
      add({ tensor, side: "encoder", step }, vectorAt(trace, "encoder", tensor, step));
    }
  }
  trace.steps.forEach(({ tensors }, step) => {
    for (const tensor of Object.keys(tensors)) {
      add({ tensor, side: "decoder", step }, vectorAt(trace, "decoder", tensor, step));
    }
    const weights = tensors["attention.weights"] as TracedTensor | undefined;
    for (const row of weights ? trace.source.tokens.keys() : []) {
      const weighted = Array.from(
        vectorAt(trace, "encoder", "memory", row),
        (number) => number * (weights?.data[row] as number),
      );
      add({ tensor: "weighted", side: "decoder", step, row }, weighted);
    }
  });
  return picks;
}

/** The number that a pick points at. */
function valueAt(trace: Trace, { side, tensor, step, index }: Pick): number {
  return vectorAt(trace, side, tensor, step)[index] as number;
}

/** What the words of an explanation leave out, in either language. */
function missingWords({ parts, results, note }: Explanation): string[] {
  const labels = [
    ...parts.flatMap(({ name, terms }) => [
      ...(name ? [name] : []),
      ...terms.map(({ label }) => label),
    ]),
    ...results.map(({ label }) => label),
    ...(note ? [note] : []),
  ];
  return labels.flatMap(({ en, zh }) =>
    en && zh && !/undefined|NaN/.test(en + zh) ? [] : [en, zh],
  );
}

/** As much of a model as explanations need. */
interface Explained {
  readonly weights: RandomModel["weights"];
}

/** Says what is wrong with the explanation of a number; null if nothing is. */
function fault(trace: Trace, model: Explained, pick: Pick): string | null {
  const explanation = explain(trace, model.weights, pick);
  if (!explanation) return "there is none";
  const { parts, rule, results, total } = explanation;
  const near = (one: number, other: number, tolerance = 1e-9) => Math.abs(one - other) <= tolerance;
  const terms = parts.flatMap(({ terms: all }) => all);
  if (!near(total, pick.value, 1e-5 * Math.max(1, Math.abs(pick.value)))) {
    return `it comes to ${total}, not ${pick.value}`;
  }
  const values = terms.map(({ value }) => value);
  const ruled =
    rule === "sum" ? values.reduce((sum, value) => sum + value, 0) : Math.max(...values);
  if (!near(ruled, results[0]?.value as number)) return `its terms come to ${ruled}`;
  if (results.at(-1)?.value !== total) return "its last line is not the number";
  for (const { label, factors, value } of terms) {
    const product = factors.reduce((all, factor) => all * factor.value, 1);
    if (factors.length > 0 && !near(product, value)) return `the product of ${label.en}`;
    for (const { pick: from } of factors) {
      if (from && from.value !== valueAt(trace, from)) return `where ${label.en} comes from`;
    }
  }
  if (!/weights$|aligned$|^context$/.test(pick.tensor)) {
    const largest = Math.max(...parts.map(({ terms: all }) => all.length));
    if (largest > shownTerms + 1) return `a part of ${largest} terms`;
  }
  const missing = missingWords(explanation);
  return missing.length > 0 ? `the words ${missing.join(", ")}` : null;
}

function faults(trace: Trace, model: Explained): string[] {
  return picksOf(trace).flatMap((pick) => {
    const found = fault(trace, model, pick);
    return found ? [`${pick.side} ${pick.tensor} ${pick.step} [${pick.index}]: ${found}`] : [];
  });
}

const ofPictures: [string, ConfigurationChanges][] = [
  ["xu2015", {}],
  ["xu2015", { layers: 2, bridge: "copy", hidden: 6, cell: "gru" }],
  ["luong2015", { encoder: "none", layers: 2, attention: "dot", embedding: 8 }],
  ["luong2015", {}],
];

test.each(ofPictures)("of a picture too, %s %o", async (preset, changes) => {
  const { model, source } = await pictureModel(preset, changes);
  try {
    const trace = await model.trace(source, { maxLength: 3 });
    expect(trace.encoder.tensors).toHaveProperty("projected_features");
    expect(faults(trace, model)).toEqual([]);
  } finally {
    await model.release();
  }
});

test.each(explainedModels)(
  "%s %o: every number is the sum that is written out",
  async (preset, changes) => {
    await withModel(preset, changes, async (model) => {
      const trace = await model.trace("a b d f g", { beam: 2, maxLength: 4 });
      expect(trace.steps.length).toBeGreaterThan(1);
      expect(faults(trace, model)).toEqual([]);
      expect(faults(await model.trace("c", { maxLength: 2 }), model)).toEqual([]);
    });
  },
);

test("a weight that was given from outside is told as one", async () => {
  const attention = new Map([[1, [0.5, 0.25, 0.25]]]);
  await traced("luong2015", {}, { text: "a b c", attention }, (trace, model) => {
    expect(trace.steps[1]?.hasGivenAttention).toBe(true);
    expect(faults(trace, model)).toEqual([]);
    const pick: Pick = {
      tensor: "attention.weights",
      side: "decoder",
      step: 1,
      index: 0,
      value: 0.5,
      size: 3,
    };
    expect(explain(trace, model.weights, pick)?.note?.en).toContain("set");
    const own = explain(trace, model.weights, { ...pick, step: 0 });
    expect(own?.parts[0]?.terms.map(({ label }) => label.en)).toEqual(["a", "b", "c"]);
  });
});

test("the window of local attention is told, and what a given weight took the place of", async () => {
  const attention = new Map([[1, [0.5, 0.25, 0.25, 0]]]);
  const local = { attentionScope: "local-p", window: 1 } as const;
  await traced("luong2015", local, { text: "a b c d", attention }, (trace, model) => {
    expect(faults(trace, model)).toEqual([]);
    const window = windowOf(trace, 0) as Window;
    const weights = vectorAt(trace, "decoder", "attention.weights", 0);
    const pick: Pick = {
      tensor: "attention.weights",
      side: "decoder",
      step: 0,
      index: 0,
      value: weights[0] as number,
      size: 4,
    };
    range(4).forEach((index) => {
      const aligned = vectorAt(trace, "decoder", "attention.aligned", 0)[index] as number;
      expect(aligned > 0).toBe(window.isInside(index));
      const told = explain(trace, model.weights, { ...pick, index }) as Explanation;
      expect(told.total).toBeCloseTo(aligned * window.gaussian(index), 6);
    });
    expect(explain(trace, model.weights, pick)?.note?.en).toContain("less than 1");
    const outside = range(4).find((index) => !window.isInside(index)) as number;
    const gone: Pick = { ...pick, tensor: "attention.aligned", index: outside, value: 0 };
    expect(explain(trace, model.weights, gone)?.note?.en).toContain("outside the window");
  });
});

test("gates are told by where they come from, and each number leads on to its own", async () => {
  await traced("luong2015", { hidden: 40 }, { text: "a b c" }, (trace, model) => {
    const tensor = "encoder.0.backward.forget_gate";
    const values = vectorAt(trace, "encoder", tensor, 1);
    const pick: Pick = {
      tensor,
      side: "encoder",
      step: 1,
      index: 7,
      value: values[7] as number,
      size: values.length,
    };
    const explanation = explain(trace, model.weights, pick) as Explanation;
    expect(explanation.formula).toBe("f = σ(x·W + h₋₁·U + b)");
    expect(explanation.results.map(({ label }) => label.en)).toEqual(["Σ", "σ(Σ)"]);
    // The backward half has read c before b.
    expect(explanation.parts.map(({ name }) => name?.en)).toEqual([
      "From the input: the embedding of “b”",
      "From the hidden state after “c”",
      "bias",
    ]);
    const recurrent = explanation.parts[1]?.terms ?? [];
    expect(recurrent.length).toBe(shownTerms + 1);
    expect(recurrent.at(-1)?.label).toEqual({ en: "14 others", zh: "其余 14 项" });
    const [first] = recurrent[0]?.factors ?? [];
    expect(first?.pick).toMatchObject({ tensor: "encoder.0.backward.hidden_state", step: 2 });
  });
});

test("the states that layers hand on are explained as well", async () => {
  const layers = { layers: 2, encoderLayers: 2 };
  await traced("luong2015", layers, { text: "a b c" }, (trace, model) => {
    const pick: Pick = {
      tensor: "joined.0",
      side: "encoder",
      step: 1,
      index: 5,
      value: 0,
      size: 8,
    };
    const known = refreshed(trace, pick) as Pick;
    expect(known.value).toBe(vectorAt(trace, "encoder", "encoder.0.backward.hidden_state", 1)[1]);
    expect(fault(trace, model, known)).toBeNull();
    const zero = { ...pick, tensor: "encoder.0.forward.hidden_state", step: -1 };
    expect(explain(trace, model.weights, zero)?.total).toBe(0);
  });
});

test("a pick is read again from another trace, as long as that has its place", async () => {
  await traced("luong2015", {}, { text: "a b c" }, (trace) => {
    const pick: Pick = {
      tensor: "context",
      side: "decoder",
      step: 1,
      index: 2,
      value: 99,
      size: 1,
    };
    const size = trace.model.hidden;
    const value = vectorAt(trace, "decoder", "context", 1)[2];
    expect(refreshed(trace, pick)).toEqual({ ...pick, value, size });
    expect(refreshed(trace, { ...pick, step: 50 })).toBeNull();
    expect(refreshed(trace, { ...pick, index: size })).toBeNull();
    const handed = { ...pick, tensor: "state.0", step: 0 };
    expect(refreshed(trace, handed)?.value).toBe(trace.encoder.tensors["state.0"]?.data[2]);
    const weighted = { ...pick, tensor: "weighted", row: 2 };
    expect(refreshed(trace, weighted)?.value).toBe(valuesOf(trace, weighted)[2]);
    expect(refreshed(trace, { ...weighted, row: 3 })).toBeNull();
    // What a scene makes stays as it is; what this model has not is gone.
    expect(refreshed(trace, { ...pick, tensor: "mood" })?.value).toBe(99);
    for (const tensor of ["readout.sums", "context_gate", "source_convolution"]) {
      expect(refreshed(trace, { ...pick, tensor })).toBeNull();
    }
  });
});

test("what is in no trace has no explanation", async () => {
  await traced("luong2015", {}, { text: "a" }, (trace, model) => {
    const pick: Pick = { tensor: "mood", side: "decoder", step: 0, index: 0, value: 1, size: 1 };
    expect(explain(trace, model.weights, pick)).toBeNull();
    expect(explain(trace, model.weights, { ...pick, side: "encoder" })).toBeNull();
    expect(explain(trace, model.weights, { ...pick, tensor: "context", step: 99 })).toBeNull();
  });
});
