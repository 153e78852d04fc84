import { formatCount } from "../../../text/numbers.ts";
import type { Translated } from "../../../text/translated.ts";
import type { PanelKind } from "./panels.ts";

interface CurvesText {
  readonly titles: Readonly<Record<PanelKind, string>>;
  readonly partTitle: (part: string) => string;
  readonly on: { readonly train: string; readonly heldOut: string };
  readonly axis: string;
  readonly label: (steps: number) => string;
  readonly step: (step: number) => string;
  readonly seconds: (seconds: string) => string;
  readonly none: string;
  readonly band: string;
  readonly table: string;
  readonly columns: {
    readonly step: string;
    readonly seconds: string;
    readonly loss: string;
    readonly train: string;
    readonly heldOut: string;
    readonly right: string;
  };
}

/** The words of the curves. */
export const curvesText: Translated<CurvesText> = {
  en: {
    titles: {
      loss: "Loss of a target token",
      perplexity: "Perplexity",
      right: "Outputs that are wholly right",
      speed: "Steps a second",
      norm: "Gradient norm",
      partNorm: "Gradient norm",
    },
    partTitle: (part) => `… of the ${part}`,
    on: { train: "training", heldOut: "held out" },
    axis: "steps",
    label: (steps) => `Curves of the training over ${formatCount(steps)} steps`,
    step: (step) => `step ${formatCount(step)}`,
    seconds: (seconds) => `${seconds} s`,
    none: "No step has been taken yet.",
    band: "A line is the mean of neighbouring steps; the band around it holds all of them. Click or drag in the plots to see the model at that step.",
    table: "Show as table",
    columns: {
      step: "step",
      seconds: "seconds",
      loss: "loss",
      train: "perplexity, training",
      heldOut: "perplexity, held out",
      right: "right",
    },
  },
  zh: {
    titles: {
      loss: "每个目标词元的损失",
      perplexity: "困惑度",
      right: "完全正确的输出",
      speed: "每秒步数",
      norm: "梯度范数",
      partNorm: "梯度范数",
    },
    partTitle: (part) => `其中：${part}`,
    on: { train: "训练集", heldOut: "留出集" },
    axis: "步数",
    label: (steps) => `${formatCount(steps)} 步训练的曲线`,
    step: (step) => `第 ${formatCount(step)} 步`,
    seconds: (seconds) => `${seconds} 秒`,
    none: "还没有训练过一步。",
    band: "线是相邻几步的平均值，周围的色带包含其中的每一步。点击或拖动图，可以查看那一步的模型。",
    table: "显示为表格",
    columns: {
      step: "步数",
      seconds: "秒",
      loss: "损失",
      train: "困惑度（训练集）",
      heldOut: "困惑度（留出集）",
      right: "正确",
    },
  },
};
