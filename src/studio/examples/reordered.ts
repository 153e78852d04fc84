/** @file Sentences whose words change their places strikingly on the way from one language to another. Pure. */

import type { ModelEntry } from "../../modelFolder/modelList.ts";
import { languagesOf } from "../text/modelNames.ts";
import type { Translated } from "../text/translated.ts";

/** A sentence, and what changes its order in it. */
export interface ReorderedExample {
  readonly sentence: string;
  /** Which part changes its order, how, and why. */
  readonly why: Translated<string>;
}

/** By the codes of the two languages, as in `fr-en`. */
const reordered: Readonly<Record<string, ReorderedExample>> = {
  "fr-en": {
    sentence: "L'accord sur l'Espace économique européen a été signé en août 1992.",
    why: {
      en: "Most French adjectives stand after their noun, English ones before it: “Espace économique européen” becomes “European Economic Area”.",
      zh: "法语的形容词大多放在名词后面，英语的放在名词前面：“Espace économique européen”译成“European Economic Area”。",
    },
  },
  "zh-en": {
    sentence: "我昨天买的书很有意思。",
    why: {
      en: "A Chinese relative clause stands before its noun, an English one after it: “我昨天买的书” becomes “the book that I bought yesterday”.",
      zh: "中文的定语从句放在名词前面，英语的放在名词后面：“我昨天买的书”译成“the book that I bought yesterday”。",
    },
  },
  "en-zh": {
    sentence: "The book that I bought yesterday is very interesting.",
    why: {
      en: "An English relative clause stands after its noun, a Chinese one before it: “the book that I bought yesterday” becomes “我昨天买的书”.",
      zh: "英语的定语从句放在名词后面，中文的放在名词前面：“the book that I bought yesterday”译成“我昨天买的书”。",
    },
  },
};

/** The sentence for a model's languages; null if nobody has written one. */
export function reorderedExample(entry: Pick<ModelEntry, "card"> | null): ReorderedExample | null {
  const { source, target } = languagesOf(entry);
  return reordered[`${source?.code}-${target?.code}`] ?? null;
}
