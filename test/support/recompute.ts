/**
 * @file Recomputes a translation independently, in float64, from a trace and the model's weights alone: nothing
 * here uses the graphs. Each step starts from the trace's values of the previous step, so that errors do not
 * accumulate. Names are those of the trace (`docs/trace.md`).
 */

import { startId } from "../../src/tensor/specialIds.ts";
import type { Trace, TracedTensors } from "../../src/trace/trace.ts";
import type { LastStates, Recomputed, Vector, Weights } from "./recomputeParts.ts";
import {
  attention,
  bridged,
  cellStep,
  joined,
  keyOf,
  outputLogits,
  projected,
  stateNames,
  statesBefore,
} from "./recomputeParts.ts";
import { add, range, row, sigmoid, softmax, tanh, times } from "./vectors.ts";

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
  const entering = model.sourceConvolution > 0 ? convolved(trace, weights, embedded) : embedded;
  if (model.sourceConvolution > 0) found["source_convolution"] = entering.flat();
  const isResidual = (layer: number) => model.residualFrom > 0 && layer >= model.residualFrom;
  /** Runs a layer's cell in one direction; returns its outputs and its final states. */
  const run = (name: string, layer: number, inputs: readonly Vector[], size: number) => {
    const isBackward = name.endsWith(".backward");
    let states = stateNames(model).map((): Vector => range(size).map(() => 0));
    const rows: Record<string, number[][]> = {};
    const outputs: Vector[] = inputs.map(() => []);
    for (const position of isBackward ? order.toReversed() : order) {
      const drive = projected(weights, name, inputs[position] as Vector);
      const step = cellStep(trace, weights, name, { drive, states });
      for (const [each, values] of Object.entries(step)) {
        const all = rows[each] ?? [];
        rows[each] = all;
        all[position] = values;
      }
      states = stateNames(model).map((each) => row(tensors[`${name}.${each}`], position));
      outputs[position] = row(tensors[`${name}.hidden_state`], position);
    }
    for (const [each, values] of Object.entries(rows)) found[`${name}.${each}`] = values.flat();
    return { outputs: residual(name, layer, inputs, outputs), states };
  };
  const residual = (
    name: string,
    layer: number,
    inputs: readonly Vector[],
    outputs: readonly Vector[],
  ): readonly Vector[] => {
    if (!isResidual(layer)) return outputs;
    const sums = outputs.map((output, position) => add(inputs[position] as Vector, output));
    found[`${name}.output`] = sums.flat();
    return sums.map((_, position) => row(tensors[`${name}.output`], position));
  };
  const join = (one: readonly Vector[], other: readonly Vector[]): Vector[] =>
    one.map((values, position) => [...values, ...(other[position] as Vector)]);
  const stacked = model.bidirectionalStacks ? model.encoderLayers / 2 : model.encoderLayers;
  const depth = model.encoder === "none" ? 0 : stacked;
  const layers: LastStates[] = [];
  let inputs: readonly Vector[] = entering;
  let backwardInputs: readonly Vector[] = entering;
  for (let layer = 0; layer < depth; layer++) {
    const name = `encoder.${layer}`;
    const isBothAbove = model.bidirectionalStacks || model.bidirectionalLayers;
    const size = layer === 0 || isBothAbove ? model.encoderHidden : model.hidden;
    if (!model.bidirectional || (layer > 0 && !isBothAbove)) {
      const { outputs, states } = run(name, layer, inputs, size);
      inputs = outputs;
      layers.push({ forward: states, backward: null });
      continue;
    }
    const forward = run(`${name}.forward`, layer, inputs, size);
    const from = model.bidirectionalStacks ? backwardInputs : inputs;
    const backward = run(`${name}.backward`, layer, from, size);
    layers.push({ forward: forward.states, backward: backward.states });
    const isTop = layer === depth - 1;
    inputs =
      model.bidirectionalStacks && !isTop
        ? forward.outputs
        : join(forward.outputs, backward.outputs);
    backwardInputs = backward.outputs;
  }
  if (model.encoder === "none") {
    const mean = entering.reduce(add).map((value) => value / entering.length);
    const forward = stateNames(model).map(() => mean);
    for (const _ of range(model.layers)) layers.push({ forward, backward: null });
  }
  if (model.attention !== "none") {
    found["memory"] = inputs.flat();
    found["keys"] = inputs.flatMap((values, position) => keyOf(trace, weights, values, position));
  } else if (model.attentionPlace === "before") {
    const last = joined(layers.at(-1) as LastStates)[0] as Vector;
    const isLinear = model.summary === "linear";
    found["summary"] = isLinear ? tanh(times(last, weights.get("bridge.V"))) : [...last];
  }
  bridged(trace, weights, layers).forEach((state, index) => {
    found[`state.${index}`] = [...state];
  });
  return found;
}

/** A convolution over the embeddings in reading order, with zeros beyond the ends. */
function convolved(
  { model, encoder }: Trace,
  weights: Weights,
  rows: readonly Vector[],
): number[][] {
  const { sourceConvolution: width, embedding } = model;
  const { order } = encoder;
  const found: number[][] = [];
  order.forEach((position, step) => {
    const read = range(width).flatMap((tap) => {
      const from = order[step - Math.floor((width - 1) / 2) + tap];
      return from === undefined ? range(embedding).map(() => 0) : [...(rows[from] as Vector)];
    });
    const product = times(read, weights.get("source_convolution.W"));
    found[position] = add(product, row(weights.get("source_convolution.bias")));
  });
  return found;
}

/** tanh(f W + b) + p for each place with features f. */
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
  const isNothing = model.startInput === "zero" && recorded.inputId === startId;
  const looked = row(weights.get("target_embedding"), recorded.inputId);
  const embedding = isNothing ? looked.map(() => 0) : looked;
  found["embedding"] = embedding;
  const before = statesBefore(trace, step);
  const look = (query: Vector): Vector => {
    Object.assign(found, attention(trace, weights, query, step));
    if (recorded.hasGivenAttention) {
      found["attention.own_weights"] = found["attention.weights"] as number[];
      found["attention.weights"] = row(recorded.tensors["attention.weights"]);
    }
    const { memory } = trace.encoder.tensors;
    const context = (found["attention.weights"] as number[])
      .map((weight, position) => row(memory, position).map((value) => weight * value))
      .reduce(add);
    found["context"] = context;
    return context;
  };
  const { attentionPlace: place } = model;
  const isFixed = place === "before" && model.attention === "none";
  let context: Vector | null = isFixed ? row(trace.encoder.tensors["summary"]) : null;
  if (place === "before" && !isFixed) {
    const asking = model.queryLayer === "top" ? before.layers.at(-1) : before.layers[0];
    const state = asking?.[0] as Vector;
    context = look(state);
    if (model.contextGate) {
      const bias = row(weights.get("attention.gate.bias"));
      const gate = sigmoid(add(times(state, weights.get("attention.gate.W")), bias));
      found["context_gate"] = gate;
      found["gated_context"] = context.map((value) => value * (gate[0] as number));
      context = found["gated_context"];
    }
  }
  let below = embedding;
  before.layers.forEach((states, layer) => {
    const name = `decoder.${layer}`;
    let drive = projected(weights, name, below);
    const isPrevious = layer === 0 || model.upperContext === "previous";
    const isLeftOut = layer > 0 && model.upperContext === "none";
    const shared = isLeftOut ? null : context;
    const entering = place === "between" && isPrevious ? before.fed : shared;
    if (place !== "after" && entering) {
      drive = add(drive, times(entering, weights.get(`${name}.weight_context`)));
    } else if (before.fed && layer === 0) {
      drive = add(drive, times(before.fed, weights.get(`${name}.weight_feed`)));
    }
    const cell = cellStep(trace, weights, name, { drive, states });
    for (const [each, values] of Object.entries(cell)) found[`${name}.${each}`] = values;
    const hidden = cell["hidden_state"] as number[];
    const isResidual = layer > 0 && model.residualFrom > 0 && layer >= model.residualFrom;
    if (isResidual) found[`${name}.output`] = add(below, hidden);
    below = isResidual ? (found[`${name}.output`] as number[]) : hidden;
    if (layer === 0 && place === "between") context = look(hidden);
  });
  let readout = [...below];
  if (model.readout === "maxout") {
    const part = (name: string, x: Vector) => times(x, weights.get(`readout.${name}`));
    const isPrevious = model.readoutState === "previous";
    const state = isPrevious ? (before.layers.at(-1)?.[0] as Vector) : below;
    const sums = add(
      add(part("U_o", state), part("V_o", embedding)),
      part("C_o", context as unknown as Vector),
    );
    found["readout.sums"] = sums;
    readout = range(model.maxout).map((unit) =>
      Math.max(sums[2 * unit] as number, sums[2 * unit + 1] as number),
    );
  } else if (model.readout === "concat") {
    const mixed = place === "after" ? look(below) : (context as unknown as Vector);
    readout = [...below, ...mixed, ...embedding];
  } else if (model.readout !== "none") {
    const product = times([...look(below), ...below], weights.get("attention.W_c"));
    readout = model.readout === "linear" ? product : tanh(product);
    found["attentional_vector"] = readout;
  }
  if (model.outputRank > 0) {
    found["readout.units"] = readout;
    readout = times(readout, weights.get("output.factor"));
  }
  found["readout"] = readout;
  const logits = outputLogits(trace, weights, readout);
  found["logits"] = logits;
  found["probabilities"] = softmax(logits);
  found["log_probabilities"] = found["probabilities"].map(Math.log);
  return found;
}

/** A value of a trace that differs from its recomputed value. */
export interface Difference {
  /** For example `steps.2.tensors.context.5`. */
  readonly place: string;
  readonly traced: number;
  readonly recomputed: number;
}

/**
 * Recomputes a whole trace and returns all differences above `tolerance`, including names. The result is empty if
 * everything in the trace follows from the weights.
 */
export function traceDifferences(trace: Trace, weights: Weights, tolerance = 1e-5): Difference[] {
  const differences: Difference[] = [];
  const compare = (place: string, traced: number, recomputed: number): void => {
    // A comparison with NaN is false.
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
