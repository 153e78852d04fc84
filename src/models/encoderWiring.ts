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

/** Cells that read the same input: a layer, or one direction of a layer if each direction is a separate stack. */
export interface EncoderPart {
  /** The prefix of its cells' names: `encoder.1`, or `encoder.1.forward` in a separate stack. */
  readonly name: string;
  /** From 0 at the bottom. */
  readonly layer: number;
  /** The part whose outputs it reads; null at the bottom, which reads the embedded source. */
  readonly below: EncoderPart | null;
  /** Two cells if it is bidirectional, the forward one first. */
  readonly cells: readonly EncoderCell[];
  /** The size of its input. */
  readonly inputSize: number;
  /** The size of a cell's state. */
  readonly size: number;
  /** Whether it adds its input to its hidden state. */
  readonly isResidual: boolean;
}

/** A layer of the encoder. */
export interface EncoderLayer extends Pick<EncoderPart, "size" | "isResidual"> {
  /** Two cells if it is bidirectional, the forward one first. */
  readonly cells: readonly EncoderCell[];
}

type Direction = EncoderCell["direction"];

const both: readonly Direction[] = ["forward", "backward"];

/** The encoder's parts in order of computation; none if nothing is read step by step. */
export function encoderParts(model: ModelConfiguration): EncoderPart[] {
  if (model.encoder === "none") return [];
  // In separate stacks, neither direction sees the other.
  if (model.bidirectionalStacks) return both.flatMap((direction) => stackOf(model, direction));
  return stackOf(model, null);
}

/** The tensor that the bottom of the encoder reads, or attention itself without one. */
export function encoderInput({ sourceConvolution }: ModelConfiguration): string {
  return sourceConvolution > 0 ? "source_convolution" : "source_embedding";
}

/** The parts above each other, of one direction or of all. */
function stackOf(model: ModelConfiguration, only: Direction | null): EncoderPart[] {
  const parts: EncoderPart[] = [];
  for (let layer = 0; layer < encoderDepth(model); layer++) {
    const below = parts.at(-1) ?? null;
    const name = `encoder.${layer}${only ? `.${only}` : ""}`;
    const isBoth = !only && isBidirectional(model, layer);
    const hasResidual = isResidual(model, layer);
    const cells = (isBoth ? both : [only ?? "forward"]).map((direction): EncoderCell => {
      const own = isBoth ? `${name}.${direction}` : name;
      const inputs = below?.cells.map(({ output }) => output) ?? [encoderInput(model)];
      return { name: own, direction, inputs, output: outputOf(own, hasResidual) };
    });
    const inputSize = below ? below.size * below.cells.length : model.embedding;
    const size = encoderState(model, layer);
    parts.push({ name, layer, below, cells, inputSize, size, isResidual: hasResidual });
  }
  return parts;
}

/** The layers that parts make up, from the bottom. */
export function layersOf(parts: readonly EncoderPart[]): EncoderLayer[] {
  const layers: EncoderLayer[] = [];
  for (const { layer, size, isResidual: hasResidual, cells } of parts) {
    const before = layers[layer]?.cells ?? [];
    layers[layer] = { size, isResidual: hasResidual, cells: [...before, ...cells] };
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
