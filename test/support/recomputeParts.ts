/** @file The parts of a recomputed translation: cells, attention, bridge and output layer in float64. */

import type { Trace } from "../../src/trace/trace.ts";
import { add, multiply, range, row, sigmoid, softmax, sum, tanh, times } from "./vectors.ts";

/** A model's weights by name, as in `LoadedModel.weights`. */
export type Weights = ReadonlyMap<
  string,
  { readonly shape: readonly number[]; readonly data: ArrayLike<number> | BigInt64Array }
>;

/** Recomputed values by name, row-major. */
export type Recomputed = Record<string, number[]>;

/** A row of numbers. */
export type Vector = readonly number[];

/** The final states of an encoder layer in each direction. */
export interface LastStates {
  readonly forward: readonly Vector[];
  readonly backward: readonly Vector[] | null;
}

/** The states of both directions, concatenated. */
export const joined = ({ forward, backward }: LastStates): Vector[] =>
  forward.map((state, index) => (backward ? [...state, ...(backward[index] as Vector)] : state));

/** The names in a trace of the states that a cell carries. */
export function stateNames({ cell }: Trace["model"]): string[] {
  return cell === "lstm" ? ["hidden_state", "cell_state"] : ["hidden_state"];
}

/** The decoder's input states of a step: each layer's states, and the fed-back vector. */
export function statesBefore(
  trace: Trace,
  step: number,
): { layers: Vector[][]; fed: Vector | null } {
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
  const fedName = model.attentionPlace === "between" ? "context" : "attentional_vector";
  const fed = row(before ? before[fedName] : first);
  return { layers, fed: model.inputFeeding ? fed : null };
}

/** W x + b of a cell, for all its gates. */
export function projected(weights: Weights, name: string, x: Vector): number[] {
  const product = times(x, weights.get(`${name}.weight_ih`));
  const bias = weights.get(`${name}.bias`);
  return bias ? add(product, row(bias)) : product;
}

/** One step of an LSTM (gates i, f, g, o), a GRU (r, z, n) or a plain recurrent network. */
export function cellStep(
  { model }: Trace,
  weights: Weights,
  name: string,
  {
    drive,
    states: [h = [], c = []],
  }: { readonly drive: Vector; readonly states: readonly Vector[] },
): Recomputed {
  const size = h.length;
  const part = (sums: Vector, index: number) => sums.slice(index * size, (index + 1) * size);
  if (model.cell === "rnn") {
    return { hidden_state: tanh(add(drive, times(h, weights.get(`${name}.weight_hh`)))) };
  }
  if (model.cell === "lstm") {
    const sums = add(drive, times(h, weights.get(`${name}.weight_hh`)));
    const [input_gate, forget_gate] = [sigmoid(part(sums, 0)), sigmoid(part(sums, 1))];
    const [candidate, output_gate] = [tanh(part(sums, 2)), sigmoid(part(sums, 3))];
    const free = add(multiply(forget_gate, c), multiply(input_gate, candidate));
    const limit = model.cellClip || Number.POSITIVE_INFINITY;
    const cell_state = free.map((value) => Math.max(-limit, Math.min(limit, value)));
    const hidden_state = multiply(output_gate, tanh(cell_state));
    return { input_gate, forget_gate, candidate, output_gate, cell_state, hidden_state };
  }
  if (model.resetGate === "after") {
    const product = times(h, weights.get(`${name}.weight_hh`));
    const bias = weights.get(`${name}.bias_hh`);
    const sums = bias ? add(product, row(bias)) : product;
    const reset_gate = sigmoid(add(part(drive, 0), part(sums, 0)));
    const update_gate = sigmoid(add(part(drive, 1), part(sums, 1)));
    const candidate = tanh(add(part(drive, 2), multiply(reset_gate, part(sums, 2))));
    return gruStep(h, reset_gate, update_gate, candidate);
  }
  const recurrent = times(h, weights.get(`${name}.weight_hh_gates`));
  const reset_gate = sigmoid(add(part(drive, 0), part(recurrent, 0)));
  const update_gate = sigmoid(add(part(drive, 1), part(recurrent, 1)));
  const inner = times(multiply(reset_gate, h), weights.get(`${name}.weight_hh_candidate`));
  const candidate = tanh(add(part(drive, 2), inner));
  return gruStep(h, reset_gate, update_gate, candidate);
}

function gruStep(
  h: Vector,
  reset_gate: number[],
  update_gate: number[],
  candidate: number[],
): Recomputed {
  const rest = update_gate.map((gate) => 1 - gate);
  const hidden_state = add(multiply(update_gate, h), multiply(rest, candidate));
  return { reset_gate, update_gate, candidate, hidden_state };
}

const products = ["general", "scaledGeneral"];

/** The key that scores compare with, for an encoder state. */
export function keyOf(
  { model }: Trace,
  weights: Weights,
  state: Vector,
  position: number,
): number[] {
  if (model.attention === "dot") return [...state];
  if (model.attention === "location") {
    return row(weights.get("attention.W_a"), Math.min(position, model.locations - 1));
  }
  return times(
    state,
    weights.get(`attention.${products.includes(model.attention) ? "W_a" : "U_a"}`),
  );
}

/** Scores and weights of a query, with intermediate values. */
export function attention(trace: Trace, weights: Weights, query: Vector, step: number): Recomputed {
  const found = scores(trace, weights, query);
  const all = found["attention.scores"] as number[];
  const { attentionScope: scope, window } = trace.model;
  if (scope === "global") return { ...found, "attention.weights": softmax(all) };
  const length = all.length;
  const centre =
    scope === "local-m" ? Math.min(step, length - 1 + window) : length * predicted(weights, query);
  const distance = all.map((_, position) => Math.abs(position - centre));
  const inside = all.map((score, at) =>
    (distance[at] as number) <= window ? score : Number.NEGATIVE_INFINITY,
  );
  const aligned = softmax(inside);
  if (scope === "local-m") {
    return { ...found, "attention.centre": [centre], "attention.weights": aligned };
  }
  const deviation = window / 2;
  const gaussian = distance.map((value) => Math.exp(-(value ** 2) / (2 * deviation ** 2)));
  return {
    ...found,
    "attention.centre": [centre],
    "attention.aligned": aligned,
    "attention.weights": multiply(aligned, gaussian),
  };
}

/** The position predicted by local-p, from 0 to 1 within the sentence. */
function predicted(weights: Weights, query: Vector): number {
  const inner = tanh(times(query, weights.get("attention.W_p")));
  return sigmoid(times(inner, weights.get("attention.v_p")))[0] as number;
}

function scores(trace: Trace, weights: Weights, query: Vector): Recomputed {
  const { attention: kind, locations } = trace.model;
  const { keys } = trace.encoder.tensors;
  const rows = trace.source.ids.map((_, position) => row(keys, position));
  const gain = weights.get("attention.g");
  if (kind === "location") {
    const known = (at: number, score: number) => (at < locations ? score : -1e9);
    return { "attention.scores": rows.map((key, at) => known(at, sum(multiply(query, key)))) };
  }
  if (kind === "dot" || products.includes(kind)) {
    const scale = kind === "scaledGeneral" ? (row(gain)[0] as number) : 1;
    return { "attention.scores": rows.map((key) => scale * sum(multiply(query, key))) };
  }
  const product = times(query, weights.get("attention.W_a"));
  const bias = weights.get("attention.b");
  const projectedQuery = bias ? add(product, row(bias)) : product;
  const outward = weights.get("attention.v_a");
  const v = range(outward?.shape[0] ?? 0).map((unit) => Number(outward?.data[unit]));
  const scale = kind === "normedAdditive" ? (row(gain)[0] as number) / Math.hypot(...v) : 1;
  return {
    "attention.projected_query": projectedQuery,
    "attention.scores": rows.map((key) => scale * sum(multiply(v, tanh(add(projectedQuery, key))))),
  };
}

/** The decoder's initial states. */
export function bridged(
  { model, encoder }: Trace,
  weights: Weights,
  layers: readonly LastStates[],
): Vector[] {
  const linear = (name: string, x: Vector) => tanh(times(x, weights.get(`bridge.${name}`)));
  const forAll = (state: Vector): Vector[] => range(model.layers).map(() => state);
  const zero = (size: number): Vector => range(size).map(() => 0);
  const first = (): Vector[] => {
    switch (model.bridge) {
      case "copy":
        return layers.flatMap(joined);
      case "linear":
        return layers.flatMap(joined).map((state, index) => {
          const product = times(state, weights.get(`bridge.${index}`));
          const bias = weights.get(`bridge.${index}.bias`);
          const made = model.bridgeBias ? add(product, row(bias)) : product;
          return model.bridgeActivation === "tanh" ? tanh(made) : made;
        });
      case "firstBackward":
        return forAll(linear("W_s", layers[0]?.backward?.[0] as Vector));
      case "backward":
        return layers.flatMap(({ forward, backward }) => backward ?? forward);
      case "interleave":
        return layers.flatMap(({ forward, backward }) => [...forward, ...(backward ?? [])]);
      case "summary":
        return forAll(linear("V_prime", row(encoder.tensors["summary"])));
      case "zero":
        return range(model.layers * stateNames(model).length).map(() => zero(model.hidden));
    }
  };
  const memory = encoder.tensors["memory"]?.shape[1] as number;
  const fed = model.attentionPlace === "between" ? memory : model.hidden;
  return [
    ...first(),
    ...(model.inputFeeding ? [zero(fed)] : []),
    ...(model.attentionScope === "local-m" ? [zero(1)] : []),
  ];
}

/** The logits of all words. */
export function outputLogits({ model }: Trace, weights: Weights, readout: Vector): number[] {
  const table = weights.get("target_embedding");
  const logits = model.tiedEmbeddings
    ? range(model.targetVocabulary).map((id) => sum(multiply(readout, row(table, id))))
    : times(readout, weights.get("output.weight"));
  return model.outputBias ? add(logits, row(weights.get("output.bias"))) : logits;
}
