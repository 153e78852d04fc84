import type { Translated } from "../../text/translated.ts";
import type { SceneText } from "../scene.ts";

export const text: Translated<SceneText> = {
  en: {
    title: "Encoder, context, decoder",
    before: [
      "Inside the box are two networks. The encoder reads the source word by word and collects what it has read in a vector, its hidden state. The decoder has a hidden state of its own and writes the translation word by word.",
      "In the first models of this kind, only the encoder’s last state passes to the decoder: the context. A model with attention hands over the encoder states of all words.",
    ],
    after: [
      "Each word that the decoder writes becomes its next input: watch it return at the beginning of a step. Choose a model with or without attention at the top, and compare what is handed over.",
    ],
  },
  zh: {
    title: "编码器、上下文、解码器",
    before: [
      "方框里是两个网络：编码器逐词读入源句，把读到的内容收进一个向量，即它的隐藏状态；解码器有自己的隐藏状态，逐词写出译文。",
      "在最早的这类模型里，从编码器传给解码器的只有编码器的最后一个状态：上下文。带注意力的模型则把编码器在每个词处的状态都交给解码器。",
    ],
    after: [
      "解码器写出的每个词都会成为它的下一个输入：留意每一步开始时，词怎样回到解码器。在页面上方选择有注意力或没有注意力的模型，比较交给解码器的内容。",
    ],
  },
};

/** The same for a model that reads pictures. */
export const ofPictures: Translated<SceneText> = {
  en: {
    title: "Patches, context, decoder",
    before: [
      "Each patch of the picture becomes a vector: a learned layer reads the red, green and blue of its pixels, and a learned vector is added for its position. The decoder has a hidden state of its own and writes the caption word by word.",
      "If the model has an encoder, the encoder first reads the patches one after the other. If it has none, as in “Show, Attend and Tell”, the decoder attends to the patches themselves, and its initial state is computed from their mean.",
    ],
    after: [
      "Each word that the decoder writes becomes its next input: watch it return at the beginning of a step.",
    ],
  },
  zh: {
    title: "图像块、上下文、解码器",
    before: [
      "每个图像块变成一个向量：一个可学习的层读取各像素的红、绿、蓝，再加上一个可学习的位置向量。解码器有自己的隐藏状态，逐词写出描述。",
      "如果模型有编码器，编码器先逐个读入图像块；如果没有，就像“Show, Attend and Tell”那样，解码器直接关注这些图像块，它的初始状态由全部图像块的平均得到。",
    ],
    after: ["解码器写出的每个词都会成为它的下一个输入：留意每一步开始时，词怎样回到解码器。"],
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
    context: ["the context", "and nothing else"],
    all: (count, hasFirst) => [
      count === 1 ? "its one state" : `all ${count} states`,
      hasFirst ? "and an initial state" : "and an initial state of zeros",
    ],
    allPatches: (count, hasFirst) => [
      `all ${count} patches`,
      hasFirst ? "and their mean" : "and an initial state of zeros",
    ],
    patchShelf: "vectors of the patches, kept",
    handingPatches: (count) =>
      `The vectors of all ${count} patches go to the decoder, and its initial state comes from their mean`,
    layered: (name, layers) => (layers > 1 ? `${name}, ${layers} layers` : name),
    input: "previous word",
    state: "state",
    first: "initial state",
    shelf: "encoder states, kept",
    contextNow: "context",
    encoderState: "Current encoder state",
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
    context: ["上下文", "别无其他"],
    all: (count, hasFirst) => [
      count === 1 ? "唯一的一个状态" : `全部 ${count} 个状态`,
      hasFirst ? "以及初始状态" : "初始状态为零",
    ],
    allPatches: (count, hasFirst) => [
      `全部 ${count} 个图像块`,
      hasFirst ? "以及它们的平均" : "初始状态为零",
    ],
    patchShelf: "保留下来的图像块向量",
    handingPatches: (count) => `全部 ${count} 个图像块的向量传到解码器，初始状态由它们的平均得到`,
    layered: (name, layers) => (layers > 1 ? `${name}（${layers} 层）` : name),
    input: "前一个词",
    state: "状态",
    first: "初始状态",
    shelf: "保留下来的编码器状态",
    contextNow: "上下文",
    encoderState: "编码器当前的状态",
    decoderState: "解码器状态",
    label: (read, of, written) =>
      `编码器读了 ${of} 项中的 ${read} 项；${written === "" ? "还没有写出任何词" : `解码器写出了“${written}”`}`,
    handing: (states) =>
      states === null ? "上下文从编码器传到解码器" : `全部 ${states} 个编码器状态传到解码器`,
  },
};
