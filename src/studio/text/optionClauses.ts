/** @file Chinese for what the tables of options and the plan say of an option that has no effect, or cannot have a value. */

import { type Clauses, clauseTranslator } from "./clauses.ts";

/** Why an option has no effect, or does not go with others. */
export const optionProblems: Clauses = {
  "there is no attention": "没有注意力",
  "attention looks at the whole source": "注意力看整个源文本",
  "there is no attentional vector to feed": "没有可以送入下一步的注意力向量",
  "attention before the step has no attentional vector to feed":
    "注意力在一步之前，没有可以送入下一步的注意力向量",
  "it knows positions already": "它已经知道位置",
  "the encoder's states have {} numbers and the decoder's {}":
    "编码器的状态有 $1 维，而解码器的有 $2 维",
  "it makes the first state of a GRU of the backward state at the first word":
    "它用第一个词元处的反向状态生成 GRU 的初始状态",
  "it makes the first state of a GRU of the summary": "它用摘要向量生成 GRU 的初始状态",
  "it takes the place of attention before the step": "它代替了一步之前的注意力",
  "without attention, a decoder with a context before its step needs one":
    "没有注意力时，在一步之前读上下文的解码器需要它",
  "without attention, the upper layers have no context of their own":
    "没有注意力时，上层没有自己的上下文",
  "it does not fit attention after": "它与一步之后的注意力不相配",
  "it does not fit attention before": "它与一步之前的注意力不相配",
  "it does not fit attention between": "它与各层之间的注意力不相配",
  "it does not fit a decoder without attention": "它与没有注意力的解码器不相配",
  "the preset's bottom layer is fed the context": "最下层要读上一步的上下文",
  "a bidirectional encoder halves it": "双向编码器把它分成两半",
  "they hand their states to {} layers of the decoder": "它们把状态交给解码器的 $1 层",
  "the model to start from fixes it ({})": "它由作为起点的模型决定（$1）",
};

/** What a value must be, or what to do about a problem. */
export const optionRemedies: Clauses = {
  "give a whole number from {} to {}": "请输入 $1 到 $2 的整数",
  "give a whole number from {}": "请输入不小于 $1 的整数",
  "give a number above {}": "请输入大于 $1 的数",
  "give a number from {} to below {}": "请输入不小于 $1 且小于 $2 的数",
  "give a number from {} to {}": "请输入 $1 到 $2 之间的数",
  "give an even number": "请输入偶数",
  "leave it out, or train without {}": "请去掉它，或者不从别的模型开始训练",
};

export const optionProblem = clauseTranslator(optionProblems);
export const optionRemedy = clauseTranslator(optionRemedies);
