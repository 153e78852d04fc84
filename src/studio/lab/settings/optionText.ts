/** @file What options and their values are called. English help is that of the tables of options. */

import { rowOf } from "../../../lab/labOptions.ts";
import type { LabOptionKey, LabValue } from "../../../lab/settings.ts";
import { spelled } from "../../../options/spelling.ts";
import type { Locale, Translated } from "../../text/translated.ts";

interface OptionWords {
  readonly name: string;
  readonly help: string;
}

/** Options whose help in the tables is a list of values, or of how values are written. */
const helpHere: Readonly<Partial<Record<LabOptionKey, string>>> = {
  preset: "the model of a paper, cut to size",
  optimizer: "how gradients change the weights",
  schedule: "whether the learning rate falls from epoch to epoch, or grows slowly at first",
  scheduledSampling:
    "what the decoder reads while it learns: the right words, or its own ever more",
};

const chinese: Readonly<Record<LabOptionKey, OptionWords>> = {
  preset: { name: "模型", help: "某篇论文的模型，按比例缩小" },
  cell: { name: "单元", help: "循环单元的种类" },
  hidden: { name: "隐藏状态", help: "解码器隐藏状态的维数" },
  embedding: { name: "词向量", help: "词向量的维数" },
  layers: { name: "层数", help: "编码器和解码器各有几个循环层" },
  bidirectional: { name: "双向编码器", help: "从两个方向读源文本" },
  attention: { name: "注意力", help: "注意力的打分函数；选“没有”会关掉依赖它的一切" },
  attentionScope: { name: "注意力范围", help: "注意力看源文本的哪一段" },
  window: { name: "窗口", help: "局部注意力看 2d + 1 个词元" },
  attentionPlace: {
    name: "注意力的时机",
    help: "在解码器的一步之前、之后，还是在最下层与其余各层之间",
  },
  inputFeeding: {
    name: "input feeding",
    help: "把注意力向量送入下一步（Luong 等人 2015，3.3 节）",
  },
  reverseSource: { name: "倒序读入", help: "从末尾开始读源文本" },
  dropout: { name: "dropout", help: "每个数被随机丢弃的概率" },
  optimizer: { name: "优化器", help: "用梯度更新参数的方法" },
  learningRate: { name: "学习率", help: "每一步更新的大小" },
  schedule: { name: "学习率的变化", help: "学习率是否逐轮减小，或在开始时缓慢上升" },
  batch: { name: "批大小", help: "每一步学习多少对" },
  scheduledSampling: {
    name: "解码器的输入",
    help: "学习时解码器读什么：正确的词元，还是越来越多地读它自己的输出",
  },
  seed: { name: "随机种子", help: "决定初始参数、数据和顺序" },
};

/** Values that are called otherwise than in the tables. */
const valueNames: Translated<
  Readonly<Partial<Record<LabOptionKey, Readonly<Record<string, string>>>>>
> = {
  en: {
    preset: {
      sutskever2014: "Sutskever et al. 2014",
      cho2014: "Cho et al. 2014",
      bahdanau2014: "Bahdanau et al. 2014",
      luong2015: "Luong et al. 2015",
      gnmt2016: "Wu et al. 2016 (GNMT)",
    },
    cell: { lstm: "LSTM", gru: "GRU", rnn: "plain (tanh)" },
    attention: {
      dot: "dot",
      general: "general",
      concat: "concat",
      additive: "additive",
      biasedAdditive: "additive with bias",
      location: "location",
      scaledGeneral: "scaled general",
      normedAdditive: "normed additive",
      none: "none",
    },
    attentionScope: {
      global: "whole source",
      "local-m": "window that moves (local-m)",
      "local-p": "predicted window (local-p)",
    },
    attentionPlace: {
      after: "after the step",
      before: "before the step",
      between: "between the layers",
    },
    optimizer: { adam: "Adam", sgd: "SGD", adadelta: "Adadelta" },
    schedule: {
      constant: "constant",
      "halve:1": "halved after each epoch",
      "halve:3": "halved after each epoch from the third on",
      "warmup:100": "rises for 100 steps",
      "warmup:500": "rises for 500 steps",
    },
    scheduledSampling: {
      none: "right tokens (teacher forcing)",
      "linear:500": "its own after 500 steps",
      "linear:2000": "its own after 2,000 steps",
      "exponential:0.999": "its own ever more",
    },
  },
  zh: {
    preset: {
      sutskever2014: "Sutskever 等人 2014",
      cho2014: "Cho 等人 2014",
      bahdanau2014: "Bahdanau 等人 2014",
      luong2015: "Luong 等人 2015",
      gnmt2016: "Wu 等人 2016（GNMT）",
    },
    cell: { lstm: "LSTM", gru: "GRU", rnn: "简单单元（tanh）" },
    attention: {
      dot: "点积",
      general: "一般式",
      concat: "拼接式",
      additive: "加性",
      biasedAdditive: "带偏置的加性",
      location: "位置",
      scaledGeneral: "带缩放的一般式",
      normedAdditive: "归一化的加性",
      none: "没有",
    },
    attentionScope: {
      global: "整个源文本",
      "local-m": "逐步移动的窗口（local-m）",
      "local-p": "模型预测的窗口（local-p）",
    },
    attentionPlace: { after: "在一步之后", before: "在一步之前", between: "在各层之间" },
    optimizer: { adam: "Adam", sgd: "SGD", adadelta: "Adadelta" },
    schedule: {
      constant: "不变",
      "halve:1": "每轮之后减半",
      "halve:3": "从第三轮起，每轮之后减半",
      "warmup:100": "前 100 步逐渐上升",
      "warmup:500": "前 500 步逐渐上升",
    },
    scheduledSampling: {
      none: "正确的词元（teacher forcing）",
      "linear:500": "500 步后全读自己的输出",
      "linear:2000": "2000 步后全读自己的输出",
      "exponential:0.999": "越来越多地读自己的输出",
    },
  },
};

/** A key as words: "Learning rate". */
function asWords(key: string): string {
  const words = key.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
  return `${words.charAt(0).toUpperCase()}${words.slice(1)}`;
}

const mentions = {
  name: (key: string) => asWords(key).toLowerCase(),
  setting: (key: string, value: unknown) => `${asWords(key).toLowerCase()} ${String(value)}`,
};

/** The name of an option and what it does. */
export function optionWords(key: LabOptionKey, locale: Locale): OptionWords {
  if (locale === "zh") return chinese[key];
  return { name: asWords(key), help: helpHere[key] ?? spelled(rowOf(key).help, mentions) };
}

/** The name of a value. */
export function valueName(key: LabOptionKey, value: LabValue, locale: Locale): string {
  return valueNames[locale][key]?.[String(value)] ?? String(value);
}

/** What a run is called that has one option with this value, such as "without attention". */
export function changeName(key: LabOptionKey, value: LabValue, locale: Locale): string {
  const special = changeNames[locale][`${key}:${value}`];
  if (special !== undefined) return special;
  const { name } = optionWords(key, locale);
  const said = valueName(key, value, locale);
  if (key === "attention") return locale === "zh" ? `${said}${name}` : `with ${said} attention`;
  return locale === "zh" ? `${name} ${said}` : `${name.toLowerCase()} ${said}`;
}

const changeNames: Translated<Readonly<Record<string, string>>> = {
  en: {
    "attention:none": "without attention",
    "reverseSource:true": "source reversed",
    "reverseSource:false": "source in order",
    "bidirectional:true": "reading in both directions",
    "bidirectional:false": "reading in one direction",
    "inputFeeding:true": "with input feeding",
    "inputFeeding:false": "without input feeding",
    "scheduledSampling:none": "teacher forcing",
    "scheduledSampling:linear:500": "its own words",
    "cell:lstm": "LSTM",
    "cell:gru": "GRU",
    "cell:rnn": "plain cells",
  },
  zh: {
    "attention:none": "没有注意力",
    "reverseSource:true": "源文本倒序",
    "reverseSource:false": "源文本顺序",
    "bidirectional:true": "双向读入",
    "bidirectional:false": "单向读入",
    "inputFeeding:true": "有 input feeding",
    "inputFeeding:false": "没有 input feeding",
    "scheduledSampling:none": "teacher forcing",
    "scheduledSampling:linear:500": "读自己的输出",
    "cell:lstm": "LSTM",
    "cell:gru": "GRU",
    "cell:rnn": "简单单元",
  },
};
