/**
 * @file The layout of bentrevett's notebook 3, "Neural Machine Translation by Jointly Learning to Align and Translate"
 * (https://github.com/bentrevett/pytorch-seq2seq). Versions differ in the names of attention's two layers.
 */

import type { Layout } from "./layout.ts";
import { bahdanau, embeddings, gru, linear, output, vocabularies } from "./torch.ts";

const special = { padding: "<pad>", unknown: "<unk>", start: "<sos>", end: "<eos>" };

/** The layout `bentrevett-3`. */
export const bentrevett: Layout = {
  help: "bentrevett's notebook 3: a bidirectional GRU, attention, all inputs in the output layer",
  mapping: (sizes) => {
    const hidden = sizes.of("decoder.rnn.weight_hh_l0", 1);
    const encoderHidden = sizes.of("encoder.rnn.weight_hh_l0", 1);
    const embedding = sizes.of("decoder.embedding.weight", 1);
    const context = 2 * encoderHidden;
    const [energy, vote] = sizes.has("decoder.attention.attn_fc.weight")
      ? ["attn_fc", "v_fc"]
      : ["attn", "v"];
    const score = `decoder.attention.${energy}`;
    return {
      model: bahdanau({
        embedding,
        hidden,
        encoderHidden,
        bridge: "linear",
        attention: "biasedAdditive",
        attentionHidden: sizes.of(`${score}.weight`, 0),
        readout: "concat",
        sourceStart: true,
      }),
      vocabularies: vocabularies(special, { lowercase: true }),
      parameters: {
        ...embeddings("encoder.embedding.weight", "decoder.embedding.weight"),
        ...gru("encoder.0.forward", { module: "encoder.rnn", layer: "l0" }),
        ...gru("encoder.0.backward", { module: "encoder.rnn", layer: "l0_reverse" }),
        "bridge.0": linear("encoder.fc.weight"),
        "bridge.0.bias": "encoder.fc.bias",
        ...gru("decoder.0", { module: "decoder.rnn", layer: "l0", columns: [0, embedding] }),
        "decoder.0.weight_context": linear("decoder.rnn.weight_ih_l0", [
          embedding,
          embedding + context,
        ]),
        "attention.W_a": linear(`${score}.weight`, [0, hidden]),
        "attention.U_a": linear(`${score}.weight`, [hidden, hidden + context]),
        "attention.b": `${score}.bias`,
        "attention.v_a": linear(`decoder.attention.${vote}.weight`),
        ...output("decoder.fc_out"),
      },
      unused: [],
    };
  },
};
