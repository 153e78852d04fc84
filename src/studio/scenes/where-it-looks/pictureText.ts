import type { Translated } from "../../text/translated.ts";
import type { SceneText } from "../scene.ts";

/** The words around the picture of a model that reads pictures. */
export const ofPictures: Translated<SceneText> = {
  en: {
    title: "Where it looks",
    before: [
      "Before the decoder writes a word, it turns to the patches that help now: each gets a weight between 0 and 1, and the weights add up to 1. Here they lie over the picture, as in “Show, Attend and Tell” (Xu et al. 2015): a patch is as bright as its weight is large.",
      "Play it, and the light moves with the words. Nobody told the model where to look: these weights come from training on pictures and captions alone. The next picture shows how they are computed.",
    ],
    after: [
      "Point at a patch, or walk over the picture with the arrow keys, to read its weight exactly. “Move attention” lets you press a patch: this step then looks at nothing else, and the words from there on are written anew.",
      "The weights tell where the decoder looked, and not why it chose a word. Each patch is seen by itself, so a word may come from what the decoder remembers, while the light rests on a patch that says little.",
    ],
  },
  zh: {
    title: "它看向哪里",
    before: [
      "解码器在写一个词之前，先转向此刻有用的小块：每个小块得到一个介于 0 和 1 之间的权重，全部加起来等于 1。这里把权重铺在图片上，就像“Show, Attend and Tell”（Xu 等，2015）那样：权重越大，小块越亮。",
      "播放一遍，亮处会随着词移动。没有人告诉过模型该看哪里：这些权重只是从图片和说明的训练中得来的。下一幅图讲它们是怎样算出来的。",
    ],
    after: [
      "指向一个小块，或者用方向键在图片上移动，就能读出精确的权重。打开“移动注意力”再按一个小块：这一步就只看它，从这里往后的词会重新写出。",
      "权重说明解码器看了哪里，并不说明它为什么选这个词。每个小块都是单独看的，所以一个词可能来自解码器记住的内容，而亮处落在一个没什么意义的小块上。",
    ],
  },
};

/** The words inside the picture. */
export const lookText: Translated<{
  readonly step: string;
  readonly scale: string;
  readonly scales: Readonly<Record<"largest" | "one", string>>;
  readonly ends: Readonly<Record<"largest" | "one", string>>;
  readonly brightness: string;
  readonly move: string;
  readonly press: string;
  readonly own: string;
  readonly given: string;
  readonly after: string;
  readonly writes: string;
  readonly picture: (output: string) => string;
  readonly patch: (row: number, column: number, weight: string) => string;
  readonly rest: (best: string) => string;
  readonly sum: (count: number, sum: string) => string;
  readonly all: string;
  readonly multiples: (count: number) => string;
  readonly label: (output: string, row: number, column: number, share: string) => string;
}> = {
  en: {
    step: "Step that writes",
    scale: "Full brightness at",
    scales: { largest: "the largest weight", one: "a weight of 1" },
    ends: { largest: "the largest weight in this caption", one: "all of the weight" },
    brightness: "Brightness is the weight, from",
    move: "Move attention",
    press: "Press a patch: this step will look at it alone.",
    own: "Let the model look again",
    given: "You have set the weights of this step.",
    after: "after",
    writes: "it writes",
    picture: (output) => `The picture by the weights for “${output}”`,
    patch: (row, column, weight) => `row ${row}, column ${column}: weight ${weight}`,
    rest: (best) => `Most: ${best}`,
    sum: (count, sum) => `The ${count} weights add up to ${sum}.`,
    all: "All words side by side",
    multiples: (count) => `The picture by the weights of each of ${count} steps, on one scale`,
    label: (output, row, column, share) =>
      `“${output}” looks most at row ${row}, column ${column}, with ${share} of the weight`,
  },
  zh: {
    step: "写出哪个词的一步",
    scale: "最亮处代表",
    scales: { largest: "最大的权重", one: "权重 1" },
    ends: { largest: "这条说明里最大的权重", one: "全部权重" },
    brightness: "亮度就是权重，从",
    move: "移动注意力",
    press: "按一个小块：这一步就只看它。",
    own: "让模型自己看",
    given: "这一步的权重是你设定的。",
    after: "写了",
    writes: "之后写出",
    picture: (output) => `按“${output}”的权重显示的图片`,
    patch: (row, column, weight) => `第 ${row} 行第 ${column} 列：权重 ${weight}`,
    rest: (best) => `最大：${best}`,
    sum: (count, sum) => `${count} 个权重的总和是 ${sum}。`,
    all: "所有的词并排看",
    multiples: (count) => `按 ${count} 步各自的权重显示的图片，用同一个标度`,
    label: (output, row, column, share) =>
      `写“${output}”时看得最多的是第 ${row} 行第 ${column} 列，占权重的 ${share}`,
  },
};
