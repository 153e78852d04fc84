import type { Remark } from "../../nn/equation.ts";
import { isolating } from "../text/isolating.ts";
import type { Translated } from "../text/translated.ts";

/** What the parts and terms of explanations are called. */
export const words = isolating({
  others: (count: number): Translated<string> => ({
    en: `${count} others`,
    zh: `其余 ${count} 项`,
  }),
  bias: { en: "bias", zh: "偏置" },
  embeddingOf: (token: string): Translated<string> => ({
    en: `From the input: the embedding of “${token}”`,
    zh: `来自输入：“${token}”的词向量`,
  }),
  convolutionAt: (token: string): Translated<string> => ({
    en: `From the input: the convolution at “${token}”`,
    zh: `来自输入：“${token}”处的卷积`,
  }),
  layerBelow: (token: string | null): Translated<string> => ({
    en: `From the layer below: its state${token === null ? "" : ` at “${token}”`}`,
    zh: token === null ? "来自下面一层的状态" : `来自下面一层在“${token}”处的状态`,
  }),
  stateAfter: (token: string): Translated<string> => ({
    en: `From the hidden state after “${token}”`,
    zh: `来自读完“${token}”后的隐藏状态`,
  }),
  stateBefore: { en: "From the hidden state before the step", zh: "来自这一步之前的隐藏状态" },
  noState: {
    en: "From the hidden state: before the first step it is zero",
    zh: "来自隐藏状态：第一步之前它全为零",
  },
  fed: {
    en: "From the previous attentional vector",
    zh: "来自上一步的注意力向量",
  },
  fedContext: {
    en: "From the previous context vector",
    zh: "来自上一步的上下文向量",
  },
  fromSummary: {
    en: "From the summary: the one context of the whole sentence",
    zh: "来自摘要：整句话唯一的上下文",
  },
  residualInput: { en: "the layer's input", zh: "这一层的输入" },
  residualState: { en: "the layer's new hidden state", zh: "这一层的新隐藏状态" },
  locationRow: (position: number): Translated<string> => ({
    en: `the row of position ${position}`,
    zh: `位置 ${position} 的那一行`,
  }),
  zeroBridge: {
    en: "This model hands over no state: its decoder starts from zeros.",
    zh: "这个模型不传递状态：解码器的初始状态为零。",
  },
  zeroStep: {
    en: "The number of the step, counted from 0.",
    zh: "步的编号：第一步是第 0 步。",
  },
  noStart: {
    en: "Before the first word, zeros replace the embedding.",
    zh: "写第一个词之前，词向量以零代替。",
  },
  fromContext: { en: "From the context vector", zh: "来自上下文向量" },
  fromGatedContext: {
    en: "From the gated context vector",
    zh: "来自经过门的上下文向量",
  },
  fromState: { en: "From the decoder's state", zh: "来自解码器的状态" },
  kept: (product: string): Translated<string> => ({
    en: `kept: ${product}`,
    zh: `保留：${product}`,
  }),
  new: (product: string): Translated<string> => ({
    en: `new: ${product}`,
    zh: `新写入：${product}`,
  }),
  within: (clip: number): Translated<string> => ({
    en: `kept within ±${clip}`,
    zh: `限制在 ±${clip} 之内`,
  }),
  tableRow: (id: number, token: string): Translated<string> => ({
    en: `row ${id}: “${token}”`,
    zh: `第 ${id} 行：“${token}”`,
  }),
  placeRow: (place: string): Translated<string> => ({
    en: `the learned vector of position ${place} (row, column)`,
    zh: `位置 ${place}（行,列）的可学习向量`,
  }),
  projected: { en: "computed from the numbers of the patch", zh: "由图像块的数算出" },
  features: (place: string): Translated<string> => ({
    en: `From the numbers of position ${place}`,
    zh: `来自位置 ${place} 的数`,
  }),
  featureAt: (place: string, index: number): Translated<string> => ({
    en: `number ${index} of position ${place}`,
    zh: `位置 ${place} 的第 ${index} 个数`,
  }),
  ofFile: {
    en: "It comes from the file. In a picture it is the red, green or blue of a pixel, from −1 (none) to 1 (full).",
    zh: "它来自文件；在图片中，它是像素的红、绿或蓝，从 −1（无）到 1（最强）。",
  },
  sourceTable: { en: "The table of source embeddings", zh: "源语言词向量表" },
  targetTable: { en: "The table of target embeddings", zh: "目标语言词向量表" },
  learned: {
    en: "It is a trained parameter; nothing is computed here.",
    zh: "它是训练得到的参数，这里不需要计算。",
  },
  zero: { en: "Before the first step it is zero.", zh: "第一步之前它是零。" },
  sameNumber: {
    en: "The same number, unchanged.",
    zh: "同一个数，原样传递。",
  },
  given: {
    en: "You have set this weight; the model did not compute it.",
    zh: "这个权重是你设定的，不是模型算出来的。",
  },
  givenLabel: { en: "set by you", zh: "由你设定" },
  larger: { en: "the larger", zh: "较大者" },
  joinedStates: {
    en: "The states of both directions, concatenated",
    zh: "两个方向的状态拼接在一起",
  },
  topState: { en: "The output of the layer", zh: "这一层的输出" },
  lastState: { en: "The encoder's last state", zh: "编码器的最后一个状态" },
  meanOfPlaces: { en: "The mean of the vectors of all positions", zh: "所有位置的向量的平均" },
  placeVector: { en: "The vector of the position", zh: "这个位置的向量" },
  firstBackward: {
    en: "The backward state at the first position",
    zh: "反向读到第一个位置时的状态",
  },
  normalizer: { en: "− log Σ exp ℓ, over all words", zh: "− log Σ exp ℓ（对所有词）" },
  probability: (share: string): Translated<string> => ({
    en: `As a probability: its exponential, ${share}.`,
    zh: `换成概率：取指数，即 ${share}。`,
  }),
  tied: {
    en: "The weights of the output layer are this word's embedding (tied weights).",
    zh: "输出层的权重就是这个词的词向量（权重共享）。",
  },
  /** What numbers mean that equations remark on. */
  remarks: {
    stepNumber: {
      en: "In local-m, the window advances by one word with each step t; steps and positions count from 0.",
      zh: "local-m 的窗口每一步 t 向后移动一个词；步和位置都从 0 数起。",
    },
    lastWindow: {
      en: "The translation is longer than the source, so the window stays where it still covers the last word. S is the number of source words, D how far the window reaches.",
      zh: "译文比源句长，窗口停在还能覆盖最后一个词的地方。S 是源句的词数，D 是窗口一侧的宽度。",
    },
    predictedCentre: {
      en: "Local-p predicts the centre from the state, as a fraction of the sentence length S. Positions count from 0.",
      zh: "local-p 由状态预测窗口的中心：句子长度 S 的一个比例。位置从 0 数起。",
    },
    notNormalised: {
      en: "The Gaussian favours words near the predicted position p. The products are not normalised again, so they add up to less than 1.",
      zh: "高斯函数偏向预测位置 p 附近的词；相乘之后不再归一化，所以总和小于 1。",
    },
  } satisfies Readonly<Record<Remark, Translated<string>>>,
  shareOf: (token: string, power: string): Translated<string> => ({
    en: `“${token}”: ${power} / Σ`,
    zh: `“${token}”：${power} / Σ`,
  }),
  outside: {
    en: "The word is outside the window, so its weight is 0.",
    zh: "这个词在窗口之外，因此权重为 0。",
  },
  overWindow: { en: "Over the words in the window", zh: "对窗口内的词求和" },
  noLocation: (count: number): Translated<string> => ({
    en: `This score covers only the first ${count} positions; later words get no weight.`,
    zh: `这种打分只覆盖前 ${count} 个位置；后面的词没有权重。`,
  }),
  normed: (scale: string): Translated<string> => ({
    en: `The second factors are vₐ times g / ‖vₐ‖ = ${scale}, so only the direction of vₐ matters.`,
    zh: `第二个因数是 vₐ 乘以 g / ‖vₐ‖ = ${scale}，因此只有 vₐ 的方向起作用。`,
  }),
  exponent: (largest: string): Translated<string> => ({
    en: `The largest score, ${largest}, is subtracted from every score: the weights stay the same, and exp cannot overflow.`,
    zh: `每个分数都先减去最大的分数 ${largest}：权重不变，只是避免 exp 溢出。`,
  }),
  logit: { en: "logit of the word", zh: "这个词的 logit" },
  unit: (unit: number): Translated<string> => ({ en: `unit ${unit}`, zh: `单元 ${unit}` }),
  overWords: { en: "Over the source words", zh: "对所有源语言的词求和" },
  fromReadout: { en: "From the input of the output layer", zh: "来自输出层的输入" },
} as const);
