import type { Translated } from "../../text/translated.ts";
import type { SceneText } from "../scene.ts";

/** The words around the picture of a model that reads pictures. */
export const ofPictures: Translated<SceneText> = {
  en: {
    title: "Where it looks",
    before: [
      "At each step the decoder gives every patch a weight between 0 and 1; the weights add up to 1. Here the weights lie over the picture, as in “Show, Attend and Tell” (Xu et al. 2015): the larger the weight, the brighter the patch.",
      "Press play and watch the light move with the words. Nobody labelled where to look: the model has learned these weights from pictures and captions alone. The next picture shows how they are computed.",
    ],
    after: [
      "Point at a patch, or move over the picture with the arrow keys, to read its exact weight. With “Move attention” you press a patch: this step then attends only to that patch, and the model rewrites the words that follow.",
      "The weights show where the decoder looked, but not why it chose a word. The decoder sees each patch on its own. A word may come from the decoder's state while the light rests on a patch that shows little.",
    ],
  },
  zh: {
    title: "它关注哪里",
    before: [
      "解码器在每一步给每个图像块一个 0 到 1 之间的权重，全部权重之和为 1。这里把权重叠加在图片上，就像“Show, Attend and Tell”（Xu 等，2015）那样：权重越大，图像块越亮。",
      "播放一遍，亮处会随着词移动。没有人标注过该关注哪里：模型只从图片和描述中学到了这些权重。下一幅图展示它们的计算过程。",
    ],
    after: [
      "指向一个图像块，或者用方向键在图片上移动，就能读出精确的权重。打开“移动注意力”再点一个图像块：这一步就只关注它，后面的词会重新生成。",
      "权重说明解码器关注了哪里，并不说明它为什么选这个词。解码器单独看待每个图像块；一个词可能来自解码器自己的状态，而亮处落在一个无关紧要的图像块上。",
    ],
  },
};

/** The words inside the picture. */
export const attentionText: Translated<{
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
    brightness: "Brightness shows the weight, from",
    move: "Move attention",
    press: "Press a patch: this step then attends to it alone.",
    own: "Use the model’s own weights",
    given: "You have set the weights of this step.",
    after: "after",
    writes: "it writes",
    picture: (output) => `The picture with the weights for “${output}”`,
    patch: (row, column, weight) => `row ${row}, column ${column}: weight ${weight}`,
    rest: (best) => `Most: ${best}`,
    sum: (count, sum) => `The ${count} weights add up to ${sum}.`,
    all: "All words side by side",
    multiples: (count) => `The picture with the weights of each of ${count} steps, on one scale`,
    label: (output, row, column, share) =>
      `For “${output}”, row ${row}, column ${column} has the largest weight: ${share}`,
  },
  zh: {
    step: "正在写的词",
    scale: "最亮处代表",
    scales: { largest: "最大的权重", one: "权重 1" },
    ends: { largest: "这条描述里最大的权重", one: "全部权重" },
    brightness: "亮度表示权重，从",
    move: "移动注意力",
    press: "点一个图像块：这一步就只关注它。",
    own: "恢复模型自己的权重",
    given: "这一步的权重是你设定的。",
    after: "写了",
    writes: "之后写出",
    picture: (output) => `按“${output}”的权重显示的图片`,
    patch: (row, column, weight) => `第 ${row} 行第 ${column} 列：权重 ${weight}`,
    rest: (best) => `最大：${best}`,
    sum: (count, sum) => `${count} 个权重的总和是 ${sum}。`,
    all: "所有词并排显示",
    multiples: (count) => `按 ${count} 步各自的权重显示的图片，用同一个标度`,
    label: (output, row, column, share) =>
      `写“${output}”时，第 ${row} 行第 ${column} 列的权重最大：${share}`,
  },
};
