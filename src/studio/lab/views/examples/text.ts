import { formatCount, formatShare } from "../../../text/numbers.ts";
import type { Translated } from "../../../text/translated.ts";
import type { Unit } from "./difference.ts";

interface ExamplesText {
  readonly caption: string;
  /** What a run has got right, with its name. */
  readonly scoreOf: (run: string, score: string) => string;
  readonly score: (right: number, all: number) => string;
  /** Over all pairs that were held out. */
  readonly whole: (share: number, all: number) => string;
  readonly source: string;
  readonly right: string;
  readonly output: string;
  readonly isRight: (output: string) => string;
  readonly isWrong: (output: string, wrong: number, unit: Unit) => string;
  readonly missing: (wanted: string) => string;
  readonly wanted: (wanted: string) => string;
  readonly extra: string;
  /** What the forms of letters mean. */
  readonly key: { readonly wrong: string; readonly extra: string; readonly missing: string };
  readonly keyLabel: string;
  readonly none: string;
}

/** The words of the table of examples. */
export const examplesText: Translated<ExamplesText> = {
  en: {
    caption: "Pairs that were not in the training data",
    scoreOf: (run, score) => `${run}: ${score}`,
    score: (right, all) => `${formatCount(right)} of ${formatCount(all)} right`,
    whole: (share, all) => `of all ${formatCount(all)} held-out pairs: ${formatShare(share)}`,
    source: "source",
    right: "right answer",
    output: "model",
    isRight: (output) => `right: ${output}`,
    isWrong: (output, wrong, unit) =>
      `wrong, ${formatCount(wrong)} ${unit}${wrong === 1 ? "" : "s"} to change: ${output === "" ? "nothing" : output}`,
    missing: (wanted) => `missing: ${wanted}`,
    wanted: (wanted) => `should be: ${wanted}`,
    extra: "should not be here",
    key: { wrong: "wrong", extra: "too many", missing: "missing" },
    keyLabel: "Marks:",
    none: "No pairs were held out.",
  },
  zh: {
    caption: "没有参加训练的数据",
    scoreOf: (run, score) => `${run}：${score}`,
    score: (right, all) => `${formatCount(all)} 个里对了 ${formatCount(right)} 个`,
    whole: (share, all) => `留出的全部 ${formatCount(all)} 对数据：${formatShare(share)}`,
    source: "输入",
    right: "正确答案",
    output: "模型",
    isRight: (output) => `正确：${output}`,
    isWrong: (output, wrong, unit) =>
      `错误，要改 ${formatCount(wrong)} 个${unit === "letter" ? "字符" : "词"}：${output === "" ? "空" : output}`,
    missing: (wanted) => `缺少：${wanted}`,
    wanted: (wanted) => `应为：${wanted}`,
    extra: "多余",
    key: { wrong: "错误", extra: "多余", missing: "缺少" },
    keyLabel: "标记：",
    none: "没有留出数据。",
  },
};
