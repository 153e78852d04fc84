/** @file What the ready experiments of the lab are called, and what to look for in each. */

import type { ExperimentName } from "../../../lab/experiments.ts";
import type { Translated } from "../../text/translated.ts";

/** The words of an experiment. */
export interface ExperimentText {
  readonly title: string;
  /** What to look for: one sentence. */
  readonly lookFor: string;
}

export const experimentText: Translated<Readonly<Record<ExperimentName, ExperimentText>>> = {
  en: {
    line: {
      title: "Attention finds the line",
      lookFor:
        "Within seconds, the weights gather on the line from one corner of the matrix to the other, and the words become right at the same time.",
    },
    bottleneck: {
      title: "The bottleneck",
      lookFor:
        "With attention, words of all lengths become right; without it, the whole word must fit into one vector, and only short ones do.",
    },
    reversedSource: {
      title: "A source read backwards",
      lookFor:
        "Without attention, copying is learned sooner if the source is read backwards: its first letters are then fresh when they are needed first.",
    },
    cells: {
      title: "GRU and LSTM",
      lookFor:
        "Step for step the two are close; a step of the GRU, which has three gates' worth of weights instead of four, takes less time.",
    },
    ownWords: {
      title: "Its own words",
      lookFor:
        "A decoder that reads its own words while it learns reads many wrong ones at first; see which of the two is ahead.",
    },
    carry: {
      title: "Where a carry comes from",
      lookFor:
        "The first digit of a sum depends on a carry from its right; an encoder that reads in one direction only must tell it otherwise.",
    },
  },
  zh: {
    line: {
      title: "注意力找到斜线",
      lookFor: "几秒之内，权重就集中到从一角到对角的斜线上，单词也在同一时间写对了。",
    },
    bottleneck: {
      title: "瓶颈",
      lookFor:
        "有注意力时，长短单词都能写对；没有注意力时，整个单词得装进一个向量，只有短的装得下。",
    },
    reversedSource: {
      title: "倒着读源文本",
      lookFor: "没有注意力时，倒着读源文本能更早学会照抄：最先要写的字母，正好是刚刚读过的。",
    },
    cells: {
      title: "GRU 与 LSTM",
      lookFor: "按步数看，两者不相上下；GRU 的参数只有 LSTM 的四分之三，每一步用时更少。",
    },
    ownWords: {
      title: "读自己的输出",
      lookFor: "学习时读自己输出的解码器，一开始读到的大多是错的；看看哪一个领先。",
    },
    carry: {
      title: "进位从哪里来",
      lookFor: "和的最高位取决于右边来的进位；只从一个方向读的编码器，得用别的办法知道它。",
    },
  },
};
