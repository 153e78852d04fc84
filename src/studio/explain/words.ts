import type { Translated } from "../state/preferences.svelte.ts";

/** What the parts and terms of explanations are called. */
export const words = {
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
  fromContext: { en: "From the context vector", zh: "来自上下文向量" },
  fromState: { en: "From the decoder's state", zh: "来自解码器的状态" },
  keptCell: { en: "kept: f × c₋₁", zh: "保留：f × c₋₁" },
  newCell: { en: "new: i × g", zh: "新写入：i × g" },
  keptState: { en: "kept: z × h₋₁", zh: "保留：z × h₋₁" },
  newState: { en: "new: (1 − z) × n", zh: "新写入：(1 − z) × n" },
  tableRow: (id: number, token: string): Translated<string> => ({
    en: `row ${id}: “${token}”`,
    zh: `第 ${id} 行：“${token}”`,
  }),
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
  topState: { en: "The top layer's hidden state", zh: "最上层的隐藏状态" },
  lastState: { en: "The encoder's last state", zh: "编码器的最后一个状态" },
  firstBackward: {
    en: "The backward state at the first word",
    zh: "反向读到第一个词时的状态",
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
  exponent: (largest: string): Translated<string> => ({
    en: `The largest score, ${largest}, is subtracted from all: it changes nothing and keeps exp small.`,
    zh: `每个分数都先减去最大的分数 ${largest}：结果不变，只是避免 exp 过大。`,
  }),
  logit: { en: "logit of the word", zh: "这个词的 logit" },
  unit: (unit: number): Translated<string> => ({ en: `unit ${unit}`, zh: `单元 ${unit}` }),
  overWords: { en: "Over the source words", zh: "对所有源语言的词求和" },
  fromReadout: { en: "From the vector that the output layer sees", zh: "来自输出层看到的向量" },
} as const;
