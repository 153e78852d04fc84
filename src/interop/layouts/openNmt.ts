/**
 * @file The layout of OpenNMT-py's recurrent models (https://github.com/OpenNMT/OpenNMT-py, versions 1 and 2): LSTMs
 * with Luong's attention `general` and input feeding, the encoder in one direction (`rnn`) or both (`brnn`). The
 * checkpoint's dictionaries `model` and `generator` are in one file, the latter with the prefix `generator.`.
 */

import type { Layout } from "./layout.ts";
import type { Parameters } from "./torch.ts";
import { embeddings, linear, lstm, output, together } from "./torch.ts";

const table = (side: string): string => `${side}.embeddings.make_embedding.emb_luts.0.weight`;

/** The layout `opennmt-py`. */
export const openNmt: Layout = {
  help: "OpenNMT-py's recurrent models: LSTMs, general attention, input feeding",
  mapping: (sizes) => {
    const hidden = sizes.of("decoder.rnn.layers.0.weight_hh", 1);
    const embedding = sizes.of(table("decoder"), 1);
    const isBoth = sizes.has("encoder.rnn.weight_ih_l0_reverse");
    const layers = sizes.layers((layer) => `decoder.rnn.layers.${layer}.weight_ih`);
    const encoder = (layer: number): Parameters => {
      const module = "encoder.rnn";
      if (!isBoth) return lstm(`encoder.${layer}`, { module, layer: `l${layer}` });
      return {
        ...lstm(`encoder.${layer}.forward`, { module, layer: `l${layer}` }),
        ...lstm(`encoder.${layer}.backward`, { module, layer: `l${layer}_reverse` }),
      };
    };
    const decoder = (layer: number): Parameters =>
      lstm(`decoder.${layer}`, {
        module: `decoder.rnn.layers.${layer}`,
        layer: "",
        ...(layer === 0 && { columns: [0, embedding] }),
      });
    const special = { padding: "<blank>", unknown: "<unk>" };
    return {
      model: {
        preset: "luong2015",
        layers: layers.length,
        embedding,
        hidden,
        bidirectional: isBoth,
        bidirectionalLayers: isBoth,
        bridge: "copy",
      },
      vocabularies: {
        source: { special: { ...special, start: null, end: null } },
        target: { special: { ...special, start: "<s>", end: "</s>" } },
      },
      parameters: {
        ...embeddings(table("encoder"), table("decoder")),
        ...together(layers.map(encoder)),
        ...together(layers.map(decoder)),
        "decoder.0.weight_feed": linear("decoder.rnn.layers.0.weight_ih", [
          embedding,
          embedding + hidden,
        ]),
        // Ours multiplies the memory, theirs the state.
        "attention.W_a": "decoder.attn.linear_in.weight",
        "attention.W_c": linear("decoder.attn.linear_out.weight"),
        ...output("generator.0"),
      },
      unused: [],
    };
  },
};
