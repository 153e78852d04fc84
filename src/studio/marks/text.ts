import type { Translated } from "../text/translated.ts";

/** The words of the marks that all scenes use. */
export const marksText = {
  en: {
    numbers: (count: number): string => `${count} numbers`,
    empty: "no numbers",
  },
  zh: {
    numbers: (count: number): string => `${count} 个数`,
    empty: "没有数",
  },
} satisfies Translated<unknown>;
