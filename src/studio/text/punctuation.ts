/** @file The marks between what components put together, as the page's language has them. */

import type { Translated } from "./translated.ts";

interface Punctuation {
  /** Between parts of a sentence. */
  readonly comma: string;
  /** Between the entries of a list. */
  readonly list: string;
  readonly semicolon: string;
  /** Between a name and its value. */
  readonly colon: string;
  /** After a sentence, before the next one. */
  readonly space: string;
  readonly bracketed: (text: string) => string;
}

/** The marks between parts of texts. Chinese ones are of full width, and need no space. */
export const punctuation: Translated<Punctuation> = {
  en: {
    comma: ", ",
    list: ", ",
    semicolon: "; ",
    colon: ": ",
    space: " ",
    bracketed: (text) => ` (${text})`,
  },
  zh: {
    comma: "，",
    list: "、",
    semicolon: "；",
    colon: "：",
    space: "",
    bracketed: (text) => `（${text}）`,
  },
};
