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
    en: "From the attentional vector of the step before",
    zh: "来自上一步的注意力向量",
  },
  fedContext: {
    en: "From the context vector of the step before",
    zh: "来自上一步的上下文向量",
  },
  fromSummary: {
    en: "From the summary: the one context of the whole sentence",
    zh: "来自摘要：整句话唯一的上下文",
  },
  residualInput: { en: "what went into the layer", zh: "进入这一层的数" },
  residualState: { en: "the layer's new hidden state", zh: "这一层的新隐藏状态" },
  locationRow: (position: number): Translated<string> => ({
    en: `the row of position ${position}`,
    zh: `位置 ${position} 的那一行`,
  }),
  zeroBridge: {
    en: "This model hands no states over: its decoder begins with zeros.",
    zh: "这个模型不交出状态：解码器从零开始。",
  },
  zeroStep: {
    en: "The number of the step: the first is step 0.",
    zh: "步的编号：第一步是第 0 步。",
  },
  noStart: {
    en: "Before the first word this model is given nothing in the place of an embedding: zeros.",
    zh: "写第一个词之前，这个模型没有词向量可用，以零代替。",
  },
  fromContext: { en: "From the context vector", zh: "来自上下文向量" },
  fromGatedContext: {
    en: "From the context vector, as far as the gate lets it through",
    zh: "来自上下文向量中门放行的部分",
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
    en: `the learned vector of place ${place} (row, column)`,
    zh: `位置 ${place}（行,列）学到的向量`,
  }),
  projected: { en: "made of the patch's own numbers", zh: "由小块自身的数得到" },
  features: (place: string): Translated<string> => ({
    en: `From the numbers of place ${place}`,
    zh: `来自位置 ${place} 的数`,
  }),
  featureAt: (place: string, index: number): Translated<string> => ({
    en: `number ${index} of place ${place}`,
    zh: `位置 ${place} 的第 ${index} 个数`,
  }),
  ofFile: {
    en: "It comes from the file: of a picture, the red, green and blue of a pixel, from −1 (none) to 1 (full).",
    zh: "它来自文件：对图片来说，是像素的红、绿、蓝，从 −1（没有）到 1（最强）。",
  },
  sourceTable: { en: "The table of source embeddings", zh: "源语言词向量表" },
  targetTable: { en: "The table of target embeddings", zh: "目标语言词向量表" },
  learned: {
    en: "It was learned in training; nothing is computed for it here.",
    zh: "它是训练时学到的，这里不需要计算。",
  },
  zero: { en: "Before the first step it is zero.", zh: "第一步之前它是零。" },
  sameNumber: {
    en: "The same number, handed on as it is.",
    zh: "就是同一个数，原样传递。",
  },
  given: {
    en: "You have set this weight; the model did not compute it.",
    zh: "这个权重是你设定的，不是模型算出来的。",
  },
  givenLabel: { en: "set by you", zh: "由你设定" },
  larger: { en: "the larger", zh: "较大者" },
  joinedStates: {
    en: "The states of both directions, one behind the other",
    zh: "两个方向的状态首尾相接",
  },
  topState: { en: "What the layer hands on", zh: "这一层交出的数" },
  lastState: { en: "The encoder's last state", zh: "编码器的最后一个状态" },
  meanOfPlaces: { en: "The mean of the vectors of all places", zh: "所有位置的向量的平均" },
  placeVector: { en: "The vector of the place", zh: "这个位置的向量" },
  firstBackward: {
    en: "The backward state at the first place",
    zh: "反向读到第一个位置时的状态",
  },
  normalizer: { en: "− log Σ exp ℓ, over all words", zh: "− log Σ exp ℓ（对所有词）" },
  probability: (share: string): Translated<string> => ({
    en: `As a probability: exp of it, ${share}.`,
    zh: `换成概率：取 exp，即 ${share}。`,
  }),
  tied: {
    en: "The output layer's weights are this word's embedding.",
    zh: "输出层的权重就是这个词的词向量。",
  },
  stepNumber: { en: "the number of the step", zh: "步的编号" },
  counted: {
    en: "Local-m goes on by one word with each step; steps and positions count from 0.",
    zh: "local-m 每一步向后移动一个词；步和位置都从 0 数起。",
  },
  lastWindow: { en: "the last window with a word in it", zh: "最后一个含有词的窗口" },
  beyond: {
    en: "More words have been written than there are to read: the window stays where it sees the last one.",
    zh: "写出的词已经多过源句：窗口停在还能看到最后一个词的地方。",
  },
  predicted: {
    en: "Local-p predicts from the state where to look: a share of the sentence's length. Positions count from 0.",
    zh: "local-p 由状态预测该看哪里：句子长度的一个比例。位置从 0 数起。",
  },
  outside: {
    en: "The word is outside of the window, so it gets nothing.",
    zh: "这个词在窗口之外，因此没有权重。",
  },
  overWindow: { en: "Over the words in the window", zh: "对窗口内的词求和" },
  notNormalised: {
    en: "The Gaussian favours what is near the predicted position p; the products are not normalised again, so they add up to less than 1.",
    zh: "高斯函数偏向预测位置 p 附近的词；相乘之后不再归一化，所以总和小于 1。",
  },
  noLocation: (count: number): Translated<string> => ({
    en: `This score knows the first ${count} positions only; a word behind them gets no weight.`,
    zh: `这种打分只认识前 ${count} 个位置；后面的词没有权重。`,
  }),
  normed: (scale: string): Translated<string> => ({
    en: `The second factors are vₐ times g / ‖vₐ‖ = ${scale}, so that only the direction of vₐ counts.`,
    zh: `第二个因数是 vₐ 乘以 g / ‖vₐ‖ = ${scale}，因此只有 vₐ 的方向起作用。`,
  }),
  exponent: (largest: string): Translated<string> => ({
    en: `The largest score, ${largest}, is subtracted from all: it changes nothing and keeps exp small.`,
    zh: `每个分数都先减去最大的分数 ${largest}：结果不变，只是避免 exp 过大。`,
  }),
  logit: { en: "logit of the word", zh: "这个词的 logit" },
  unit: (unit: number): Translated<string> => ({ en: `unit ${unit}`, zh: `单元 ${unit}` }),
  overWords: { en: "Over the source words", zh: "对所有源语言的词求和" },
  fromReadout: { en: "From the vector that the output layer sees", zh: "来自输出层看到的向量" },
} as const);
