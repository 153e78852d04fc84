/** @file The decoder's recurrent layers in one step, and what the step hands to the next. */

import { add } from "../graph/operators/elementwise.ts";
import { withScope } from "../graph/scope.ts";
import type { Tensor } from "../graph/tensor.ts";
import type { Cell } from "../nn/cells.ts";
import { cellStates } from "../nn/cells.ts";
import type { ModelConfiguration } from "./modelConfiguration.ts";
import { memorySize } from "./modelConfiguration.ts";
import type { ModelParts } from "./parts.ts";

/**
 * Dropout masks of a step: `layer.N` of what enters a layer from the one below, `weight_feed.N` and
 * `weight_context.N` of what else enters it, `readout`.
 */
export type StepMasks = Readonly<Record<string, Tensor>>;

/** What enters a layer besides what comes from below: the name of its weights, and itself. */
export type More = readonly (readonly [name: string, x: Tensor])[];

/** What a step is given of the step before. */
export interface Carried {
  readonly layers: readonly (readonly Tensor[])[];
  /** The attentional vector, or the context if attention is between the layers. */
  readonly fed: Tensor | null;
  /** How many steps there were, `[batch, queries, 1]`; null where nothing depends on it. */
  readonly count: Tensor | null;
}

/** A step on its way: what it records, and what it is given. */
export interface Way {
  readonly record: Record<string, Tensor>;
  readonly carried: Carried;
  readonly masks: StepMasks;
}

/** What came of the recurrent layers. */
export interface Layers {
  readonly states: readonly Tensor[];
  /** What the top layer yields; its hidden state, with its input if it is residual. */
  readonly top: Tensor;
}

/**
 * The sizes of the states that a step hands to the next: layer by layer hidden and cell state; if
 * something is fed, the attentional vector or the context; and for local-m the number of the step.
 */
export function stateSizes(sizes: ModelConfiguration): readonly number[] {
  const { layers, cell, hidden, inputFeeding, attentionPlace } = sizes;
  const fed = attentionPlace === "between" ? memorySize(sizes) : hidden;
  return [
    ...Array.from({ length: layers * cellStates(cell) }, () => hidden),
    ...(inputFeeding ? [fed] : []),
    ...(countsSteps(sizes) ? [1] : []),
  ];
}

/** Whether something depends on how many steps there were. */
function countsSteps({ attentionScope }: ModelConfiguration): boolean {
  return attentionScope === "local-m";
}

/** What the states of the step before are, in the order of {@link stateSizes}. */
export function carriedOf(sizes: ModelConfiguration, states: readonly Tensor[]): Carried {
  const { layers, cell, inputFeeding } = sizes;
  const each = cellStates(cell);
  const rest = states.slice(layers * each);
  return {
    layers: Array.from({ length: layers }, (_, layer) =>
      states.slice(layer * each, (layer + 1) * each),
    ),
    fed: inputFeeding ? (rest[0] as Tensor) : null,
    count: countsSteps(sizes) ? (rest.at(-1) as Tensor) : null,
  };
}

/** The states for the next step, in the order of {@link stateSizes}. */
export function statesAfter(
  states: readonly Tensor[],
  fed: Tensor | null,
  { carried: { count } }: Way,
): Tensor[] {
  return [...states, ...(fed ? [fed] : []), ...(count ? [add(count, 1)] : [])];
}

/** The cell of a layer. */
export function decoderCell(parts: ModelParts, layer: number): Cell {
  const { embedding, hidden } = parts.sizes;
  return parts.cell(`decoder.${layer}`, layer === 0 ? embedding : hidden, hidden);
}

/**
 * Runs the recurrent layers.
 *
 * @param more        what enters each layer besides the layer below.
 * @param afterBottom is called with what the bottom layer yields, before the others run.
 */
export function runLayers(
  parts: ModelParts,
  drive: Tensor,
  { carried, record, masks }: Way,
  more: (layer: number) => More,
  afterBottom?: (bottom: Tensor) => void,
): Layers {
  const { residualFrom, layers } = parts.sizes;
  const dropped = (x: Tensor, name: string): Tensor => {
    const mask = masks[name];
    return mask ? parts.dropout.with(x, mask) : x;
  };
  const states: Tensor[] = [];
  let below: Tensor | null = null;
  for (let layer = 0; layer < layers; layer++) {
    const name = `decoder.${layer}`;
    below = withScope(name, (): Tensor => {
      const cell = decoderCell(parts, layer);
      let total = below ? cell.project(dropped(below, `layer.${layer}`)) : drive;
      for (const [weight, x] of more(layer)) {
        total = add(total, cell.projectMore(weight, dropped(x, `${weight}.${layer}`)));
      }
      const result = cell.step(total, carried.layers[layer] as readonly Tensor[]);
      for (const [each, tensor] of Object.entries(result.record)) {
        record[`${name}.${each}`] = tensor;
      }
      states.push(...result.states);
      const hidden = result.states[0] as Tensor;
      if (!below || residualFrom === 0 || layer < residualFrom) return hidden;
      const output = add(below, hidden);
      record[`${name}.output`] = output;
      return output;
    });
    if (layer === 0) afterBottom?.(below);
  }
  return { states, top: below as unknown as Tensor };
}
