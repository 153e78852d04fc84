/** @file How the encoder's cells are wired, as data. */

import type { ModelConfiguration } from "./modelConfiguration.ts";
import { encoderDepth, encoderState, isBidirectional } from "./modelConfiguration.ts";

/** One cell of the encoder: a layer in one direction. */
export interface EncoderCell {
  /** The prefix of its weights and tensors, such as `encoder.0.forward`. */
  readonly name: string;
  readonly direction: "forward" | "backward";
  /** Its input tensors at a position, concatenated. */
  readonly inputs: readonly string[];
  /** Its output tensor. */
  readonly output: string;
}

/** A layer of the encoder. */
export interface EncoderLayer {
  /** Two cells if it is bidirectional, the forward one first. */
  readonly cells: readonly EncoderCell[];
  /** The size of a cell's state. */
  readonly size: number;
  /** Whether it adds its input to its hidden state. */
  readonly isResidual: boolean;
}

/** The encoder's layers from the bottom; none where nothing is read step by step. */
export function encoderLayers(model: ModelConfiguration): EncoderLayer[] {
  if (model.encoder === "none") return [];
  const layers: EncoderLayer[] = [];
  for (let layer = 0; layer < encoderDepth(model); layer++) {
    const below = layers.at(-1)?.cells;
    const isBoth = isBidirectional(model, layer);
    const directions = isBoth ? (["forward", "backward"] as const) : (["forward"] as const);
    layers.push({
      size: encoderState(model, layer),
      isResidual: isResidual(model, layer),
      cells: directions.map((direction, at) => {
        const name = `encoder.${layer}${isBoth ? `.${direction}` : ""}`;
        // In separate stacks, neither direction sees the other.
        const inputs = model.bidirectionalStacks ? below?.slice(at, at + 1) : below;
        return {
          name,
          direction,
          inputs: inputs?.map(({ output }) => output) ?? ["source_embedding"],
          output: outputOf(name, isResidual(model, layer)),
        };
      }),
    });
  }
  return layers;
}

/** Whether a layer adds its input to its hidden state. */
export function isResidual({ residualFrom }: ModelConfiguration, layer: number): boolean {
  return residualFrom > 0 && layer >= residualFrom;
}

/** The output tensor of a cell. */
export function outputOf(name: string, hasResidual: boolean): string {
  return `${name}.${hasResidual ? "output" : "hidden_state"}`;
}
