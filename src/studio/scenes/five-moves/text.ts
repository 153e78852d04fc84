import type { Translated } from "../../text/translated.ts";
import type { SceneText } from "../scene.ts";

export const text: Translated<SceneText> = {
  en: {
    title: "Attention at one step, in five moves",
    before: [
      "Before writing a word, the decoder compares its own state with every encoder state. The comparison gives each source word a score. Softmax turns the scores into weights, which are positive and add up to 1.",
      "Each encoder state is multiplied by its weight: states with a high score stay bright, and the others fade. The weighted states add up to the context vector of this step.",
    ],
    handling: [
      "Choose another word above the picture to see another step. Point at any number to read it; click it and choose “Show the sum” to see how it was computed.",
    ],
    after: [],
  },
  zh: {
    title: "一步注意力，五个动作",
    before: [
      "在写出一个词之前，解码器把自己的状态和每个编码器状态逐一比较，每个源词由此得到一个分数；softmax 再把分数变成权重：全部为正，总和为 1。",
      "每个编码器状态乘以自己的权重：分数高的保持明亮，其余的暗下去。加权后的向量相加，就是这一步的上下文向量。",
    ],
    handling: [
      "在图的上方选择另一个词，就能看到另一步。指向任何一个数可以读出它的值；点击它，再用“显示算式”可以看到它的计算过程。",
    ],
    after: [],
  },
};

/** The same for a model that reads pictures. */
export const ofPictures: Translated<SceneText> = {
  en: {
    title: "Attention at one step, in five moves",
    before: [
      "Before writing a word, the decoder compares its own state with the vector of every patch. The comparison gives each patch a score. Softmax turns the scores into weights, which are positive and add up to 1.",
      "The vector of each patch is multiplied by its weight: vectors with a high score stay bright, and the others fade. The weighted vectors add up to the context vector of this step.",
    ],
    handling: [
      "Choose another word above the picture to see another step. Point at any number to read it; click it and choose “Show the sum” to see how it was computed.",
    ],
    after: [],
  },
  zh: {
    title: "一步注意力，五个动作",
    before: [
      "在写出一个词之前，解码器把自己的状态和每个图像块的向量逐一比较，每个图像块由此得到一个分数；softmax 再把分数变成权重：全部为正，总和为 1。",
      "每个图像块的向量乘以自己的权重：分数高的保持明亮，其余的暗下去。加权后的向量相加，就是这一步的上下文向量。",
    ],
    handling: [
      "在图的上方选择另一个词，就能看到另一步。指向任何一个数可以读出它的值；点击它，再用“显示算式”可以看到它的计算过程。",
    ],
    after: [],
  },
};

/** What is said of each move behind its row. */
interface MoveNotes {
  readonly prepare: string;
  readonly score: string;
  readonly softmax: string;
  /** In place of the softmax, where its result is multiplied by a curve. */
  readonly curve: string;
  readonly multiply: string;
  readonly sum: string;
}

/** The words inside the picture. */
export const pictureText: Translated<{
  readonly moves: readonly [string, string, string, string, string];
  readonly notes: MoveNotes;
  readonly patchNotes: MoveNotes;
  readonly step: string;
  readonly query: string;
  readonly encoderState: (token: string) => string;
  readonly patchStates: string;
  readonly patchState: (place: string) => string;
  readonly strongest: (shown: number, of: number, share: string) => string;
  readonly weightedState: (token: string) => string;
  readonly decoderState: string;
  readonly context: string;
  readonly scales: { readonly encoder: string; readonly score: string };
  readonly label: (output: string, source: string, share: string) => string;
  readonly scoreOf: (token: string) => string;
  readonly weightOf: (token: string) => string;
  readonly aligned: string;
  readonly byPlace: string;
}> = {
  en: {
    moves: ["1  Prepare", "2  Score", "3  Softmax", "4  Multiply", "5  Sum"],
    notes: {
      prepare: "one state for each source word, and the decoder’s state",
      score: "one score for each source word",
      softmax: "positive weights that add up to 1",
      curve: "weights, largest in the middle of the window",
      multiply: "each state times its weight",
      sum: "all of them together: the context",
    },
    patchNotes: {
      prepare: "one vector for each patch, and the decoder’s state",
      score: "one score for each patch",
      softmax: "positive weights that add up to 1",
      curve: "weights, largest in the middle of the window",
      multiply: "each vector times its weight",
      sum: "all of them together: the context",
    },
    step: "Step that writes",
    query: "decoder",
    encoderState: (token) => `Encoder state of “${token}”`,
    patchStates: "patch vectors",
    patchState: (place) => `Vector of patch ${place}`,
    strongest: (shown, of, share) =>
      `The picture shows the ${shown} patches with the largest weights, ${share} of the total; scores, softmax and sum use all ${of}.`,
    weightedState: (token) => `Encoder state of “${token}” times its weight`,
    decoderState: "Decoder state",
    context: "context",
    scales: { encoder: "encoder states", score: "scores" },
    label: (output, source, share) =>
      `Attention before “${output}”: “${source}” gets ${share} of the weight`,
    scoreOf: (token) => `Score of “${token}”`,
    weightOf: (token) => `Weight of “${token}”`,
    byPlace:
      "The score of this model does not use the encoder states: its matrix has one row for each position, and only the decoder state determines which positions matter.",
    aligned: "Dashed bars show the softmax before it is multiplied by the curve.",
  },
  zh: {
    moves: ["1  准备", "2  打分", "3  softmax", "4  相乘", "5  求和"],
    notes: {
      prepare: "每个源词一个状态，还有解码器的状态",
      score: "每个源词一个分数",
      softmax: "权重全部为正，总和为 1",
      curve: "权重，窗口中央最大",
      multiply: "每个状态乘以自己的权重",
      sum: "全部相加，就是上下文",
    },
    patchNotes: {
      prepare: "每个图像块一个向量，还有解码器的状态",
      score: "每个图像块一个分数",
      softmax: "权重全部为正，总和为 1",
      curve: "权重，窗口中央最大",
      multiply: "每个向量乘以自己的权重",
      sum: "全部相加，就是上下文",
    },
    step: "正在写的词",
    query: "解码器",
    encoderState: (token) => `“${token}”的编码器状态`,
    patchStates: "图像块的向量",
    patchState: (place) => `图像块 ${place} 的向量`,
    strongest: (shown, of, share) =>
      `图中画出权重最大的 ${shown} 个图像块，共占 ${share}；打分、softmax 和求和都使用全部 ${of} 个图像块。`,
    weightedState: (token) => `“${token}”的编码器状态乘以权重`,
    decoderState: "解码器状态",
    context: "上下文",
    scales: { encoder: "编码器状态", score: "分数" },
    label: (output, source, share) => `写“${output}”之前的注意力：“${source}”得到 ${share} 的权重`,
    scoreOf: (token) => `“${token}”的分数`,
    weightOf: (token) => `“${token}”的权重`,
    byPlace:
      "这个模型的打分不使用编码器状态：它的矩阵每个位置一行，哪些位置重要只由解码器的状态决定。",
    aligned: "虚线柱表示乘以这条曲线之前的 softmax。",
  },
};
