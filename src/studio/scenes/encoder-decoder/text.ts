import type { Translated } from "../../text/translated.ts";
import type { SceneText } from "../scene.ts";

export const text: Translated<SceneText> = {
  en: {
    title: "Encoder, context, decoder",
    before: [
      "The box opens. Inside are two networks: an encoder, which reads the source word by word and collects what it has read in a vector of numbers, its hidden state; and a decoder, which writes the translation word by word, from a state of its own.",
      "In the first models of this kind, all that passes from one to the other is the encoder’s last state: the context. A model with attention hands over the encoder’s states at every word.",
    ],
    after: [
      "The decoder gets each word that it has written back as its next input: see how it returns at the beginning of a step. Choose a model with or without attention at the top, and compare what travels.",
    ],
  },
  zh: {
    title: "编码器、上下文、解码器",
    before: [
      "方框打开了。里面是两个网络：编码器逐词读入源句，把读到的内容收进一个由数组成的向量，即它的隐藏状态；解码器有自己的状态，逐词写出译文。",
      "在最早的这类模型里，从编码器传给解码器的只有编码器的最后一个状态：上下文。带注意力的模型则把编码器在每个词处的状态都交过去。",
    ],
    after: [
      "解码器写出的每个词都会作为它的下一个输入：看看一步开始时词是怎样回去的。在页面上方换成有注意力或没有注意力的模型，比较一下传过去的是什么。",
    ],
  },
};

/** The same for a model that reads pictures. */
export const ofPictures: Translated<SceneText> = {
  en: {
    title: "Patches, context, decoder",
    before: [
      "The box opens. Each patch of the picture becomes a vector of numbers: a learned layer takes the red, green and blue of its pixels, and a learned vector says where the patch lies. A decoder then writes the caption word by word, from a state of its own.",
      "Where this model has an encoder, that reads the patches one after the other first. Where it has none, as in “Show, Attend and Tell”, the decoder sees the patches themselves, and begins with what a layer makes of their mean.",
    ],
    after: [
      "The decoder gets each word that it has written back as its next input: see how it returns at the beginning of a step.",
    ],
  },
  zh: {
    title: "小块、上下文、解码器",
    before: [
      "方框打开了。图片的每个小块变成一个由数组成的向量：一个学到的层读取它各像素的红、绿、蓝，另有一个学到的向量说明这个小块在哪里。然后解码器用它自己的状态逐词写出说明。",
      "如果模型有编码器，编码器先把小块一个接一个地读过去；如果没有，就像“Show, Attend and Tell”那样，解码器直接看这些小块，它的初始状态由所有小块的平均得到。",
    ],
    after: ["解码器写出的每个词都会作为它的下一个输入：看看一步开始时词是怎样回去的。"],
  },
};

/** The words inside the picture. */
export const pictureText: Translated<{
  readonly both: string;
  readonly layer: (layer: number, of: number) => string;
  readonly context: readonly [string, string];
  readonly all: (count: number, hasFirst: boolean) => readonly [string, string];
  readonly allPatches: (count: number, hasFirst: boolean) => readonly [string, string];
  readonly patchShelf: string;
  readonly handingPatches: (count: number) => string;
  readonly layered: (name: string, layers: number) => string;
  readonly input: string;
  readonly state: string;
  readonly first: string;
  readonly shelf: string;
  readonly contextNow: string;
  readonly encoderState: string;
  readonly decoderState: string;
  readonly label: (read: number, of: number, written: string) => string;
  readonly handing: (states: number | null) => string;
}> = {
  en: {
    both: "reads from both ends at once",
    layer: (layer, of) => `layer ${layer} of ${of}`,
    context: ["the context", "is all it gets"],
    all: (count, hasFirst) => [
      count === 1 ? "its one state" : `all ${count} states`,
      hasFirst ? "and a first state" : "and no first state: it is zero",
    ],
    allPatches: (count, hasFirst) => [
      `all ${count} patches`,
      hasFirst ? "and their mean" : "and no first state: it is zero",
    ],
    patchShelf: "vectors of the patches, kept",
    handingPatches: (count) =>
      `The vectors of all ${count} patches go to the decoder, and their mean makes its first state`,
    layered: (name, layers) => (layers > 1 ? `${name}, ${layers} layers` : name),
    input: "word before",
    state: "state",
    first: "first state",
    shelf: "encoder states, kept",
    contextNow: "context",
    encoderState: "Encoder state so far",
    decoderState: "Decoder state",
    label: (read, of, written) =>
      `The encoder has read ${read} of ${of}; ${written === "" ? "nothing is written yet" : `the decoder has written “${written}”`}`,
    handing: (states) =>
      states === null
        ? "The context goes from the encoder to the decoder"
        : `All ${states} encoder states go to the decoder`,
  },
  zh: {
    both: "同时从两端读",
    layer: (layer, of) => `第 ${layer} 层，共 ${of} 层`,
    context: ["上下文", "解码器只得到它"],
    all: (count, hasFirst) => [
      count === 1 ? "唯一的一个状态" : `全部 ${count} 个状态`,
      hasFirst ? "以及初始状态" : "没有初始状态：从零开始",
    ],
    allPatches: (count, hasFirst) => [
      `全部 ${count} 个小块`,
      hasFirst ? "以及它们的平均" : "没有初始状态：从零开始",
    ],
    patchShelf: "保留下来的小块向量",
    handingPatches: (count) => `全部 ${count} 个小块的向量传到解码器，它们的平均成为初始状态`,
    layered: (name, layers) => (layers > 1 ? `${name}（${layers} 层）` : name),
    input: "前一个词",
    state: "状态",
    first: "初始状态",
    shelf: "保留下来的编码器状态",
    contextNow: "上下文",
    encoderState: "编码器到目前为止的状态",
    decoderState: "解码器状态",
    label: (read, of, written) =>
      `编码器读了 ${of} 项中的 ${read} 项；${written === "" ? "还没有写出任何词" : `解码器写出了“${written}”`}`,
    handing: (states) =>
      states === null ? "上下文从编码器传到解码器" : `全部 ${states} 个编码器状态传到解码器`,
  },
};
