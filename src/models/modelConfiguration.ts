import type { ModelConfiguration } from "./options.ts";

export type { Bridge, ConfigurationChanges, ModelConfiguration, ModelSizes } from "./options.ts";

/** Whether a model's decoder receives one context for a whole sentence instead of attention. */
export function hasSummary({ attention, attentionPlace }: ModelConfiguration): boolean {
  return attention === "none" && attentionPlace === "before";
}

/** The number of encoder layers, counting a bidirectional layer once. */
export function encoderDepth(sizes: ModelConfiguration): number {
  // Without an encoder, the mean of the source replaces the final states of as many layers.
  if (sizes.encoder === "none") return sizes.layers;
  return sizes.bidirectionalStacks ? sizes.encoderLayers / 2 : sizes.encoderLayers;
}

/** Whether an encoder layer reads in both directions. */
export function isBidirectional(sizes: ModelConfiguration, layer: number): boolean {
  const { bidirectional, bidirectionalLayers, bidirectionalStacks } = sizes;
  return bidirectional && (layer === 0 || bidirectionalLayers || bidirectionalStacks);
}

/** The size of an encoder layer's state in each of its directions. */
export function encoderState(sizes: ModelConfiguration, layer: number): number {
  return layer === 0 || isBidirectional(sizes, layer) ? sizes.encoderHidden : sizes.hidden;
}

/** The size of an encoder layer's output. */
export function encoderOutput(sizes: ModelConfiguration, layer: number): number {
  if (sizes.encoder === "none") return sizes.embedding;
  return encoderState(sizes, layer) * (isBidirectional(sizes, layer) ? 2 : 1);
}

/** The size of the fixed context of a decoder without attention; see {@link hasSummary}. */
export function summarySize(sizes: ModelConfiguration): number {
  return sizes.summary === "linear" ? sizes.hidden : memorySize(sizes);
}

/** The size of an encoder state that attention sees. */
export function memorySize(sizes: ModelConfiguration): number {
  return encoderOutput(sizes, encoderDepth(sizes) - 1);
}

/** The size of the context that layers and readout read: of an encoder state, or of the fixed context. */
export function contextSize(sizes: ModelConfiguration): number {
  return hasSummary(sizes) ? summarySize(sizes) : memorySize(sizes);
}

/** The size of the readout, before a product of two matrices if the output weights are one. */
export function readoutSize(sizes: ModelConfiguration): number {
  const { readout, hidden, embedding, maxout } = sizes;
  if (readout === "maxout") return maxout;
  return readout === "concat" ? hidden + contextSize(sizes) + embedding : hidden;
}
