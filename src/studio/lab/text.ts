import { counted } from "../../tensor/counted.ts";
import { formatCount, formatShare, formatShort } from "../text/numbers.ts";
import type { Translated } from "../text/translated.ts";

/** The words of the lab around its pictures. */
interface LabWords {
  readonly task: string;
  readonly settings: string;
  readonly model: string;
  readonly more: string;
  readonly learning: string;
  readonly changed: string;
  readonly defaults: string;
  readonly compare: string;
  readonly alone: string;
  readonly experiments: string;
  readonly on: string;
  readonly off: string;
  readonly train: string;
  readonly again: string;
  readonly againNew: string;
  readonly stale: string;
  readonly pause: string;
  readonly goOn: string;
  readonly step: string;
  readonly keys: string;
  readonly speed: string;
  readonly fullSpeed: string;
  readonly perSecond: (steps: number) => string;
  readonly checkpoint: string;
  readonly atCheckpoint: (step: number, right: readonly number[]) => string;
  readonly newest: string;
  readonly watch: string;
  readonly watchHint: string;
  readonly numbers: Readonly<
    Record<"step" | "seconds" | "rate" | "loss" | "perplexity" | "right" | "parameters", string>
  >;
  readonly numbersOf: (name: string) => string;
  readonly status: Readonly<Record<"idle" | "loading" | "paused" | "running" | "failed", string>>;
  readonly failed: (reason: string) => string;
  readonly notYet: string;
  readonly runs: readonly [one: string, other: string];
  readonly alignment: string;
  readonly curves: string;
  readonly examples: string;
  readonly weights: string;
  readonly embeddings: string;
  readonly stepInFull: string;
  readonly noStep: string;
  /** What differs between two runs, and what came of it. */
  readonly difference: (one: string, other: string, seed: string) => string;
  readonly result: (
    step: number,
    one: { readonly name: string; readonly right: number; readonly perplexity: number },
    other: { readonly name: string; readonly right: number; readonly perplexity: number },
    better: 0 | 1 | null,
  ) => string;
  readonly own: {
    readonly label: string;
    readonly hint: string;
    readonly file: string;
    readonly drop: string;
    readonly take: string;
    readonly none: string;
    readonly taken: (train: number, heldOut: number) => string;
  };
}

export const labText: Translated<LabWords> = {
  en: {
    task: "Task",
    settings: "Settings",
    model: "Model",
    more: "More of the model",
    learning: "How it learns",
    changed: "changed",
    defaults: "Back to the defaults",
    compare: "Compare with",
    alone: "nothing",
    experiments: "Try",
    on: "yes",
    off: "no",
    train: "Train",
    again: "Start again",
    againNew: "Train with these settings",
    stale: "The pictures still show the settings before.",
    pause: "Pause",
    goOn: "Go on",
    step: "One step",
    keys: "Keys: space trains and pauses, “.” takes one step, ← and → go through the checkpoints, Home and End jump",
    speed: "Speed",
    fullSpeed: "full speed",
    perSecond: (steps) => `${counted(steps, "step")} a second`,
    checkpoint: "Checkpoint",
    atCheckpoint: (step, right) =>
      `After ${counted(step, "step")}, ${right.map(formatShare).join(" and ")} right`,
    newest: "newest",
    watch: "Watch this text",
    watchHint: "any text, also one that is not in the data",
    numbers: {
      step: "steps",
      seconds: "seconds of training",
      rate: "steps a second",
      loss: "loss of a token",
      perplexity: "perplexity, held out",
      right: "wholly right, held out",
      parameters: "parameters",
    },
    numbersOf: (name) => `The training in numbers: ${name}`,
    status: {
      idle: "nothing to train yet",
      loading: "getting ready …",
      paused: "paused",
      running: "training",
      failed: "stopped",
    },
    failed: (reason) => `The training cannot go on. ${reason}`,
    notYet: "The pictures appear here in a moment.",
    runs: ["A", "B"],
    alignment: "What it looks at",
    curves: "How far it is",
    examples: "Texts it has never seen",
    weights: "Weights and gradients",
    embeddings: "Map of the embeddings",
    stepInFull: "One step in full",
    noStep: "Press “.” or “One step”: the step’s batch, its losses and its gradients appear here.",
    difference: (one, other, seed) =>
      `Both learn from the same pairs with seed ${seed}. Only one thing differs: “${one}” in the first, “${other}” in the second.`,
    result: (step, one, other, better) => {
      const both = [one, other]
        .map(({ name, right }) => `${formatShare(right)} (${name})`)
        .join(" and ");
      const said = `After ${counted(step, "step")}, ${both} of the held-out texts are wholly right; the perplexity is ${formatShort(one.perplexity)} and ${formatShort(other.perplexity)}.`;
      if (better === null) return `${said} There is hardly a difference.`;
      return `${said} So far, “${(better === 0 ? one : other).name}” is ahead.`;
    },
    own: {
      label: "Your pairs: a source, a tab or a comma, and its target on each line",
      hint: "Paste at least a few hundred lines. They stay in this page.",
      file: "Choose a file …",
      drop: "or drop a TSV or CSV file here",
      take: "Use these pairs",
      none: "Paste or drop pairs; then a model can learn them.",
      taken: (train, heldOut) =>
        `${formatCount(train)} pairs to learn from, ${formatCount(heldOut)} held out.`,
    },
  },
  zh: {
    task: "任务",
    settings: "设置",
    model: "模型",
    more: "模型的更多设置",
    learning: "怎样学习",
    changed: "已改动",
    defaults: "恢复默认设置",
    compare: "对比",
    alone: "不对比",
    experiments: "试一试",
    on: "是",
    off: "否",
    train: "训练",
    again: "重新开始",
    againNew: "用新的设置训练",
    stale: "图中显示的还是原来的设置。",
    pause: "暂停",
    goOn: "继续",
    step: "一步",
    keys: "按键：空格训练或暂停，“.”走一步，← → 在检查点之间移动，Home 与 End 跳到两端",
    speed: "速度",
    fullSpeed: "全速",
    perSecond: (steps) => `每秒 ${steps} 步`,
    checkpoint: "检查点",
    atCheckpoint: (step, right) =>
      `训练 ${formatCount(step)} 步之后，${right.map(formatShare).join(" 与 ")} 正确`,
    newest: "最新",
    watch: "观察这段文本",
    watchHint: "任何文本都可以，数据里没有的也行",
    numbers: {
      step: "步",
      seconds: "训练秒数",
      rate: "步／训练秒",
      loss: "每个词元的损失",
      perplexity: "困惑度（留出）",
      right: "全对（留出）",
      parameters: "个参数",
    },
    numbersOf: (name) => `训练的数字：${name}`,
    status: {
      idle: "还没有可以训练的内容",
      loading: "正在准备……",
      paused: "已暂停",
      running: "正在训练",
      failed: "已停止",
    },
    failed: (reason) => `训练无法继续。${reason}`,
    notYet: "图马上就会出现在这里。",
    runs: ["A", "B"],
    alignment: "它在看哪里",
    curves: "学到了什么程度",
    examples: "它从没见过的文本",
    weights: "权重与梯度",
    embeddings: "词向量的地图",
    stepInFull: "完整的一步",
    noStep: "按“.”或“一步”：这一步的批、损失和梯度会出现在这里。",
    difference: (one, other, seed) =>
      `两边用同样的数据，随机种子都是 ${seed}。只有一处不同：一边“${one}”，另一边“${other}”。`,
    result: (step, one, other, better) => {
      const both = [one, other]
        .map(({ name, right }) => `${name} ${formatShare(right)}`)
        .join("，");
      const said = `训练 ${formatCount(step)} 步之后，留出的文本中全对的：${both}；困惑度分别是 ${formatShort(one.perplexity)} 和 ${formatShort(other.perplexity)}。`;
      if (better === null) return `${said}几乎没有差别。`;
      return `${said}目前“${(better === 0 ? one : other).name}”领先。`;
    },
    own: {
      label: "你的数据：每行一对，源文本、制表符或逗号、目标文本",
      hint: "至少粘贴几百行。数据只留在这个网页里。",
      file: "选择文件……",
      drop: "也可以把 TSV 或 CSV 文件拖到这里",
      take: "使用这些数据",
      none: "先粘贴或拖入数据，然后模型才能学习。",
      taken: (train, heldOut) =>
        `${formatCount(train)} 对用来学习，${formatCount(heldOut)} 对留出。`,
    },
  },
};
