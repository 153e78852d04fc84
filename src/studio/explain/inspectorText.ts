import type { Translated } from "../text/translated.ts";

/** The words of the panel that shows a number and where it came from. */
export const inspectorText: Translated<{
  readonly back: string;
  readonly subtotal: string;
  readonly noSum: string;
  readonly follow: (value: string) => string;
}> = {
  en: {
    back: "Back to the previous number",
    subtotal: "subtotal",
    noSum: "The picture itself computes this number; there is no sum to show.",
    follow: (value) => `Show how ${value} was computed`,
  },
  zh: {
    back: "回到上一个数",
    subtotal: "小计",
    noSum: "这个数由图示本身算出，没有算式可以显示。",
    follow: (value) => `查看 ${value} 的计算过程`,
  },
};
