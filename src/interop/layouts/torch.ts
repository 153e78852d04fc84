/**
 * @file How PyTorch's modules arrange their weights: a matrix has a row for each output, and a GRU's gates stand in our
 * order, with the reset gate behind the product, and so do those of an LSTM, which has two biases to be added.
 */

import type { Expression, ForeignVocabulary, Mapping } from "../mapping.ts";

/** Expressions by the names of our parameters. */
export type Parameters = Readonly<Record<string, Expression>>;

/** Expressions of several layers together. */
export const together = (layers: readonly Parameters[]): Parameters => Object.assign({}, ...layers);

/** The special tokens of both vocabularies as a notebook spells them, and whether its texts are in lower case. */
export function vocabularies(
  special: NonNullable<ForeignVocabulary["special"]>,
  options: Pick<ForeignVocabulary, "lowercase"> = {},
): Mapping["vocabularies"] {
  const both = { special, ...options };
  return { source: both, target: both };
}

/** A model of a notebook on Bahdanau's attention: PyTorch's GRUs, an output layer with a bias, sources with an end. */
export const bahdanau = (changes: Mapping["model"]): Mapping["model"] => ({
  preset: "bahdanau2014",
  resetGate: "after",
  outputBias: true,
  sourceEnd: true,
  ...changes,
});

/** Columns of a matrix from one place up to another. */
export type Range = [from: number, to: number];

/** A matrix of `nn.Linear`, or the columns of it that one of several joined inputs meets. */
export function linear(array: string, columns?: Range): Expression {
  return { array, transpose: true, ...(columns && { columns }) };
}

/**
 * A layer of `nn.GRU`.
 *
 * @param name    the name of our cell, such as `encoder.0.forward`.
 * @param module  the name of their module, such as `encoder.rnn`.
 * @param layer   the layer and its direction, such as `l0_reverse`.
 * @param columns the columns of the weights that the input from below meets, if there is a context beside it.
 */
export function gru(
  name: string,
  { module, layer, columns }: { module: string; layer: string; columns?: Range },
): Parameters {
  return {
    [`${name}.weight_ih`]: linear(`${module}.weight_ih_${layer}`, columns),
    [`${name}.weight_hh`]: linear(`${module}.weight_hh_${layer}`),
    [`${name}.bias`]: `${module}.bias_ih_${layer}`,
    [`${name}.bias_hh`]: `${module}.bias_hh_${layer}`,
  };
}

/** A layer of `nn.LSTM`, or an `nn.LSTMCell`, whose arrays end with the name of the layer; see {@link gru}. */
export function lstm(
  name: string,
  { module, layer, columns }: { module: string; layer: string; columns?: Range },
): Parameters {
  const array = (part: string): string => `${module}.${part}${layer === "" ? "" : `_${layer}`}`;
  return {
    [`${name}.weight_ih`]: linear(array("weight_ih"), columns),
    [`${name}.weight_hh`]: linear(array("weight_hh")),
    [`${name}.bias`]: { sum: [array("bias_ih"), array("bias_hh")] },
  };
}

/** The embeddings of both sides, in the order of our vocabularies. */
export function embeddings(source: string, target: string): Parameters {
  return {
    source_embedding: { array: source, vocabulary: "source" },
    target_embedding: { array: target, vocabulary: "target" },
  };
}

/** An output layer of `nn.Linear` with a bias. */
export function output(module: string): Parameters {
  return {
    "output.weight": { array: `${module}.weight`, vocabulary: "target", transpose: true },
    "output.bias": { array: `${module}.bias`, vocabulary: "target" },
  };
}
