/**
 * @file The layout of the chapter "The Bahdanau Attention Mechanism" of Dive into Deep Learning
 * (https://d2l.ai/chapter_attention-mechanisms-and-transformers/bahdanau-attention.html). The encoder's GRU is inside of
 * a class of the book in newer editions.
 */

import type { Layout } from "./layout.ts";
import { embeddings, gru, linear, output, signed } from "./torch.ts";

const special = { padding: "<pad>", unknown: "<unk>", start: "<bos>", end: "<eos>" };

/** The layout `d2l-bahdanau`. */
export const d2l: Layout = {
  help: "Dive into Deep Learning, Bahdanau attention: GRUs of any number of layers",
  mapping: (sizes) => {
    const hidden = sizes.of("decoder.rnn.weight_hh_l0", 1);
    const embedding = sizes.of("decoder.embedding.weight", 1);
    const encoder = sizes.has("encoder.rnn.rnn.weight_ih_l0") ? "encoder.rnn.rnn" : "encoder.rnn";
    let layers = 1;
    while (sizes.has(`decoder.rnn.weight_ih_l${layers}`)) layers++;
    const all = Array.from({ length: layers }, (_, layer) => layer);
    // The context stands before the embedding.
    const whole = hidden + embedding;
    return {
      model: {
        preset: "bahdanau2014",
        resetGate: "after",
        layers,
        bidirectional: false,
        embedding,
        hidden,
        bridge: "copy",
        attention: "additive",
        attentionHidden: sizes.of("decoder.attention.W_q.weight", 0),
        queryLayer: "top",
        upperContext: "none",
        readout: "none",
        outputBias: true,
        sourceEnd: true,
      },
      vocabularies: {
        source: { ...signed(special), lowercase: true },
        target: { ...signed(special), lowercase: true },
      },
      parameters: {
        ...embeddings("encoder.embedding.weight", "decoder.embedding.weight"),
        ...Object.assign(
          {},
          ...all.map((layer) => gru(`encoder.${layer}`, { module: encoder, layer: `l${layer}` })),
          ...all.map((layer) =>
            gru(`decoder.${layer}`, {
              module: "decoder.rnn",
              layer: `l${layer}`,
              ...(layer === 0 && { columns: [hidden, whole] }),
            }),
          ),
        ),
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
