import type { Translated } from "../../text/translated.ts";
import type { SceneCaptions } from "../../words/captions.ts";
import { sceneReference } from "../../words/scenes.ts";
import type { SceneText } from "../scene.ts";

export const text: Translated<SceneText> = {
  en: {
    title: "Focus over the whole sentence",
    before: [
      "Now you see all steps. The rows are the encoder states, one for each source word; they do not change. Each decoder step adds a column of weights: the stronger the tint, the larger the weight. Below each column is the weighted sum, the context of that step.",
      "Press play and watch the focus move. The model does not simply pair words by position: it has learned from translations which words correspond.",
    ],
    handling: ["Choose a word above the picture to go to its step."],
    after: ["Side by side, the columns form the alignment matrix of the next picture, transposed."],
  },
  zh: {
    title: "焦点在句子中移动",
    before: [
      "现在来看所有步骤。每一行是编码器的一个状态，对应源句的一个词，它们始终不变。解码器每走一步就增加一列权重：颜色越深，权重越大。每列下面是加权和，也就是那一步的上下文向量。",
      "播放一遍，看焦点如何移动。模型并不是简单地按位置配对：它从译文中学会了哪些词彼此对应。",
    ],
    handling: ["在图的上方选择一个词，就能跳到写出它的那一步。"],
    after: ["这些列并排起来，就是下一幅图中对齐矩阵的转置。"],
  },
};

/** The same for a model that reads pictures. */
export const ofPictures: Translated<SceneText> = {
  en: {
    title: "Focus over the whole picture",
    before: [
      "Now you see all steps. The rows are the vectors of the patches, named by row and column; they do not change. Each decoder step adds a column of weights: the stronger the tint, the larger the weight. Below each column is the weighted sum, the context of that step.",
    ],
    handling: ["Choose a word above the picture to go to its step."],
    after: [`In ${sceneReference("where-it-looks", "en")} the same columns lie over the picture.`],
  },
  zh: {
    title: "焦点在图片上移动",
    before: [
      "现在来看所有步骤。每一行是一个图像块的向量，用“行,列”标记，它们始终不变。解码器每走一步就增加一列权重：颜色越深，权重越大。每列下面是加权和，也就是那一步的上下文向量。",
    ],
    handling: ["在图的上方选择一个词，就能跳到写出它的那一步。"],
    after: [`${sceneReference("where-it-looks", "zh")}把同样的权重叠加在图片上。`],
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
    patchState: (place) => `Vector of patch ${place}`,
    patchStates: "patch vectors",
    patchMatrix: "Weights: patches as rows, written words as columns",
    states: "encoder states",
    weight: "Weight",
    matrix: "Weights: source words as rows, written words as columns",
    cell: (output, source) => `“${source}” for “${output}”`,
    window: "Dashed frames show the windows; marks at their edges show the window centres.",
    label: (output, source, share) =>
      `Focus step by step. For “${output}”, “${source}” has ${share} of the weight.`,
  },
  zh: {
    step: "正在写的词",
    context: "上下文",
    contextOf: (token) => `写“${token}”之前的上下文`,
    encoderState: (token) => `“${token}”的编码器状态`,
    patchState: (place) => `图像块 ${place} 的向量`,
    patchStates: "图像块的向量",
    patchMatrix: "权重：行是图像块，列是写出的词",
    states: "编码器状态",
    weight: "权重",
    matrix: "权重：行是源句的词，列是写出的词",
    cell: (output, source) => `“${output}”取自“${source}”`,
    window: "虚线框表示窗口，边上的短线表示窗口的中心。",
    label: (output, source, share) =>
      `逐步移动的焦点。写“${output}”时，“${source}”占 ${share} 的权重。`,
  },
};

export const captions: Translated<SceneCaptions> = {
  en: {
    choose: ({ output, step, attended, share }) =>
      `Column ${step}: ${output}, most weight on ${attended} (${share})`,
  },
  zh: {
    choose: ({ output, step, attended, share }) =>
      `第 ${step} 列：${output}，权重最大的是${attended}（${share}）`,
  },
};
