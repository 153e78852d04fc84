import type { Translated } from "../../text/translated.ts";
import type { SceneText } from "../scene.ts";

export const text: Translated<SceneText> = {
  en: {
    title: "Attention: nothing is thrown away",
    before: [
      "Without attention the encoder’s states replace each other, and the last one has to hold the whole sentence, however long it is. That is the bottleneck of these models.",
      "With attention the encoder keeps its state at every word and hands over all of them. The decoder starts from the last one as before, but now it can look back at each word whenever it needs to.",
    ],
    after: [
      "Both pictures show the same numbers of the same sentence. Type a longer one: what is handed over without attention stays as little as it is, what is handed over with attention grows with the sentence.",
    ],
  },
  zh: {
    title: "注意力：什么都不丢掉",
    before: [
      "没有注意力时，编码器的状态一个替换一个，最后一个状态必须装下整句话，不管句子有多长。这就是这类模型的瓶颈。",
      "有了注意力，编码器保留它在每个词处的状态，并把它们全部交出去。解码器仍然从最后的状态出发，但它随时可以回头去看每一个词。",
    ],
    after: [
      "两幅图用的是同一个句子的同一批数。输入更长的句子试试：没有注意力时交出去的始终只有这么多，有注意力时交出去的随句子一起变多。",
    ],
  },
};

/** The same for a model that reads pictures. */
export const ofPictures: Translated<SceneText> = {
  en: {
    title: "Attention: nothing is thrown away",
    before: [
      "Without attention the encoder’s states replace each other, and the last one has to hold the whole picture, however many patches it has. That is the bottleneck of these models.",
      "With attention the encoder keeps its state at every patch and hands over all of them. The decoder starts from the last one as before, but now it can look back at each patch whenever it needs to.",
    ],
    after: [
      "Both drawings show the same numbers of the same picture. What is handed over without attention is little, however large the picture; what is handed over with attention grows with its patches.",
    ],
  },
  zh: {
    title: "注意力：什么都不丢掉",
    before: [
      "没有注意力时，编码器的状态一个替换一个，最后一个状态必须装下整张图片，不管它有多少小块。这就是这类模型的瓶颈。",
      "有了注意力，编码器保留它在每个小块处的状态，并把它们全部交出去。解码器仍然从最后的状态出发，但它随时可以回头去看每一个小块。",
    ],
    after: [
      "两幅图用的是同一张图片的同一批数。没有注意力时，图片再大，交出去的也只有这么多；有注意力时，交出去的随小块一起变多。",
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
    thisModel: "as this model does it",
    wouldBeLeft: (isPicture) => `what would be left of this ${isPicture ? "picture" : "sentence"}`,
    wouldBeKept: (isPicture) => `what could be kept of this ${isPicture ? "picture" : "sentence"}`,
    replaced: "each state replaces the one before",
    kept: "every state is kept",
    one: "one context",
    all: (count) => (count === 1 ? "its one state" : `all ${count} states`),
    context: "context",
    first: "first state",
    countOne: (numbers, isPicture) =>
      `${numbers} numbers, for any ${isPicture ? "picture" : "sentence"}`,
    countAll: (start, states, size) =>
      `${start} + ${states} × ${size} = ${start + states * size} numbers`,
    label: (count, isHanded) =>
      isHanded
        ? `Without attention the decoder gets one context; with attention it gets ${count === 1 ? "the encoder state" : `all ${count} encoder states`} as well`
        : "Without attention each encoder state replaces the one before; with attention all are kept",
  },
  zh: {
    without: "没有注意力",
    with: "有注意力",
    thisModel: "这个模型就是这样",
    wouldBeLeft: (isPicture) => (isPicture ? "这张图片会剩下的" : "这句话会剩下的"),
    wouldBeKept: (isPicture) => (isPicture ? "这张图片可以保留的" : "这句话可以保留的"),
    replaced: "每个状态替换前一个",
    kept: "每个状态都保留",
    one: "一个上下文",
    all: (count) => (count === 1 ? "唯一的一个状态" : `全部 ${count} 个状态`),
    context: "上下文",
    first: "初始状态",
    countOne: (numbers, isPicture) => `${numbers} 个数，对任何${isPicture ? "图片" : "句子"}都一样`,
    countAll: (start, states, size) =>
      `${start} + ${states} × ${size} = ${start + states * size} 个数`,
    label: (count, isHanded) =>
      isHanded
        ? `没有注意力，解码器只得到一个上下文；有注意力，它还得到${count === 1 ? "那个编码器状态" : `全部 ${count} 个编码器状态`}`
        : "没有注意力，编码器的每个状态替换前一个；有注意力，所有状态都保留",
  },
};
