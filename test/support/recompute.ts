/**
 * @file A translation computed again by hand, in float64, from what a trace shows and the model's weights
 * alone: nothing here comes from the graphs. Each step starts from what the trace has of the step before,
 * so that errors do not add up. Names are those of the trace (`docs/trace.md`).
 */

import type { Trace, TracedTensors } from "../../src/trace/trace.ts";
import { add, multiply, range, row, sigmoid, softmax, sum, tanh, times } from "./vectors.ts";

/** A model's weights by name, as `LoadedModel.weights` has them. */
export type Weights = ReadonlyMap<
  string,
  { readonly shape: readonly number[]; readonly data: ArrayLike<number> | BigInt64Array }
>;

/** Recomputed values by name, row-major. */
export type Recomputed = Record<string, number[]>;

type Vector = readonly number[];

/** All tensors of `trace.encoder.tensors`. */
export function recomputeEncoder(trace: Trace, weights: Weights): Recomputed {
  const { model, source } = trace;
  const { order, tensors } = trace.encoder;
  const found: Recomputed = {};
  const embedded =
    model.sourceInput === "features"
      ? embeddedFeatures(trace, weights, found)
      : source.ids.map((id) => row(weights.get("source_embedding"), id));
  found["source_embedding"] = embedded.flat();
  const lastStates: Vector[] = [];
  let firstBackward: Vector = [];
  let inputs: Vector[] = embedded;
  const layers = model.encoder === "none" ? 0 : model.layers;
  for (let layer = 0; layer < layers; layer++) {
    const isBoth = layer === 0 && model.bidirectional;
    const directions = isBoth ? [".forward", ".backward"] : [""];
    const outputs: Vector[] = inputs.map(() => []);
    const last: Vector[][] = directions.map((direction) => {
      const name = `encoder.${layer}${direction}`;
      const read = direction === ".backward" ? order.toReversed() : order;
      const size = layer === 0 ? model.encoderHidden : model.hidden;
      let states = stateNames(model).map((): Vector => range(size).map(() => 0));
      const rows: Record<string, number[][]> = {};
      for (const position of read) {
        const drive = projected(weights, name, inputs[position] as Vector);
        const step = cellStep(trace, weights, name, drive, states);
        for (const [each, values] of Object.entries(step)) {
          const all = rows[each] ?? [];
          rows[each] = all;
          all[position] = values;
        }
        states = stateNames(model).map((each) => row(tensors[`${name}.${each}`], position));
      }
      for (const [each, values] of Object.entries(rows)) found[`${name}.${each}`] = values.flat();
      source.ids.forEach((_, position) => {
        const hidden = row(tensors[`${name}.hidden_state`], position);
        outputs[position] = [...(outputs[position] as Vector), ...hidden];
      });
      if (direction === ".backward") firstBackward = states[0] as Vector;
      return states;
    });
    inputs = outputs;
    stateNames(model).forEach((_, state) => {
      lastStates.push(last.flatMap((states) => states[state] as Vector));
    });
  }
  if (model.encoder === "none") {
    const mean = embedded.reduce(add).map((value) => value / embedded.length);
    for (const _ of range(model.layers * stateNames(model).length)) lastStates.push(mean);
  }
  if (model.attention !== "none") {
    found["memory"] = inputs.flat();
    found["keys"] = inputs.flatMap((values) => keyOf(trace, weights, values));
  }
  bridged(trace, weights, lastStates, firstBackward).forEach((state, index) => {
    found[`state.${index}`] = [...state];
  });
  return found;
}

/** tanh(f W + b) + p of each place, whose features are given. */
function embeddedFeatures(trace: Trace, weights: Weights, found: Recomputed): number[][] {
  const { source, encoder } = trace;
  const features = encoder.tensors["source_features"];
  const rows = source.ids.map((_, place) => row(features, place));
  const bias = row(weights.get("features.bias"));
  const projections = rows.map((each) => tanh(add(times(each, weights.get("features.W")), bias)));
  found["source_features"] = rows.flat();
  found["projected_features"] = projections.flat();
  return source.ids.map((id, place) =>
    add(projections[place] as number[], row(weights.get("position_embedding"), id)),
  );
}

/** All tensors of `trace.steps[step].tensors`, and `probabilities`, the softmax of the logits. */
export function recomputeStep(trace: Trace, weights: Weights, step: number): Recomputed {
  const { model } = trace;
  const recorded = trace.steps[step] as Trace["steps"][number];
  const found: Recomputed = {};
  const embedding = row(weights.get("target_embedding"), recorded.inputId);
  found["embedding"] = embedding;
  const before = statesBefore(trace, step);
  const look = (query: Vector): Vector => {
    Object.assign(found, attention(trace, weights, query));
    const own = softmax(found["attention.scores"] as number[]);
    found["attention.weights"] = own;
    if (recorded.hasGivenAttention) {
      found["attention.own_weights"] = own;
      found["attention.weights"] = row(recorded.tensors["attention.weights"]);
    }
    const { memory } = trace.encoder.tensors;
    const context = (found["attention.weights"] as number[])
      .map((weight, position) => row(memory, position).map((value) => weight * value))
      .reduce(add);
    found["context"] = context;
    return context;
  };
  const isBefore = model.attentionPlace === "before";
  const previous = before.layers[0]?.[0] as Vector;
  let drive = projected(weights, "decoder.0", embedding);
  const context = isBefore ? look(previous) : null;
  if (context) drive = add(drive, times(context, weights.get("decoder.0.weight_context")));
  if (before.fed) drive = add(drive, times(before.fed, weights.get("decoder.0.weight_feed")));
  let hidden: Vector = [];
  before.layers.forEach((states, layer) => {
    const name = `decoder.${layer}`;
    if (layer > 0) drive = projected(weights, name, hidden);
    const cell = cellStep(trace, weights, name, drive, states);
    for (const [each, values] of Object.entries(cell)) found[`${name}.${each}`] = values;
    hidden = cell["hidden_state"] as number[];
  });
  let readout = [...hidden];
  if (context) {
    const part = (name: string, x: Vector) => times(x, weights.get(`readout.${name}`));
    const sums = add(add(part("U_o", previous), part("V_o", embedding)), part("C_o", context));
    found["readout.sums"] = sums;
    readout = range(model.maxout).map((unit) =>
      Math.max(sums[2 * unit] as number, sums[2 * unit + 1] as number),
    );
  } else if (model.attention !== "none") {
    readout = tanh(times([...look(hidden), ...hidden], weights.get("attention.W_c")));
    found["attentional_vector"] = readout;
  }
  found["readout"] = readout;
  const logits = outputLogits(trace, weights, readout);
  found["logits"] = logits;
  found["probabilities"] = softmax(logits);
  found["log_probabilities"] = found["probabilities"].map(Math.log);
  return found;
}

/** A value of a trace that differs from the recomputed one. */
export interface Difference {
  /** Such as `steps.2.tensors.context.5`. */
  readonly place: string;
  readonly traced: number;
  readonly recomputed: number;
}

/**
 * Recomputes a whole trace and yields what differs by more than `tolerance`, be it in a name. Empty if
 * everything that the trace shows follows from the weights.
 */
export function traceDifferences(trace: Trace, weights: Weights, tolerance = 1e-5): Difference[] {
  const differences: Difference[] = [];
  const compare = (place: string, traced: number, recomputed: number): void => {
    // A comparison with what is no number is false.
    if (!(Math.abs(traced - recomputed) <= tolerance)) {
      differences.push({ place, traced, recomputed });
    }
  };
  const compareTensors = (place: string, traced: TracedTensors, found: Recomputed): void => {
    for (const name of new Set([...Object.keys(traced), ...Object.keys(found)])) {
      const [one, other] = [traced[name]?.data ?? [], found[name] ?? []];
      range(Math.max(one.length, other.length)).forEach((at) => {
        compare(`${place}.${name}.${at}`, one[at] as number, other[at] as number);
      });
    }
  };
  if (trace.steps.length === 0) return differences;
  compareTensors("encoder.tensors", trace.encoder.tensors, recomputeEncoder(trace, weights));
  trace.steps.forEach(({ tensors, candidates }, step) => {
    const { probabilities = [], ...found } = recomputeStep(trace, weights, step);
    compareTensors(`steps.${step}.tensors`, tensors, found);
    candidates.forEach(({ id, logit, probability, logProbability }, rank) => {
      const place = `steps.${step}.candidates.${rank}`;
      compare(`${place}.logit`, logit, found["logits"]?.[id] as number);
      compare(`${place}.probability`, probability, probabilities[id] as number);
      compare(`${place}.logProbability`, logProbability, Math.log(probabilities[id] as number));
    });
  });
  return differences;
}

function stateNames({ cell }: Trace["model"]): string[] {
  return cell === "lstm" ? ["hidden_state", "cell_state"] : ["hidden_state"];
}

/** What the decoder carries into a step: each layer's states, and the attentional vector that is fed. */
function statesBefore(trace: Trace, step: number): { layers: Vector[][]; fed: Vector | null } {
  const { model, encoder, steps } = trace;
  const names = stateNames(model);
  const before = steps[step - 1]?.tensors;
  const layers = range(model.layers).map((layer) =>
    names.map((name, state) =>
      before
        ? row(before[`decoder.${layer}.${name}`])
        : row(encoder.tensors[`state.${layer * names.length + state}`]),
    ),
  );
  const first = encoder.tensors[`state.${model.layers * names.length}`];
  const fed = row(before ? before["attentional_vector"] : first);
  return { layers, fed: model.inputFeeding ? fed : null };
}

/** W x + b of a cell, for all of its gates. */
function projected(weights: Weights, name: string, x: Vector): number[] {
  return add(times(x, weights.get(`${name}.weight_ih`)), row(weights.get(`${name}.bias`)));
}

/** One step of an LSTM (gates i, f, g, o) or a GRU (r, z, n). */
function cellStep(
  { model }: Trace,
  weights: Weights,
  name: string,
  drive: Vector,
  [h = [], c = []]: readonly Vector[],
): Recomputed {
  const size = h.length;
  const part = (sums: Vector, index: number) => sums.slice(index * size, (index + 1) * size);
  if (model.cell === "lstm") {
    const sums = add(drive, times(h, weights.get(`${name}.weight_hh`)));
    const [input_gate, forget_gate] = [sigmoid(part(sums, 0)), sigmoid(part(sums, 1))];
    const [candidate, output_gate] = [tanh(part(sums, 2)), sigmoid(part(sums, 3))];
    const cell_state = add(multiply(forget_gate, c), multiply(input_gate, candidate));
    const hidden_state = multiply(output_gate, tanh(cell_state));
    return { input_gate, forget_gate, candidate, output_gate, cell_state, hidden_state };
  }
  const recurrent = times(h, weights.get(`${name}.weight_hh_gates`));
  const reset_gate = sigmoid(add(part(drive, 0), part(recurrent, 0)));
  const update_gate = sigmoid(add(part(drive, 1), part(recurrent, 1)));
  const inner = times(multiply(reset_gate, h), weights.get(`${name}.weight_hh_candidate`));
  const candidate = tanh(add(part(drive, 2), inner));
  const rest = update_gate.map((gate) => 1 - gate);
  const hidden_state = add(multiply(update_gate, h), multiply(rest, candidate));
  return { reset_gate, update_gate, candidate, hidden_state };
}

/** What an encoder state is to the scores. */
function keyOf({ model }: Trace, weights: Weights, state: Vector): number[] {
  if (model.attention === "dot") return [...state];
  return times(state, weights.get(`attention.${model.attention === "general" ? "W_a" : "U_a"}`));
}

function attention(trace: Trace, weights: Weights, query: Vector): Recomputed {
  const { keys } = trace.encoder.tensors;
  const rows = trace.source.ids.map((_, position) => row(keys, position));
  if (trace.model.attention === "dot" || trace.model.attention === "general") {
    return { "attention.scores": rows.map((key) => sum(multiply(query, key))) };
  }
  const projectedQuery = times(query, weights.get("attention.W_a"));
  return {
    "attention.projected_query": projectedQuery,
    "attention.scores": rows.flatMap((key) =>
      times(tanh(add(projectedQuery, key)), weights.get("attention.v_a")),
    ),
  };
}

function bridged(
  { model }: Trace,
  weights: Weights,
  last: readonly Vector[],
  firstBackward: Vector,
): Vector[] {
  const linear = (name: string, x: Vector) => times(x, weights.get(`bridge.${name}`));
  const states =
    model.bridge === "firstBackward"
      ? range(model.layers).map(() => tanh(linear("W_s", firstBackward)))
      : model.bridge === "copy"
        ? [...last]
        : last.map((state, index) =>
            tanh(add(linear(`${index}`, state), row(weights.get(`bridge.${index}.bias`)))),
          );
  return model.inputFeeding ? [...states, range(model.hidden).map(() => 0)] : states;
}

function outputLogits({ model }: Trace, weights: Weights, readout: Vector): number[] {
  const table = weights.get("target_embedding");
  const logits = model.tiedEmbeddings
    ? range(model.targetVocabulary).map((id) => sum(multiply(readout, row(table, id))))
    : times(readout, weights.get("output.weight"));
  return model.outputBias ? add(logits, row(weights.get("output.bias"))) : logits;
}
