/** @file What the parts of a model are called whose gradients and weights are shown. */

import { inLocale } from "../../state/preferences.svelte.ts";
import type { Translated } from "../../text/translated.ts";

const names: Translated<Readonly<Record<string, string>>> = {
  en: {
    embeddings: "embeddings",
    encoder: "encoder",
    bridge: "bridge",
    attention: "attention",
    decoder: "decoder",
    output: "output layer",
  },
  zh: {
    embeddings: "词向量",
    encoder: "编码器",
    bridge: "桥接层",
    attention: "注意力",
    decoder: "解码器",
    output: "输出层",
  },
};

/** The name of a part in the reader's language; one that nobody has named keeps its own. */
export function partName(part: string): string {
  return inLocale(names)[part] ?? part;
}
