import type { Trace } from "../../../trace/trace.ts";
import type { Translated } from "../../text/translated.ts";

type Model = Trace["model"];

/** The words of the sentences that tell a step. Numbers below the line come as they are written. */
export interface MoveWords {
  /** Between sentences. */
  readonly space: string;
  readonly embedding: (input: string) => string;
  readonly nothing: string;
  readonly before: string;
  readonly newState: string;
  readonly fed: (isFirst: boolean) => string;
  readonly summary: string;
  readonly contextOf: (step: string) => string;
  readonly contextBefore: (step: string, isFirst: boolean) => string;
  readonly cells: (kind: Model["cell"], layers: number, isBottom: boolean) => string;
  readonly state: (inputs: readonly string[], cells: string, state: string) => string;
  readonly residual: (layer: number) => string;
  readonly bottomOnly: (isSummary: boolean) => string;
  readonly noAttention: string;
  readonly onlyState: string;
  readonly notAlone: string;
  readonly notUsed: string;
  readonly attend: (state: string, isOld: boolean, layer: "bottom" | "top" | null) => string;
  readonly attendByPosition: (state: string) => string;
  readonly window: Readonly<Record<Model["attentionScope"], (reach: number) => string>>;
  readonly context: (step: string) => string;
  readonly gate: (step: string, state: string) => string;
  readonly gatedContext: (step: string) => string;
  readonly upper: (state: string, context: string, layers: number) => string;
  readonly join: (step: string) => string;
  readonly joinAll: (state: string, context: string) => string;
  readonly allGoesOn: string;
  readonly addUp: (state: string, context: string) => string;
  readonly maxout: string;
  readonly feedForward: (step: string, isLinear: boolean, isFed: boolean) => string;
  readonly stateGoesOn: (hasLayers: boolean) => string;
  readonly shortened: (count: number) => string;
  readonly softmax: string;
  /** What becomes of the word: it begins the next step, or it ends the sentence. */
  readonly ending: (output: string, isLast: boolean) => string;
}

const listed = (items: readonly string[]): string =>
  `${items.slice(0, -1).join(", ")} and ${items.at(-1)}`;

const capital = (sentence: string): string =>
  sentence.slice(0, 1).toUpperCase() + sentence.slice(1);

const english: MoveWords = {
  space: " ",
  embedding: (input) => `the embedding of “${input}”`,
  nothing: "zeros in place of a word",
  before: "the previous state",
  newState: "the new state",
  fed: (isFirst) => `the previous attentional vector${isFirst ? " (zero at first)" : ""}`,
  summary: "the summary c of the source",
  contextOf: (step) => `the context C${step}`,
  contextBefore: (step, isFirst) =>
    `the previous context C${step}${isFirst ? " (zero at first)" : ""}`,
  cells: (kind, layers, isBottom) => {
    if (layers > 1) return `the ${layers} layers of ${kind.toUpperCase()}`;
    const name = { lstm: "LSTM (with its cell state)", gru: "GRU", rnn: "plain cell" }[kind];
    return isBottom ? `the bottom layer’s ${name}` : `the ${name}`;
  },
  state: (inputs, cells, state) =>
    `${capital(listed(inputs))} go through ${cells}: the new state ${state}.`,
  residual: (layer) =>
    `From layer ${layer} on, the input of a layer is added to its state (residual connection).`,
  bottomOnly: (isSummary) =>
    `Only the bottom layer reads the ${isSummary ? "summary" : "context"}; each layer above reads the one below it.`,
  noAttention: "There is no attention: the same summary enters every step.",
  onlyState:
    "There is no attention: everything the decoder knows about the source is in this state.",
  notAlone: "The word is not predicted from this state alone.",
  notUsed: "This word does not depend on it; the next step does.",
  attend: (state, isOld, layer) => {
    const whose = layer ? `the ${layer} layer’s ` : "the ";
    const which = `${whose}${isOld ? "previous state" : "new state"}, ${state},`;
    return `${isOld || layer ? capital(which) : state} is compared with each encoder state, which gives scores; softmax turns the scores into weights.`;
  },
  attendByPosition: (state) =>
    `${state} gives each source position a score, whatever the word there; softmax turns the scores into weights.`,
  window: {
    global: () => "",
    "local-m": (reach) =>
      `Only words within ${reach} positions of t take part, where t is the number of the step, counted from 0.`,
    "local-p": (reach) =>
      `The state also predicts a position p; only words within ${reach} positions of p take part, and a Gaussian around p favours the nearer ones.`,
  },
  context: (step) => `The weighted encoder states add up to the context C${step}.`,
  gate: (step, state) =>
    `A gate β${step}, computed from ${state}, scales the context: β${step} C${step}.`,
  gatedContext: (step) => `β${step} C${step}`,
  upper: (state, context, layers) =>
    `${state} and ${context} go into ${layers === 1 ? "the layer above" : `the ${layers} layers above; the context enters each of them`}.`,
  join: (step) => `C${step} and h${step} are concatenated.`,
  joinAll: (state, context) => `${capital(state)}, ${context} and the embedding are concatenated.`,
  allGoesOn: "The output layer reads the whole vector.",
  addUp: (state, context) =>
    `${capital(state)}, the embedding and ${context} are each multiplied by a matrix and added up.`,
  maxout: "Maxout keeps the larger number of each neighbouring pair.",
  feedForward: (step, isLinear, isFed) =>
    `A ${isLinear ? "linear layer" : "feed-forward layer with tanh"} turns the result into the attentional vector h̃${step}${isFed ? ", which also enters the next step" : ""}.`,
  stateGoesOn: (hasLayers) =>
    `The output layer reads ${hasLayers ? "the output of the top layer" : "the new state"}.`,
  shortened: (count) => `A first matrix projects it to ${count} numbers.`,
  softmax: "Softmax gives every token of the vocabulary a probability.",
  ending: (output, isLast) => {
    if (output === "</s>") return "“</s>” is chosen: the sentence ends here.";
    return isLast
      ? `“${output}” is written; the maximum length ends the translation here.`
      : `“${output}” is written and becomes the input of the next step.`;
  },
};

/** Letters and numbers keep a space before the next character. */
const spaced = (text: string): string => (/[\w₀-₉)]$/.test(text) ? `${text} ` : text);

const chineseList = (items: readonly string[]): string =>
  `${spaced(items.slice(0, -1).join("、"))}和${items.at(-1)}`;

const chinese: MoveWords = {
  space: "",
  embedding: (input) => `“${input}”的词向量`,
  nothing: "代替词向量的零",
  before: "上一状态",
  newState: "新状态",
  fed: (isFirst) => `上一步的注意力向量${isFirst ? "（起初为零）" : ""}`,
  summary: "源句的摘要 c",
  contextOf: (step) => `上下文 C${step}`,
  contextBefore: (step, isFirst) => `上一步的上下文 C${step}${isFirst ? "（起初为零）" : ""}`,
  cells: (kind, layers, isBottom) => {
    if (layers > 1) return ` ${layers} 层 ${kind.toUpperCase()}`;
    const name = { lstm: " LSTM（连同单元状态）", gru: " GRU", rnn: "简单单元" }[kind];
    return isBottom ? `最下层的${name}` : name;
  },
  state: (inputs, cells, state) => `${chineseList(inputs)}经过${cells}，得到新状态 ${state}。`,
  residual: (layer) => `从第 ${layer} 层起，每层的输入与它的状态相加（残差连接）。`,
  bottomOnly: (isSummary) =>
    `只有最下层读取${isSummary ? "摘要" : "上下文"}，上面的每一层只读取它下面一层的输出。`,
  noAttention: "这里没有注意力：每一步得到的都是同一个摘要。",
  onlyState: "这里没有注意力：解码器对源句的全部了解都在这个状态里。",
  notAlone: "词并不只由这个状态预测。",
  notUsed: "这个词与它无关，下一步才用到它。",
  attend: (state, isOld, layer) => {
    const whose = layer === null ? "" : { bottom: "最下层", top: "最上层" }[layer];
    const which = isOld
      ? `${whose}上一状态 ${state} `
      : layer
        ? `${whose}的新状态 ${state} `
        : `${state} `;
    return `${which}与每个编码器状态比较，得到分数；softmax 把分数变成权重。`;
  },
  attendByPosition: (state) =>
    `${state} 给源句的每个位置一个分数，与那里的词无关；softmax 把分数变成权重。`,
  window: {
    global: () => "",
    "local-m": (reach) => `只有与位置 t 相距不超过 ${reach} 的词参与，t 是从 0 数起的步数。`,
    "local-p": (reach) =>
      `这个状态还预测一个位置 p：只有与 p 相距不超过 ${reach} 的词参与，以 p 为中心的高斯函数偏向近处的词。`,
  },
  context: (step) => `加权后的编码器状态相加，得到上下文 C${step}。`,
  gate: (step, state) => `门 β${step} 由 ${state} 算出，对上下文加以缩放：β${step} C${step}。`,
  gatedContext: (step) => `β${step} C${step}`,
  upper: (state, context, layers) =>
    `${state} 和${spaced(context)}进入上面${layers === 1 ? "的一层" : `的 ${layers} 层，其中每一层都得到上下文`}。`,
  join: (step) => `C${step} 和 h${step} 拼接成一个向量。`,
  joinAll: (state, context) => `${state}、${spaced(context)}和词向量拼接成一个向量。`,
  allGoesOn: "输出层读取整个向量。",
  addUp: (state, context) => `${state}、词向量和${spaced(context)}各乘自己的矩阵，再加在一起。`,
  maxout: "maxout 在每相邻的一对数中保留较大的一个。",
  feedForward: (step, isLinear, isFed) =>
    `${isLinear ? "一个线性层" : "带 tanh 的前馈层"}把结果变成注意力向量 h̃${step}${isFed ? "，它也会进入下一步" : ""}。`,
  stateGoesOn: (hasLayers) => `输出层读取${hasLayers ? "最上层的输出" : "新状态"}。`,
  shortened: (count) => `先由一个矩阵把它投影为 ${count} 个数。`,
  softmax: "softmax 给词表中的每个词元一个概率。",
  ending: (output, isLast) => {
    if (output === "</s>") return "选出“</s>”：句子到此结束。";
    return isLast
      ? `写出“${output}”，译文因达到最大长度在此截断。`
      : `写出“${output}”，它成为下一步的输入。`;
  },
};

/** The words of the sentences below the picture. */
export const moveText: Translated<MoveWords> = { en: english, zh: chinese };
