import { formatCount } from "../../text/numbers.ts";
import type { Translated } from "../../text/translated.ts";
import type { SceneCaptions } from "../../words/captions.ts";
import type { SceneText } from "../scene.ts";

export const text: Translated<SceneText> = {
  en: {
    title: "Attention: nothing is thrown away",
    before: [
      "Without attention, each encoder state replaces the one before, and the last state must hold the whole sentence, however long it is. This is the bottleneck of these models.",
      "With attention, the encoder keeps the state of every word and hands over all of them. The decoder still starts from the last state, but at every step it can also attend to each word.",
    ],
    after: [
      "Both pictures show the same numbers for the same sentence. Type a longer sentence: without attention the amount handed over stays the same; with attention it grows with the sentence.",
    ],
  },
  zh: {
    title: "注意力：保留所有状态",
    before: [
      "没有注意力时，编码器的每个状态都替换前一个，无论句子多长，最后一个状态都必须装下整句话。这就是这类模型的瓶颈。",
      "有了注意力，编码器保留每个词处的状态，并全部传给解码器。解码器仍然从最后的状态开始，但每一步都可以关注任何一个词。",
    ],
    after: [
      "两幅图用的是同一个句子的同一批数。输入更长的句子试试：没有注意力时，传给解码器的数始终一样多；有注意力时，它随句子变长而增多。",
    ],
  },
};

/** The same for a model that reads pictures. */
export const ofPictures: Translated<SceneText> = {
  en: {
    title: "Attention: nothing is thrown away",
    before: [
      "Without attention, each encoder state replaces the one before, and the last state must hold the whole picture, however many patches it has. This is the bottleneck of these models.",
      "With attention, the encoder keeps the state of every patch and hands over all of them. The decoder still starts from the last state, but at every step it can also attend to each patch.",
    ],
    after: [
      "Both drawings show the same numbers for the same picture. Without attention, the amount handed over does not depend on the size of the picture; with attention it grows with the number of patches.",
    ],
  },
  zh: {
    title: "注意力：保留所有状态",
    before: [
      "没有注意力时，编码器的每个状态都替换前一个，无论有多少图像块，最后一个状态都必须装下整张图片。这就是这类模型的瓶颈。",
      "有了注意力，编码器保留每个图像块处的状态，并全部传给解码器。解码器仍然从最后的状态开始，但每一步都可以关注任何一个图像块。",
    ],
    after: [
      "两幅图用的是同一张图片的同一批数。没有注意力时，传给解码器的数与图片大小无关；有注意力时，它随图像块增多。",
    ],
  },
};

/** The words inside the picture. */
export const pictureText: Translated<{
  readonly without: string;
  readonly with: string;
  readonly thisModel: string;
  readonly wouldBeLeft: (isPicture: boolean) => string;
  readonly wouldBeKept: (isPicture: boolean) => string;
  readonly replaced: string;
  readonly kept: string;
  readonly one: string;
  readonly all: (count: number) => string;
  readonly context: string;
  readonly first: string;
  readonly countOne: (numbers: number, isPicture: boolean) => string;
  readonly countAll: (start: number, states: number, size: number) => string;
  readonly label: (count: number, isHanded: boolean) => string;
}> = {
  en: {
    without: "Without attention",
    with: "With attention",
    thisModel: "as in this model",
    wouldBeLeft: (isPicture) => `what would remain of this ${isPicture ? "picture" : "sentence"}`,
    wouldBeKept: (isPicture) => `what could be kept of this ${isPicture ? "picture" : "sentence"}`,
    replaced: "each state replaces the one before",
    kept: "every state is kept",
    one: "one context",
    all: (count) => (count === 1 ? "its one state" : `all ${count} states`),
    context: "context",
    first: "initial state",
    countOne: (numbers, isPicture) =>
      `${formatCount(numbers)} numbers, for any ${isPicture ? "picture" : "sentence"}`,
    countAll: (start, states, size) =>
      `${start} + ${states} × ${size} = ${formatCount(start + states * size)} numbers`,
    label: (count, isHanded) =>
      isHanded
        ? `Without attention the decoder gets one context; with attention it gets ${count === 1 ? "the encoder state" : `all ${count} encoder states`} as well`
        : "Without attention each encoder state replaces the one before; with attention all are kept",
  },
  zh: {
    without: "没有注意力",
    with: "有注意力",
    thisModel: "这个模型就是这样",
    wouldBeLeft: (isPicture) => (isPicture ? "这张图片会剩下的内容" : "这句话会剩下的内容"),
    wouldBeKept: (isPicture) => (isPicture ? "这张图片可以保留的内容" : "这句话可以保留的内容"),
    replaced: "每个状态替换前一个",
    kept: "每个状态都保留",
    one: "一个上下文",
    all: (count) => (count === 1 ? "唯一的一个状态" : `全部 ${count} 个状态`),
    context: "上下文",
    first: "初始状态",
    countOne: (numbers, isPicture) =>
      `${formatCount(numbers)} 个数，对任何${isPicture ? "图片" : "句子"}都一样`,
    countAll: (start, states, size) =>
      `${start} + ${states} × ${size} = ${formatCount(start + states * size)} 个数`,
    label: (count, isHanded) =>
      isHanded
        ? `没有注意力，解码器只得到一个上下文；有注意力，它还得到${count === 1 ? "那个编码器状态" : `全部 ${count} 个编码器状态`}`
        : "没有注意力，编码器的每个状态替换前一个；有注意力，所有状态都保留",
  },
};

export const captions: Translated<SceneCaptions> = {
  en: {
    encode: ({ input }) =>
      `${input} is read: its state takes the place of the old one, or is kept beside it`,
    handover: () => "The decoder gets the last state alone, or all states",
  },
  zh: {
    encode: ({ input }) => `读入${input}：它的状态替换旧状态，或者与旧状态一起保留`,
    handover: () => "解码器只得到最后的状态，或者得到全部状态",
  },
};
