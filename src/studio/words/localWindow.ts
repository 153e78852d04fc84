/** @file What scenes of attention say of local attention: where its window is at a step. */

import type { AttentionScope } from "../../nn/attentionScope.ts";
import { isolated } from "../../text/direction.ts";
import type { Trace } from "../../trace/trace.ts";
import type { Window } from "../scale/window.ts";
import { insideOf, windowOf } from "../scale/window.ts";
import { formatNumber } from "../text/numbers.ts";
import { spelled } from "../text/spelling.ts";
import type { Translated } from "../text/translated.ts";

/** What the middle of the window is called. */
export const centreName: Translated<string> = {
  en: "Centre of the window",
  zh: "窗口的中心",
};

/** The window of a step as pictures show it; null where there is none, or where a reader has set the weights. */
export function shownWindow(trace: Trace, step: number): Window | null {
  return trace.steps[step]?.hasGivenAttention ? null : windowOf(trace, step);
}

/** A window in words. */
interface WindowWords {
  readonly centre: number;
  readonly reach: number;
  /** The first and the last word inside. */
  readonly from: string;
  readonly to: string;
  /** The sum of the step's weights. */
  readonly sum: number;
}

/** What is said of the window of each scope; null for the scope without one. */
const notes: Readonly<
  Record<AttentionScope, ((window: WindowWords) => Translated<string>) | null>
> = {
  global: null,
  "local-m": ({ centre, reach, from, to }) => ({
    en: `Local attention (local-m): the window advances by one word with each step, whatever the words are. It is now at position ${centre} and reaches ${reach} words to each side: from “${from}” to “${to}”. Words outside get no weight.`,
    zh: `局部注意力（local-m）：窗口每一步向后移动一个词，与词的内容无关。现在它的中心在位置 ${centre}，左右各 ${reach} 个词：从“${from}”到“${to}”。窗口之外的词没有权重。`,
  }),
  "local-p": ({ centre, reach, from, to, sum }) => {
    const [position, total] = [formatNumber(centre, 2), formatNumber(sum, 2)];
    return {
      en: `Local attention (local-p): the decoder predicts the position p = ${position} from its state (positions count from 0) and attends only to the words within ${reach} positions of p: from “${from}” to “${to}”. A Gaussian around p favours the nearer words, so the weights of this step add up to ${total} instead of 1.`,
      zh: `局部注意力（local-p）：解码器由自己的状态预测位置 p = ${position}（从 0 数起），只关注与 p 相距不超过 ${reach} 的词：从“${from}”到“${to}”。以 p 为中心的高斯函数偏向近处的词，所以这一步的权重之和是 ${total}，而不是 1。`,
    };
  },
};

/** Where a step of local attention looks, in a sentence or two; null where no window is shown. */
export function windowNote(trace: Trace, step: number): Translated<string> | null {
  const window = shownWindow(trace, step);
  const note = notes[trace.model.attentionScope];
  if (!window || !note) return null;
  const { tokens } = trace.source;
  const [first, last] = insideOf(window, tokens.length) ?? [0, 0];
  const word = (at: number): string => isolated(spelled(tokens[at] ?? ""));
  const { reach, centre } = window;
  const weights = Array.from(trace.steps[step]?.tensors["attention.weights"]?.data ?? []);
  const sum = weights.reduce((total, weight) => total + weight, 0);
  return note({ centre, reach, from: word(first), to: word(last), sum });
}
