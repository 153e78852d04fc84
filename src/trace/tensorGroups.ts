/** @file The tensors of a trace in groups, by what they are of. */

/** The groups, in the order of a step. `docs/trace.md` says which tensors each holds. */
export const tensorGroups = [
  "embeddings",
  "gates",
  "states",
  "memory",
  "attention",
  "context",
  "readout",
  "logits",
] as const;

/** A group of tensors of a trace. */
export type TensorGroup = (typeof tensorGroups)[number];

/** Which names belong to which group; the first that fits counts. */
const patterns: readonly (readonly [RegExp, TensorGroup])[] = [
  [/^attention\./, "attention"],
  [/^(memory|keys|summary)$/, "memory"],
  [/^(context|context_gate|gated_context|attentional_vector)$/, "context"],
  [/^readout(\.|$)/, "readout"],
  [/^(logits|log_probabilities)$/, "logits"],
  [
    /^(embedding|source_embedding|source_convolution|source_features|projected_features)$/,
    "embeddings",
  ],
  [/\.(input_gate|forget_gate|output_gate|reset_gate|update_gate|candidate)$/, "gates"],
  [/^state\.\d+$|\.(hidden_state|cell_state|output)$/, "states"],
];

/** The group of a tensor; undefined for a name that no trace has. */
export function tensorGroupOf(name: string): TensorGroup | undefined {
  return patterns.find(([pattern]) => pattern.test(name))?.[1];
}
