/**
 * @file The layout of PyTorch's tutorial "Translation with a Sequence to Sequence Network and Attention"
 * (https://pytorch.org/tutorials/intermediate/seq2seq_translation_tutorial.html), whose two modules are saved in one
 * file with the prefixes `encoder.` and `decoder.`. Both sizes are the hidden size.
 */

import type { Layout } from "./layout.ts";
import { bahdanau, embeddings, gru, linear, output, vocabularies } from "./torch.ts";

const special = { padding: null, unknown: null, start: "SOS", end: "EOS" };

/** The layout `pytorch-tutorial`. */
export const pytorchTutorial: Layout = {
  help: "PyTorch's translation tutorial: GRUs with Bahdanau's attention",
  mapping: (sizes) => {
    const hidden = sizes.of("encoder.gru.weight_hh_l0", 1);
    return {
      model: bahdanau({
        bidirectional: false,
        embedding: hidden,
        hidden,
        bridge: "copy",
        attention: "biasedAdditive",
        attentionHidden: sizes.of("decoder.attention.Wa.weight", 0),
        readout: "none",
      }),
      vocabularies: vocabularies(special),
      parameters: {
        ...embeddings("encoder.embedding.weight", "decoder.embedding.weight"),
        ...gru("encoder.0", { module: "encoder.gru", layer: "l0" }),
        ...gru("decoder.0", { module: "decoder.gru", layer: "l0", columns: [0, hidden] }),
        "decoder.0.weight_context": linear("decoder.gru.weight_ih_l0", [hidden, 2 * hidden]),
        "attention.W_a": linear("decoder.attention.Wa.weight"),
        "attention.U_a": linear("decoder.attention.Ua.weight"),
        "attention.b": { sum: ["decoder.attention.Wa.bias", "decoder.attention.Ua.bias"] },
        "attention.v_a": linear("decoder.attention.Va.weight"),
        ...output("decoder.out"),
      },
      // It shifts all scores alike, which changes no weight.
      unused: ["decoder.attention.Va.bias"],
    };
  },
};
