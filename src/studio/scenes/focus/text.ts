import type { Translated } from "../../text/translated.ts";
import { sceneReference } from "../../words/scenes.ts";
import type { SceneText } from "../scene.ts";

export const text: Translated<SceneText> = {
  en: {
    title: "Focus over the whole sentence",
    before: [
      "Now step after step. The rows are the encoder’s states, one for each source word, and they stay as they are. Each step of the decoder adds a column: how much of each state it took, the stronger the tint the more. The weighted sum stands below, a context of its own for each word.",
      "Play it and watch the focus wander. The model does not simply pair the first word with the first and the second with the second: it has learned from translations which words belong together.",
    ],
    after: [
      "Choose a word above the picture to go to its step. The columns side by side are already the alignment matrix of the next picture, turned on its side.",
    ],
  },
  zh: {
    title: "整句话中的焦点",
    before: [
      "现在一步接一步地看。每一行是编码器的一个状态，对应源句的一个词，它们始终不变。解码器每走一步就添上一列：从每个状态取了多少，颜色越深取得越多。下面是加权之和：每个词都有它自己的上下文向量。",
      "播放一遍，看焦点如何移动。模型并不是简单地把第一个词配第一个、第二个配第二个：它从译文中学会了哪些词彼此对应。",
    ],
    after: [
      "在图的上方选择一个词，就能跳到写出它的那一步。这些并排的列其实已经是下一幅图的对齐矩阵，只是转了个方向。",
    ],
  },
};

/** The same for a model that reads pictures. */
export const ofPictures: Translated<SceneText> = {
  en: {
    title: "Focus over the whole picture",
    before: [
      "Now step after step. The rows are the patches of the picture, named by row and column, and what the decoder sees of each stays as it is. Each step of the decoder adds a column: how much of each patch it took, the stronger the tint the more. The weighted sum stands below, a context of its own for each word.",
    ],
    after: [
      `Choose a word above the picture to go to its step. In ${sceneReference("where-it-looks", "en")} the same columns lie over the picture.`,
    ],
  },
  zh: {
    title: "整张图片上的焦点",
    before: [
      "现在一步接一步地看。每一行是图片的一个小块，用“行,列”来称呼，解码器看到的内容始终不变。解码器每走一步就添上一列：从每个小块取了多少，颜色越深取得越多。下面是加权之和：每个词都有它自己的上下文向量。",
    ],
    after: [
      `在图的上方选择一个词，就能跳到写出它的那一步。${sceneReference("where-it-looks", "zh")}把同样的权重铺在图片上。`,
    ],
  },
};

/** The words inside the picture. */
export const pictureText: Translated<{
  readonly step: string;
  readonly context: string;
  readonly contextOf: (token: string) => string;
  readonly encoderState: (token: string) => string;
  readonly patchState: (place: string) => string;
  readonly patchStates: string;
  readonly patchMatrix: string;
  readonly states: string;
  readonly weight: string;
  readonly matrix: string;
  readonly cell: (output: string, source: string) => string;
  readonly window: string;
  readonly label: (output: string, source: string, share: string) => string;
}> = {
  en: {
    step: "Step that writes",
    context: "context",
    contextOf: (token) => `Context before “${token}”`,
    encoderState: (token) => `Encoder state of “${token}”`,
    patchState: (place) => `Vector of the patch ${place}`,
    patchStates: "vectors of the patches",
    patchMatrix: "Weights: patches as rows, written words as columns",
    states: "encoder states",
    weight: "Weight",
    matrix: "Weights: source words as rows, written words as columns",
    cell: (output, source) => `“${source}” for “${output}”`,
    window: "Dashed frames are the windows, and the marks at their edges their middles.",
    label: (output, source, share) =>
      `Focus step by step. For “${output}” the decoder takes ${share} from “${source}”.`,
  },
  zh: {
    step: "写出哪个词的一步",
    context: "上下文",
    contextOf: (token) => `写“${token}”之前的上下文`,
    encoderState: (token) => `“${token}”的编码器状态`,
    patchState: (place) => `小块 ${place} 的向量`,
    patchStates: "小块的向量",
    patchMatrix: "权重：行是小块，列是写出的词",
    states: "编码器状态",
    weight: "权重",
    matrix: "权重：行是源句的词，列是写出的词",
    cell: (output, source) => `“${output}”取自“${source}”`,
    window: "虚线框是窗口，边上的短线是窗口的中心。",
    label: (output, source, share) =>
      `逐步移动的焦点。写“${output}”时，解码器有 ${share} 取自“${source}”。`,
  },
};
