/**
 * @file The layout of g2p_en (github.com/Kyubyong/g2p, `checkpoint20.npz`, Apache-2.0): a GRU encoder and decoder
 * without attention that spell English words as phonemes of the CMU Pronouncing Dictionary.
 */

import type { Expression, Mapping } from "../mapping.ts";
import type { Layout } from "./layout.ts";

const letters = Array.from("abcdefghijklmnopqrstuvwxyz");

/** ARPAbet; a digit behind a vowel is its stress: 0 for none, 1 for the main one, 2 for a lesser one. */
const phonemes =
  "AA0 AA1 AA2 AE0 AE1 AE2 AH0 AH1 AH2 AO0 AO1 AO2 AW0 AW1 AW2 AY0 AY1 AY2 B CH D DH EH0 EH1 EH2 ER0 ER1 ER2 EY0 EY1 EY2 F G HH IH0 IH1 IH2 IY0 IY1 IY2 JH K L M N NG OW0 OW1 OW2 OY0 OY1 OY2 P R S SH T TH UH0 UH1 UH2 UW UW0 UW1 UW2 V W Y Z ZH".split(
    " ",
  );

/** The weights of one side's GRU; its gates stand in our order. */
const cell = (name: string, side: string): Record<string, Expression> => ({
  [`${name}.weight_ih`]: { array: `${side}_w_ih`, transpose: true },
  [`${name}.weight_hh`]: { array: `${side}_w_hh`, transpose: true },
  [`${name}.bias`]: `${side}_b_ih`,
  [`${name}.bias_hh`]: `${side}_b_hh`,
});

/** The layout `g2p_en`. */
export const g2pEn: Layout = {
  help: "Kyubyong's g2p_en (checkpoint20.npz): English words as phonemes",
  mapping: (sizes): Mapping => ({
    model: {
      preset: "sutskever2014",
      cell: "gru",
      resetGate: "after",
      layers: 1,
      embedding: sizes.of("enc_emb", 1),
      hidden: sizes.of("dec_w_hh", 1),
      reverseSource: false,
      sourceEnd: true,
    },
    vocabularies: {
      source: {
        kind: "char",
        lowercase: true,
        tokens: ["<pad>", "<unk>", "</s>", ...letters],
        special: { start: null },
      },
      target: { kind: "word", tokens: ["<pad>", "<unk>", "<s>", "</s>", ...phonemes] },
    },
    parameters: {
      source_embedding: { array: "enc_emb", vocabulary: "source" },
      target_embedding: { array: "dec_emb", vocabulary: "target" },
      ...cell("encoder.0", "enc"),
      ...cell("decoder.0", "dec"),
      "output.weight": { array: "fc_w", vocabulary: "target", transpose: true },
      "output.bias": { array: "fc_b", vocabulary: "target" },
    },
    unused: [],
  }),
};
