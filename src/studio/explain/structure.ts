/** @file How a model is put together, as the explanations and the pictures follow it: pure, from its configuration. */

import {
  encoderDepth,
  encoderState,
  hasSummary,
  isBidirectional,
} from "../../models/modelConfiguration.ts";
import type { Trace } from "../../trace/trace.ts";

type Model = Trace["model"];

export { encoderDepth, encoderState, hasSummary };

/** The numbers 0 to `count` − 1. */
const upTo = (count: number): number[] => Array.from({ length: count }, (_, at) => at);

/** The encoder's layers, those of two directions counted once. */
export function encoderLayers(model: Model): readonly number[] {
  return upTo(encoderDepth(model));
}

/** The decoder's layers. */
export function decoderLayers({ layers }: Model): readonly number[] {
  return upTo(layers);
}

/** A cell's states: hidden state first, and an LSTM's cell state. */
export function stateNames({ cell }: Pick<Model, "cell">): ("hidden_state" | "cell_state")[] {
  return cell === "lstm" ? ["hidden_state", "cell_state"] : ["hidden_state"];
}

/** The names of the cells of an encoder layer: two where it reads in both directions. */
export function encoderCells(model: Model, layer: number): string[] {
  const name = `encoder.${layer}`;
  return isBidirectional(model, layer) ? [`${name}.forward`, `${name}.backward`] : [name];
}

/** Whether a layer adds its input to its hidden state before it hands it on. */
export function isResidual({ residualFrom }: Pick<Model, "residualFrom">, layer: number): boolean {
  return residualFrom > 0 && layer >= residualFrom;
}

/** The tensor of what a cell hands to the layer above, such as `decoder.2.output`. */
export function outputOf(model: Pick<Model, "residualFrom">, name: string, layer: number): string {
  return `${name}.${isResidual(model, layer) ? "output" : "hidden_state"}`;
}

/** The tensor of what the decoder's top layer hands on. */
export function topOutput(model: Pick<Model, "residualFrom" | "layers">): string {
  const top = model.layers - 1;
  return outputOf(model, `decoder.${top}`, top);
}

/**
 * The cells below a cell of the encoder, whose outputs it reads, one behind the other; none in the
 * first layer. In stacks of two directions neither sees the other.
 */
export function cellsBelow(model: Model, name: string, layer: number): string[] {
  if (layer === 0) return [];
  if (!model.bidirectionalStacks) return encoderCells(model, layer - 1);
  return [name.replace(`encoder.${layer}`, `encoder.${layer - 1}`)];
}

/** Which context enters a layer of the decoder: none, the source's summary, or that of a step. */
export function contextInto(
  model: Model,
  layer: number,
): "none" | "summary" | "current" | "previous" {
  const { attentionPlace, upperContext } = model;
  if (attentionPlace === "after") return "none";
  if (attentionPlace === "between") return layer === 0 ? "previous" : upperContext;
  return hasSummary(model) ? "summary" : "current";
}

/** The tensor of the state that the encoder hands over for a layer of the decoder. */
export function firstState(model: Pick<Model, "cell">, layer: number, which = 0): string {
  return `state.${layer * stateNames(model).length + which}`;
}
