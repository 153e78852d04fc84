import type { Translated } from "../../text/translated.ts";
import type { SceneCaptions } from "../../words/captions.ts";
import type { SceneText } from "../scene.ts";
import { below } from "./moves.ts";
import type { StripName } from "./parts.ts";

export const text: Translated<SceneText> = {
  en: {
    title: "The whole decoder step",
    before: [
      "This picture shows every operation behind one word, in the order of the model. The step receives the previous word and the previous states. It computes a new state, attends to the source, combines the context with the state, and gives every token of the vocabulary a probability. The picture follows the model that you choose.",
    ],
    after: [
      "The small boxes at the left are earlier steps, with the same vectors row by row: together they form the unrolled decoder. The vectors that leave at the right enter the next step.",
    ],
    folded: {
      name: "models of decoder-mechanism",
      title: "How models differ",
      paragraphs: [
        "Luong’s decoder first computes the new state `h` and attends with it; the word is predicted from `[C; h]`, the concatenation of context and state, after one feed-forward layer.",
        "Bahdanau’s decoder attends with the previous state `s`; the context then enters the new state, and the word is predicted from the previous state, the received word and the context. With several layers, the bottom layer attends, and all layers receive the context; in some models of courses, the top layer attends, and only the bottom layer receives it.",
        "In tensorflow/nmt’s variant of GNMT, the bottom layer attends with its new state, and the layers above follow.",
        "Cho’s decoder has no attention: one summary of the sentence enters every step.",
      ],
    },
  },
  zh: {
    title: "完整的解码步骤",
    before: [
      "这幅图按模型自己的顺序展示生成一个词的全部运算。这一步输入上一个词和上一步的状态；它算出新的状态，关注源句，把上下文与状态结合起来，再给词表中的每个词元一个概率。图随你选择的模型而变。",
    ],
    after: [
      "左边的小方框是之前的各步，每一行是同样的向量：合起来就是展开的解码器。右边输出的向量进入下一步。",
    ],
    folded: {
      name: "models of decoder-mechanism",
      title: "不同模型的差别",
      paragraphs: [
        "Luong 的解码器先算出新状态 `h`，用它计算注意力；词由 `[C; h]`（上下文与状态的拼接）经过一个前馈层预测。",
        "Bahdanau 的解码器用上一步的状态 `s` 计算注意力，得到的上下文参与计算新状态，词则由上一步的状态、输入词和上下文预测。",
        "多层时，由最下层计算注意力，上下文进入每一层（有些教程里的模型由最上层计算注意力，上下文只进入最下层）；tensorflow/nmt 的 GNMT 变体用最下层的新状态计算注意力，上面各层随后再算。",
        "Cho 的解码器没有注意力：整句话的一个摘要进入每一步。",
      ],
    },
  },
};

/** What a strip is called, in symbols and in words. `step` counts from 1. */
export type StripWords = (name: StripName, step: number, layer: string, input: string) => string;

export const captions: Translated<SceneCaptions> = {
  en: {
    weighting: () => "The encoder states are scored, and softmax makes weights of the scores",
  },
  zh: {
    weighting: () => "给各个编码器状态打分，再由 softmax 变成权重",
  },
};

/** The words inside and around the picture. */
export interface MechanismWords {
  readonly step: string;
  readonly panel: (step: number, input: string, output: string) => string;
  readonly shortPanel: (step: number) => string;
  readonly strip: StripWords;
  readonly cell: (kind: string, layer: string) => string;
  readonly attention: string;
  readonly maxout: string;
  readonly softmax: (count: string, isShort: boolean) => string;
  readonly next: string;
  readonly encoder: string;
  readonly zeros: string;
  readonly encoderState: (token: string) => string;
  /** What is meant by encoder states where there is no encoder. */
  readonly unread: string;
  readonly scores: string;
  readonly rows: { readonly scores: string; readonly weights: string };
  readonly weights: string;
  readonly weightOf: (token: string) => string;
  readonly before: (step: number, output: string) => string;
  readonly more: (count: number) => string;
  readonly label: (step: number, input: string, output: string, share: string) => string;
  readonly scales: Readonly<
    Record<"embedding" | "encoder" | "decoder" | "context" | "score", string>
  >;
  readonly order: string;
  readonly nothing: string;
}

export const pictureText: Translated<MechanismWords> = {
  en: {
    step: "Step that writes",
    panel: (step, input, output) => `step ${step}: receives “${input}”, writes “${output}”`,
    shortPanel: (step) => `step ${step}`,
    strip: (name, step, layer, input) =>
      ({
        embedding: `embedding of “${input}”`,
        before: `previous state${layer && `, layer ${layer}`}`,
        state: `new state${layer && `, layer ${layer}`}`,
        output: `plus input${layer && `, layer ${layer}`}`,
        summary: "summary of the source",
        fed: "fed back",
        context: `context C${below(step)}`,
        gated: `context C${below(step)} after the gate`,
        attentional: `attentional vector h̃${below(step)}`,
        sums: "sums",
        joined: "concatenation",
        readout: "maxima",
        factored: "projected",
      })[name],
    cell: (kind, layer) => `${kind}${layer && `, layer ${layer}`}`,
    attention: "attention",
    maxout: "maxout",
    softmax: (count, isShort) => (isShort ? `softmax (${count})` : `softmax over ${count} tokens`),
    next: "next step",
    encoder: "encoder",
    zeros: "zeros",
    encoderState: (token) => `Encoder state of “${token}”`,
    unread: "This model has no encoder: here, encoder states are the vectors of the patches.",
    scores: "Attention scores",
    rows: { scores: "scores", weights: "weights" },
    weights: "Attention weights",
    weightOf: (token) => `“${token}”`,
    before: (step, output) => `Step ${step} wrote “${output}”`,
    more: (count) => `${count} earlier`,
    label: (step, input, output, share) =>
      `Decoder step ${step}: it receives “${input}” and writes “${output}” with probability ${share}`,
    scales: {
      embedding: "embedding",
      encoder: "encoder states",
      decoder: "decoder states",
      context: "context",
      score: "output layers",
    },
    order: "Operations in order",
    nothing: "no word yet: zeros",
  },
  zh: {
    step: "正在写的词",
    panel: (step, input, output) => `第 ${step} 步：读入“${input}”，写出“${output}”`,
    shortPanel: (step) => `第 ${step} 步`,
    strip: (name, step, layer, input) =>
      ({
        embedding: `“${input}”的词向量`,
        before: `上一状态${layer && `，第 ${layer} 层`}`,
        state: `新状态${layer && `，第 ${layer} 层`}`,
        output: `加上输入${layer && `，第 ${layer} 层`}`,
        summary: "源句的摘要",
        fed: "反馈的向量",
        context: `上下文 C${below(step)}`,
        gated: `经过门的上下文 C${below(step)}`,
        attentional: `注意力向量 h̃${below(step)}`,
        sums: "各项之和",
        joined: "拼接的向量",
        readout: "最大值",
        factored: "投影后",
      })[name],
    cell: (kind, layer) => `${kind}${layer && `，第 ${layer} 层`}`,
    attention: "注意力",
    maxout: "maxout",
    softmax: (count, isShort) =>
      isShort ? `softmax（${count}）` : `在 ${count} 个词元上做 softmax`,
    next: "下一步",
    encoder: "编码器",
    zeros: "零",
    encoderState: (token) => `“${token}”的编码器状态`,
    unread: "这个模型没有编码器：这里的编码器状态就是图像块的向量。",
    scores: "注意力分数",
    rows: { scores: "分数", weights: "权重" },
    weights: "注意力权重",
    weightOf: (token) => `“${token}”`,
    before: (step, output) => `第 ${step} 步写出“${output}”`,
    more: (count) => `前 ${count} 步`,
    label: (step, input, output, share) =>
      `解码器第 ${step} 步：读入“${input}”，以 ${share} 的概率写出“${output}”`,
    scales: {
      embedding: "词向量",
      encoder: "编码器状态",
      decoder: "解码器状态",
      context: "上下文",
      score: "输出层的向量",
    },
    order: "依次进行的运算",
    nothing: "还没有词：全为零",
  },
};
