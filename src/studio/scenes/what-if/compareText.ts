import type { ModelSizes } from "../../../models/configuration.ts";
import type { StepShape } from "../../../models/wiring.ts";
import { wiringOf } from "../../../models/wiring.ts";
import { counted } from "../../../tensor/counted.ts";
import { punctuation } from "../../text/punctuation.ts";
import type { Locale, Translated } from "../../text/translated.ts";

/** The words of the comparison. */
export const compareText: Translated<{
  readonly fromTop: string;
  readonly model: (letter: string) => string;
  readonly sentence: (letter: string) => string;
  readonly attention: Readonly<Record<ModelSizes["attention"], string>>;
  readonly place: Readonly<Record<Exclude<StepShape, "summary" | "none">, string>>;
  readonly scope: Readonly<Record<ModelSizes["attentionScope"], string>>;
  readonly logProbability: string;
  readonly perToken: (share: string) => string;
  readonly loading: string;
  readonly label: (first: string, second: string) => string;
  readonly matrix: (letter: string, rows: number, columns: number) => string;
  readonly cell: (target: string, source: string) => string;
  readonly noMatrix: string;
  readonly noWords: string;
  readonly rest: string;
  readonly weight: string;
  readonly same: string;
  readonly note: string;
}> = {
  en: {
    fromTop: "the translation of the page",
    model: (letter) => `Model of side ${letter}`,
    sentence: (letter) => `Sentence of side ${letter}`,
    attention: {
      none: "no attention",
      dot: "dot attention",
      general: "general attention",
      concat: "concat attention",
      additive: "additive attention",
      biasedAdditive: "additive attention with a bias",
      location: "location attention",
      scaledGeneral: "scaled general attention",
      normedAdditive: "normed additive attention",
    },
    place: {
      before: "before the step",
      after: "after the step",
      between: "after the bottom layer",
    },
    scope: { global: "", "local-m": ", local-m", "local-p": ", local-p" },
    logProbability: "log P",
    perToken: (share) => `${share} per token`,
    loading: "Loading …",
    label: (first, second) => `Side A writes “${first}”, side B “${second}”`,
    matrix: (letter, rows, columns) =>
      `Attention of side ${letter}: ${counted(rows, "written word")} by ${counted(columns, "source word")}`,
    cell: (target, source) => `“${target}” from “${source}”`,
    noMatrix: "no attention, no matrix:",
    noWords: "no words",
    rest: "Point at a cell to read its weight.",
    weight: "Weight",
    same: "Both sides write the same words.",
    note: "Side A is the translation of the page, with your changes. Side B is a second translation: choose another model for it, or type another sentence. Each probability comes from the model of its own side.",
  },
  zh: {
    fromTop: "本页的翻译",
    model: (letter) => `${letter} 边的模型`,
    sentence: (letter) => `${letter} 边的句子`,
    attention: {
      none: "没有注意力",
      dot: "点积注意力",
      general: "一般式注意力",
      concat: "拼接式注意力",
      additive: "加性注意力",
      biasedAdditive: "带偏置的加性注意力",
      location: "位置注意力",
      scaledGeneral: "带缩放的一般式注意力",
      normedAdditive: "归一化的加性注意力",
    },
    place: { before: "更新状态之前", after: "更新状态之后", between: "最下层之后" },
    scope: { global: "", "local-m": "，local-m", "local-p": "，local-p" },
    logProbability: "log P",
    perToken: (share) => `平均每个词元 ${share}`,
    loading: "正在载入……",
    label: (first, second) => `A 边译为“${first}”，B 边译为“${second}”`,
    matrix: (letter, rows, columns) =>
      `${letter} 边的注意力：${rows} 个写出的词，${columns} 个源词`,
    cell: (target, source) => `“${target}”来自“${source}”`,
    noMatrix: "没有注意力，也就没有矩阵：",
    noWords: "没有词",
    rest: "指向一格，读出它的权重。",
    weight: "权重",
    same: "两边的译文一字不差。",
    note: "A 边是本页的翻译，包括你的改动。B 边是另一个翻译：给它换一个模型，或者输入另一个句子。两边的概率各由自己的模型给出。",
  },
};

/** The kind of a model's attention, and when it attends. */
export function attentionName(model: ModelSizes, locale: Locale): string {
  const words = compareText[locale];
  const name = words.attention[model.attention];
  const { shape } = wiringOf(model);
  if (shape === "none" || shape === "summary") return name;
  return `${name}${punctuation[locale].comma}${words.place[shape]}${words.scope[model.attentionScope]}`;
}
