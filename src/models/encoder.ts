/** @file Computes the states that attention reads and those for the bridge from the source. */

import { concatenate } from "../graph/operators/arrange.ts";
import { add, divide } from "../graph/operators/elementwise.ts";
import { unsqueeze } from "../graph/operators/reshape.ts";
import { cast, greater, masked } from "../graph/operators/select.ts";
import { reduceSum } from "../graph/operators/sumAndExpand.ts";
import { withScope } from "../graph/scope.ts";
import type { Tensor } from "../graph/tensor.ts";
import { cellStateNames } from "../nn/cells.ts";
import { prefixed } from "../nn/prefixed.ts";
import type { LayerResult } from "../nn/recurrent.ts";
import { bidirectionalLayer, recurrentLayer } from "../nn/recurrent.ts";
import { zip } from "../tensor/zip.ts";
import {
  encoderDepth,
  encoderOutput,
  encoderState,
  isBidirectional,
} from "./modelConfiguration.ts";
import type { ModelParts } from "./parts.ts";

/**
 * The final states of a layer's cells, each `[batch, size]`: of the forward cell, and of the backward
 * cell if there is one, whose last step is at the first word.
 */
export type LastStates = readonly (readonly Tensor[])[];

/** The results of the encoder's layers. */
export interface EncoderOutputs {
  /** The top layer's outputs `[source, batch, size]`. */
  readonly outputs: Tensor;
  /** Each layer's final states. */
  readonly layers: readonly LastStates[];
}

/**
 * Runs the encoder's layers.
 *
 * @param source int32 `[source, batch]`, 0 at padding.
 * @param record receives `source_embedding` `[source, batch, embedding]` and the recorded values of each layer's
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
  const first = parts.dropout.apply(embedded, "source_embedding");
  if (parts.sizes.encoder === "none") return unread(parts, first, mask);
  const run = new EncoderRun(parts, mask, record);
  return parts.sizes.bidirectionalStacks ? run.stacks(first) : run.layers(first);
}

/**
 * The unchanged source, with its mean as each layer's final states: Xu et al. (2015), §3.1.2,
 * https://arxiv.org/abs/1502.03044, where a perceptron computes each initial state of the decoder from the mean.
 *
 * @param x `[source, batch, embedding]`.
 */
function unread({ sizes }: ModelParts, x: Tensor, mask: Tensor): EncoderOutputs {
  const outputs = masked(x, mask);
  const mean = divide(reduceSum(outputs, 0), reduceSum(cast(mask, x.dtype), 0));
  const states = cellStateNames(sizes.cell).map(() => mean);
  const layers = Array.from({ length: encoderDepth(sizes) }, () => [states]);
  return { outputs, layers };
}

class EncoderRun {
  private readonly parts: ModelParts;
  private readonly mask: Tensor;
  private readonly record: Record<string, Tensor> | null;
  private readonly options: { readonly record: boolean };

  constructor(parts: ModelParts, mask: Tensor, record: Record<string, Tensor> | null) {
    this.parts = parts;
    this.mask = mask;
    this.record = record;
    this.options = { record: record !== null };
  }

  /** Stacked layers, of which the first or all may be bidirectional. */
  layers(first: Tensor): EncoderOutputs {
    const { sizes } = this.parts;
    let x = first;
    const layers = Array.from({ length: encoderDepth(sizes) }, (_, layer) =>
      withScope(String(layer), (): LastStates => {
        const name = `encoder.${layer}`;
        const input = layer > 0 ? this.parts.dropout.apply(x, name) : x;
        const size = encoderState(sizes, layer);
        if (isBidirectional(sizes, layer)) {
          const cells = {
            forward: this.cell(`${name}.forward`, layer, size),
            backward: this.cell(`${name}.backward`, layer, size),
          };
          const both = bidirectionalLayer(cells, input, this.mask, this.options);
          x = this.taken(name, x, both, layer);
          return [both.forwardStates, both.backwardStates];
        }
        const cell = this.cell(name, layer, size);
        const result = recurrentLayer(cell, input, this.mask, this.options);
        x = this.taken(name, x, result, layer);
        return [result.states];
      }),
    );
    return { outputs: x, layers };
  }

  /** A separate stack for each direction; the upper layers of one do not see the other. */
  stacks(first: Tensor): EncoderOutputs {
    const { encoderHidden } = this.parts.sizes;
    const depth = encoderDepth(this.parts.sizes);
    const stack = (direction: "forward" | "backward") => {
      let x = first;
      const states = Array.from({ length: depth }, (_, layer) =>
        withScope(`${layer}.${direction}`, () => {
          const name = `encoder.${layer}.${direction}`;
          const input = layer > 0 ? this.parts.dropout.apply(x, name) : x;
          const inputSize = layer > 0 ? encoderHidden : this.parts.sizes.embedding;
          const cell = this.parts.cell(name, inputSize, encoderHidden);
          const options = { ...this.options, backward: direction === "backward" };
          const result = recurrentLayer(cell, input, this.mask, options);
          x = this.taken(name, x, result, layer);
          return result.states;
        }),
      );
      return { outputs: x, states };
    };
    const [forward, backward] = [stack("forward"), stack("backward")];
    return {
      outputs: concatenate([forward.outputs, backward.outputs], -1),
      layers: zip(forward.states, backward.states),
    };
  }

  private cell(name: string, layer: number, size: number) {
    const { sizes } = this.parts;
    const inputSize = layer === 0 ? sizes.embedding : encoderOutput(sizes, layer - 1);
    return this.parts.cell(name, inputSize, size);
  }

  /** A layer's outputs, plus its input if it is residual; its recorded values go to the record. */
  private taken(
    name: string,
    x: Tensor,
    { outputs, record }: Pick<LayerResult, "outputs" | "record">,
    layer: number,
  ): Tensor {
    const { residualFrom } = this.parts.sizes;
    const isResidual = residualFrom > 0 && layer >= residualFrom;
    const result = isResidual ? add(x, outputs) : outputs;
    if (this.record) {
      Object.assign(this.record, prefixed(`${name}.`, record));
      if (isResidual) this.record[`${name}.output`] = result;
    }
    return result;
  }
}
