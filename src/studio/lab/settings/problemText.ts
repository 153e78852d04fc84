/** @file Why an option has no effect or cannot have a value, as sentences. The tables of options and the plan say it in English. */

import type { LabOptionKey } from "../../../lab/settings.ts";
import { labOptionKeys } from "../../../lab/settings.ts";
import type { OptionFault } from "../../../options/optionError.ts";
import { spelled } from "../../../options/spelling.ts";
import type { Locale } from "../../text/translated.ts";
import { optionWords } from "./optionText.ts";

/** Chinese for each clause that can occur, with "#" in place of numbers. */
export const problemsInChinese: Readonly<Record<string, string>> = {
  "there is no attention": "没有注意力",
  "attention looks at the whole source": "注意力看整个源文本",
  "there is no attentional vector to feed": "没有可以送入下一步的注意力向量",
  "attention before the step has no attentional vector to feed":
    "注意力在一步之前，没有可以送入下一步的注意力向量",
  "it knows positions already": "它已经知道位置",
  "the encoder's states have # numbers and the decoder's #":
    "编码器的状态有 # 维，而解码器的有 # 维",
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
  "they hand their states to # layers of the decoder": "它们把状态交给解码器的 # 层",
};

/** Chinese for what a value must be. */
export const remediesInChinese: Readonly<Record<string, string>> = {
  "give a whole number from # to #": "请输入 # 到 # 的整数",
  "give a whole number from #": "请输入不小于 # 的整数",
  "give a number above #": "请输入大于 # 的数",
  "give a number from # to below #": "请输入不小于 # 且小于 # 的数",
  "give an even number": "请输入偶数",
};

const number = /\d[\d,.]*/g;

/** A clause in Chinese; in English where there is no word for it. */
function inChinese(clause: string, table: Readonly<Record<string, string>>): string {
  const words = table[clause.replace(number, "#")];
  if (words === undefined) return clause;
  const numbers = clause.match(number) ?? [];
  let at = 0;
  return words.replaceAll("#", () => numbers[at++] ?? "");
}

/** Whether the sentence for a fault is complete in Chinese. */
export function isTranslated({ problem = "", remedy }: OptionFault): boolean {
  const key = (problem === "" ? remedy : problem).replace(number, "#");
  return Object.hasOwn(problem === "" ? remediesInChinese : problemsInChinese, key);
}

const isOfLab = (key: string): key is LabOptionKey =>
  (labOptionKeys as readonly string[]).includes(key);

/** The sentence that says why an option has no effect, or cannot have a value. */
export function faultSentence(
  option: LabOptionKey,
  { key, problem = "", remedy }: OptionFault,
  locale: Locale,
): string {
  const clause = problem === "" ? remedy : problem;
  if (locale === "zh") {
    const said = inChinese(clause, problem === "" ? remediesInChinese : problemsInChinese);
    if (key === option) return `${said}。`;
    return isOfLab(key) ? `${optionWords(key, "zh").name}：${said}。` : `模型的 ${key}：${said}。`;
  }
  const said = spelled(clause, {
    name: (name) => name,
    setting: (name, value) => `${name} ${String(value)}`,
  });
  if (key === option) return `${said.charAt(0).toUpperCase()}${said.slice(1)}.`;
  return isOfLab(key) ? `${optionWords(key, "en").name}: ${said}.` : `The model’s ${key}: ${said}.`;
}
