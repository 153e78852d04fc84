/**
 * @file The layout of the chapter "The Bahdanau Attention Mechanism" of Dive into Deep Learning
 * (https://d2l.ai/chapter_attention-mechanisms-and-transformers/bahdanau-attention.html). The encoder's GRU is inside of
 * a class of the book in newer editions.
 */

import type { Layout } from "./layout.ts";
import type { Parameters, Range } from "./torch.ts";
import { bahdanau, embeddings, gru, linear, output, together, vocabularies } from "./torch.ts";

const special = { padding: "<pad>", unknown: "<unk>", start: "<bos>", end: "<eos>" };

/** The layout `d2l-bahdanau`. */
export const d2l: Layout = {
  help: "Dive into Deep Learning, Bahdanau attention: GRUs of any number of layers",
  mapping: (sizes) => {
    const hidden = sizes.of("decoder.rnn.weight_hh_l0", 1);
    const embedding = sizes.of("decoder.embedding.weight", 1);
    const encoder = sizes.has("encoder.rnn.rnn.weight_ih_l0") ? "encoder.rnn.rnn" : "encoder.rnn";
    const layers = sizes.layers((layer) => `decoder.rnn.weight_ih_l${layer}`);
    // The context stands before the embedding.
    const columns: Range = [hidden, hidden + embedding];
    const decoder = (layer: number): Parameters =>
      gru(`decoder.${layer}`, {
        module: "decoder.rnn",
        layer: `l${layer}`,
        ...(layer === 0 && { columns }),
      });
    return {
      model: bahdanau({
        layers: layers.length,
        bidirectional: false,
        embedding,
        hidden,
        bridge: "copy",
        attention: "additive",
        attentionHidden: sizes.of("decoder.attention.W_q.weight", 0),
        queryLayer: "top",
        upperContext: "none",
        readout: "none",
      }),
      vocabularies: vocabularies(special, { lowercase: true }),
      parameters: {
        ...embeddings("encoder.embedding.weight", "decoder.embedding.weight"),
        ...together(
          layers.map((layer) => gru(`encoder.${layer}`, { module: encoder, layer: `l${layer}` })),
        ),
        ...together(layers.map(decoder)),
        "decoder.0.weight_context": linear("decoder.rnn.weight_ih_l0", [0, hidden]),
        "attention.W_a": linear("decoder.attention.W_q.weight"),
        "attention.U_a": linear("decoder.attention.W_k.weight"),
        "attention.v_a": linear("decoder.attention.w_v.weight"),
        ...output("decoder.dense"),
      },
      unused: [],
    };
  },
};
