/** @file Computes the states that attention reads and those for the bridge from the source. */

import { concatenate, shift } from "../graph/operators/arrange.ts";
import { add, divide } from "../graph/operators/elementwise.ts";
import { affine } from "../graph/operators/matMul.ts";
import { unsqueeze } from "../graph/operators/reshape.ts";
import { cast, greater, masked } from "../graph/operators/select.ts";
import { reduceSum } from "../graph/operators/sumAndExpand.ts";
import { withScope } from "../graph/scope.ts";
import type { Tensor } from "../graph/tensor.ts";
import { zeros } from "../nn/parameters.ts";
import { prefixed } from "../nn/prefixed.ts";
import type { LayerResult } from "../nn/recurrent.ts";
import { bidirectionalLayer, recurrentLayer } from "../nn/recurrent.ts";
import { required } from "../tensor/required.ts";
import type { ModelParts } from "./parts.ts";
import type { EncoderCell, EncoderPart } from "./wiring.ts";
import { wiringOf } from "./wiring.ts";

/** The results of the encoder's layers. */
export interface EncoderOutputs {
  /** The top layer's outputs `[source, batch, size]`. */
  readonly outputs: Tensor;
  /** Each cell's final states by its name, `[batch, size]`; the last step of a backward cell is at the first word. */
  readonly states: Readonly<Record<string, readonly Tensor[]>>;
  /** Without recurrent layers, the mean of the source, which replaces all final states; null with them. */
  readonly mean: Tensor | null;
}

/** The final states of some cells, concatenated: `[batch, size]`; hidden states are state 0. */
export function finalState(
  { states, mean }: EncoderOutputs,
  cells: readonly string[],
  state: number,
): Tensor {
  return (
    mean ??
    concatenate(
      cells.map((name) => required(states[name]?.[state], name)),
      -1,
    )
  );
}

/**
 * Runs the encoder's layers.
 *
 * @param source int32 `[source, batch]`, 0 at padding.
 * @param record receives `source_embedding` `[source, batch, embedding]`, `source_convolution` of the same shape if there
 *   is a convolution, and the recorded values of each layer's
 *   cells, `[source, batch, hidden]`, such as `encoder.0.forward.input_gate` or `encoder.1.input_gate`; for residual
 *   layers also `encoder.2.output`, the sum of input and hidden state. If it is null, nothing is recorded, and the
 *   loops stack no more than they need. For features, also `projected_features`, to which the places'
 *   embeddings are added.
 * @param features `[source, batch, size]` if the model reads features; `source` then contains the places.
 */
export function readSource(
  parts: ModelParts,
  source: Tensor,
  record: Record<string, Tensor> | null = null,
  features: Tensor | null = null,
): EncoderOutputs {
  const mask = unsqueeze(greater(source, 0), -1);
  const rows = features && parts.embedFeatures(features, source);
  if (rows && record) record["projected_features"] = rows.projected;
  const embedded = rows?.embedded ?? parts.embed("source", source);
  if (record) record["source_embedding"] = embedded;
  const convolved = convolution(parts, embedded, mask);
  if (record && convolved) record["source_convolution"] = convolved;
  const first = parts.dropout.apply(convolved ?? embedded, "source_embedding");
  const order = wiringOf(parts.sizes).encoderParts;
  return order.length === 0 ? unread(first, mask) : runParts(order, parts, { first, mask, record });
}

/**
 * A convolution over the embedded source in the order in which it is read, with zeros beyond its ends, or null without
 * one: y_t = b + Σ_k x_{t−l+k} W_k for k from 0 to n − 1, where l = ⌊(n − 1)/2⌋ places before t take part. So does
 * PyTorch's `Conv1d` with padding "same".
 *
 * @param x `[source, batch, embedding]`.
 */
function convolution(parts: ModelParts, x: Tensor, mask: Tensor): Tensor | null {
  const { parameters } = parts;
  const { sourceConvolution: width, embedding } = parts.sizes;
  if (width === 0) return null;
  const real = masked(x, mask);
  const before = Math.floor((width - 1) / 2);
  const places = Array.from({ length: width }, (_, at) => shift(real, 0, at - before));
  const shape = [width * embedding, embedding];
  const weight = parameters.get("source_convolution.W", shape, parts.initializer());
  return affine(
    concatenate(places, -1),
    weight,
    parameters.get("source_convolution.bias", [embedding], zeros),
  );
}

/**
 * The unchanged source, with its mean as all final states: Xu et al. (2015), §3.1.2,
 * https://arxiv.org/abs/1502.03044, where a perceptron computes each initial state of the decoder from the mean.
 *
 * @param x `[source, batch, embedding]`.
 */
function unread(x: Tensor, mask: Tensor): EncoderOutputs {
  const outputs = masked(x, mask);
  const mean = divide(reduceSum(outputs, 0), reduceSum(cast(mask, x.dtype), 0));
  return { outputs, states: {}, mean };
}

/** The inputs of the encoder's parts. */
interface EncoderRun {
  /** The input of the bottom, `[source, batch, embedding]`. */
  readonly first: Tensor;
  readonly mask: Tensor;
  /** See {@link readSource}. */
  readonly record: Record<string, Tensor> | null;
}

/** Runs the parts one after the other. */
function runParts(
  order: readonly EncoderPart[],
  parts: ModelParts,
  { first, mask, record }: EncoderRun,
): EncoderOutputs {
  const outputs = new Map<EncoderPart, Tensor>();
  const states: Record<string, readonly Tensor[]> = {};
  for (const part of order) {
    const { name, below, isResidual } = part;
    const x = below ? required(outputs.get(below), name) : first;
    withScope(name.replace(/^encoder\./, ""), () => {
      const input = below ? parts.dropout.apply(x, name) : x;
      const made = runPart(part, parts, { first: input, mask, record });
      Object.assign(states, made.states);
      const result = isResidual ? add(x, made.outputs) : made.outputs;
      outputs.set(part, result);
      if (!record) return;
      Object.assign(record, prefixed(`${name}.`, made.record));
      if (isResidual) record[`${name}.output`] = result;
    });
  }
  const top = required(order.at(-1), "The top layer").layer;
  const tops = order.filter(({ layer }) => layer === top);
  return {
    outputs: concatenate(
      tops.map((part) => required(outputs.get(part), part.name)),
      -1,
    ),
    states,
    mean: null,
  };
}

/** Runs the cells of one part over its input. */
function runPart(
  { cells, inputSize, size }: EncoderPart,
  parts: ModelParts,
  { first: input, mask, record }: EncoderRun,
): Pick<LayerResult, "outputs" | "record"> & Pick<EncoderOutputs, "states"> {
  const [one, other] = cells.map(({ name }) => parts.cell(name, inputSize, size));
  const [{ name, direction }, second] = cells as readonly [EncoderCell, EncoderCell?];
  const options = { record: record !== null, whole: parts.use.wholeLayers === true };
  const cell = required(one, "A cell");
  if (!other || !second) {
    const result = recurrentLayer(cell, input, mask, {
      ...options,
      backward: direction === "backward",
    });
    return { ...result, states: { [name]: result.states } };
  }
  const result = bidirectionalLayer({ forward: cell, backward: other }, input, mask, options);
  const { forwardStates, backwardStates } = result;
  return { ...result, states: { [name]: forwardStates, [second.name]: backwardStates } };
}
