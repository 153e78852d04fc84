import type { Translated } from "../text/translated.ts";

/** The words of the panel that shows a number and where it came from. */
export const inspectorText: Translated<{
  readonly back: string;
  readonly subtotal: string;
  readonly noSum: string;
  readonly follow: (value: string) => string;
}> = {
  en: {
    back: "Back to the number before",
    subtotal: "together",
    noSum: "This number is made by the picture itself; there is no sum behind it.",
    follow: (value) => `Where ${value} comes from`,
  },
  zh: {
    back: "回到上一个数",
    subtotal: "小计",
    noSum: "这个数由图示本身得出，背后没有算式。",
    follow: (value) => `${value} 从何而来`,
  },
};
