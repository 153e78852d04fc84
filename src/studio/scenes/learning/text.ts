import { formatCount, formatMinutes } from "../../text/numbers.ts";
import type { Translated } from "../../text/translated.ts";
import type { SceneText } from "../scene.ts";
import type { PanelKind } from "./layout.ts";

export const text: Translated<SceneText> = {
  en: {
    title: "Learning to attend",
    before: [
      "Before training, the parameters are random, and so is the attention. Training never shows the model an alignment, only the correct translation, word by word. To make those words more probable, the model must find the source words that predict them. This is how the matrix takes shape.",
      "At each checkpoint of the training, the model read one fixed translation word by word. The picture shows the attention at each checkpoint, the probability of the translation, and the model’s own translation.",
    ],
    after: [
      "Watch the order of learning. At the first checkpoints a model writes a few frequent words, whatever the source; then it translates single words; whole phrases in the right order come last. Compare the translations with the attention at the same checkpoint, and with the curves.",
      "You can also watch a training that is still running on this machine: open its folder with `seq2see studio --model FOLDER`, and new checkpoints appear as they are saved. `seq2see train --watch PAIRS` records them.",
    ],
  },
  zh: {
    title: "学会注意",
    before: [
      "训练开始之前，参数是随机的，注意力也是随机的。训练从不给模型看对齐，只逐词给出正确的译文。要提高这些词的概率，模型就必须找出能预测它们的源词；图中的矩阵就是这样成形的。",
      "在训练的每个检查点，模型逐词读一遍固定的译文。图中展示每个检查点的注意力、这句译文的概率，以及模型自己的译文。",
    ],
    after: [
      "留意学习的先后顺序。在最初的检查点，无论源句是什么，模型都只写几个常见的词；后来能译出个别的词；语序正确的整个短语出现得最晚。把译文和同一检查点的注意力以及训练曲线对照起来看。",
      "这台机器上正在进行的训练也可以观看：用 `seq2see studio --model 文件夹` 打开它的文件夹，新的检查点一保存就会出现。`seq2see train --watch PAIRS` 会把它们记录下来。",
    ],
  },
};

/** The words inside and around the pictures. */
export interface LearningWords {
  readonly run: string;
  readonly pair: string;
  readonly axis: string;
  readonly axes: Readonly<Record<"steps" | "minutes", string>>;
  readonly noRun: string;
  readonly loading: string;
  readonly missing: string;
  readonly noLines: string;
  readonly noPairs: string;
  readonly noAttention: string;
  readonly checkpoint: string;
  readonly atCheckpoint: (at: number, of: number, step: number) => string;
  readonly play: string;
  readonly pause: string;
  readonly back: string;
  readonly forward: string;
  readonly step: (step: number) => string;
  readonly minutes: (seconds: number) => string;
  readonly logProbability: string;
  readonly wrote: (translation: string) => string;
  readonly axisNames: { readonly source: string; readonly target: string };
  readonly matrix: (step: number) => string;
  readonly cell: (target: string, source: string) => string;
  readonly weight: string;
  readonly matrixLabel: (step: number, target: string, source: string, share: string) => string;
  readonly multiples: string;
  readonly multiplesLabel: (count: number, first: number, last: number) => string;
  readonly translations: string;
  readonly columns: readonly [
    step: string,
    minutes: string,
    logProbability: string,
    translation: string,
  ];
  /** How a few sentences of the dev set are translated. */
  readonly samples: {
    readonly title: (step: number) => string;
    /** The title and the name of the first column where the sources are pictures. */
    readonly pictures: (step: number) => string;
    readonly picture: string;
    readonly scores: Readonly<Record<"bleu" | "exact", (value: string, pairs: number) => string>>;
    readonly source: string;
    readonly reference: string;
    readonly output: string;
    readonly same: string;
  };
  readonly curves: string;
  readonly panels: Readonly<Record<PanelKind, string>>;
  readonly lines: Readonly<Record<"train" | "dev", string>>;
  readonly kept: string;
  readonly keptColumn: string;
  readonly curvesLabel: (first: string, last: string, steps: number) => string;
  readonly names: Readonly<
    Record<
      "trainPerplexity" | "devPerplexity" | "devBleu" | "logProbability" | "learningRate" | "epoch",
      string
    >
  >;
  readonly table: string;
  readonly watching: string;
  readonly over: string;
  /** The same of a model in memory. */
  readonly inMemory: string;
  readonly lastLine: (time: string, ago: string) => string;
  readonly ago: (seconds: number) => string;
  readonly failed: (reason: string) => string;
}

const stepsOf = (count: number): string => `${formatCount(count)} step${count === 1 ? "" : "s"}`;

export const pictureText: Translated<LearningWords> = {
  en: {
    run: "Training of",
    pair: "Fixed pair",
    axis: "Along the axis",
    axes: { steps: "Steps", minutes: "Minutes" },
    noRun: "No model here has a record of its training. “seq2see train --watch PAIRS” writes one.",
    loading: "Loading the record of the training …",
    missing: "This model’s folder has no record of its training.",
    noLines: "The training has not reached its first evaluation yet.",
    noPairs: "This training watched no pair; “seq2see train --watch PAIRS” records one.",
    noAttention:
      "This model has no attention, so there is no matrix: it sees the source as one vector.",
    checkpoint: "Checkpoint",
    atCheckpoint: (at, of, step) => `Checkpoint ${at} of ${of}, after ${stepsOf(step)}`,
    play: "Play the checkpoints",
    pause: "Pause",
    back: "One checkpoint back",
    forward: "One checkpoint on",
    step: (step) => `step ${formatCount(step)}`,
    minutes: (seconds) => `${formatMinutes(seconds)} min`,
    logProbability: "log p of the translation",
    wrote: (translation) =>
      translation === "" ? "Its own translation is empty." : `Its own translation: ${translation}`,
    axisNames: { source: "source", target: "given translation" },
    matrix: (step) => `Attention after ${stepsOf(step)}`,
    cell: (target, source) => `“${target}” from “${source}”`,
    weight: "Weight",
    matrixLabel: (step, target, source, share) =>
      `Attention after ${stepsOf(step)}. The clearest row: “${target}” gives ${share} of its weight to “${source}”.`,
    multiples: "All checkpoints",
    multiplesLabel: (count, first, last) =>
      count === 1
        ? `The same matrix at one checkpoint, after ${stepsOf(first)}`
        : `The same matrix at ${count} checkpoints, from step ${formatCount(first)} to step ${formatCount(last)}`,
    translations: "The model’s own translations of the source",
    columns: ["step", "minutes", "log p", "its own translation"],
    samples: {
      title: (step) => `Outputs for the dev set after ${stepsOf(step)}`,
      pictures: (step) => `Pictures of the dev set after ${stepsOf(step)}`,
      picture: "picture",
      scores: {
        bleu: (value, pairs) => `BLEU of ${formatCount(pairs)} pairs: ${value}`,
        exact: (value, pairs) => `exactly right of ${formatCount(pairs)} pairs: ${value} %`,
      },
      source: "source",
      reference: "reference",
      output: "model",
      same: "the same as the reference",
    },
    curves: "Curves of the training",
    panels: {
      perplexity: "Perplexity (logarithmic)",
      bleu: "BLEU of the dev set",
      probability: "log p of the fixed translation",
      rate: "Learning rate",
    },
    lines: { train: "training", dev: "dev set" },
    kept: "ringed: the checkpoint that is kept",
    keptColumn: "kept",
    curvesLabel: (first, last, steps) =>
      `Curves of the training: in ${stepsOf(steps)} the perplexity goes from ${first} to ${last}`,
    names: {
      trainPerplexity: "training perplexity",
      devPerplexity: "dev perplexity",
      devBleu: "BLEU",
      logProbability: "log p",
      learningRate: "learning rate",
      epoch: "epoch",
    },
    table: "Show as table",
    watching: "This model is being trained now; new lines are looked for every 3 seconds.",
    inMemory: "This is what was recorded up to the step of this model.",
    over: "No training is going on in this folder now.",
    lastLine: (time, ago) => `Last line: ${time} (${ago}).`,
    ago: (seconds) => {
      const [count, unit] = span(seconds, ["second", "minute", "hour", "day"]);
      return `${count} ${unit}${count === 1 ? "" : "s"} ago`;
    },
    failed: (reason) => `The record could not be loaded: ${reason}`,
  },
  zh: {
    run: "训练记录",
    pair: "固定的句对",
    axis: "横轴",
    axes: { steps: "步数", minutes: "分钟" },
    noRun: "这里的模型都没有训练记录。“seq2see train --watch PAIRS” 会写下一份。",
    loading: "正在读取训练记录……",
    missing: "这个模型的文件夹里没有训练记录。",
    noLines: "训练还没有到第一次评估。",
    noPairs: "这次训练没有跟踪句对；“seq2see train --watch PAIRS” 可以跟踪。",
    noAttention: "这个模型没有注意力，因此没有矩阵：它看到的源句只是一个向量。",
    checkpoint: "检查点",
    atCheckpoint: (at, of, step) =>
      `第 ${at} 个检查点，共 ${of} 个，训练 ${formatCount(step)} 步之后`,
    play: "播放各个检查点",
    pause: "暂停",
    back: "上一个检查点",
    forward: "下一个检查点",
    step: (step) => `第 ${formatCount(step)} 步`,
    minutes: (seconds) => `${formatMinutes(seconds)} 分钟`,
    logProbability: "译文的 log p",
    wrote: (translation) =>
      translation === "" ? "它自己的译文是空的。" : `它自己的译文：${translation}`,
    axisNames: { source: "源句", target: "给定的译文" },
    matrix: (step) => `训练 ${formatCount(step)} 步之后的注意力`,
    cell: (target, source) => `“${target}”来自“${source}”`,
    weight: "权重",
    matrixLabel: (step, target, source, share) =>
      `训练 ${formatCount(step)} 步之后的注意力。最清楚的一行：“${target}”有 ${share} 的权重在“${source}”上。`,
    multiples: "所有检查点",
    multiplesLabel: (count, first, last) =>
      count === 1
        ? `同一个矩阵在一个检查点上的样子，训练 ${formatCount(first)} 步之后`
        : `同一个矩阵在 ${count} 个检查点上的样子，从第 ${formatCount(first)} 步到第 ${formatCount(last)} 步`,
    translations: "模型自己的译文",
    columns: ["步数", "分钟", "log p", "它自己的译文"],
    samples: {
      title: (step) => `训练 ${formatCount(step)} 步之后，模型对开发集的输出`,
      pictures: (step) => `训练 ${formatCount(step)} 步之后，开发集里的几张图片`,
      picture: "图片",
      scores: {
        bleu: (value, pairs) => `${formatCount(pairs)} 对数据的 BLEU：${value}`,
        exact: (value, pairs) => `${formatCount(pairs)} 对里完全正确的：${value} %`,
      },
      source: "源句",
      reference: "参考译文",
      output: "模型译文",
      same: "与参考译文相同",
    },
    curves: "训练曲线",
    panels: {
      perplexity: "困惑度（对数刻度）",
      bleu: "开发集上的 BLEU",
      probability: "固定译文的 log p",
      rate: "学习率",
    },
    lines: { train: "训练集", dev: "开发集" },
    kept: "圆圈：被保留的检查点",
    keptColumn: "保留",
    curvesLabel: (first, last, steps) =>
      `训练曲线：${formatCount(steps)} 步之内，困惑度从 ${first} 变到 ${last}`,
    names: {
      trainPerplexity: "训练困惑度",
      devPerplexity: "开发集困惑度",
      devBleu: "BLEU",
      logProbability: "log p",
      learningRate: "学习率",
      epoch: "轮次",
    },
    table: "显示为表格",
    watching: "这个模型正在训练；每 3 秒查看一次有没有新的记录。",
    inMemory: "这是到这个模型的步数为止的记录。",
    over: "这个文件夹里现在没有正在进行的训练。",
    lastLine: (time, ago) => `最后一行写于 ${time}（${ago}）。`,
    ago: (seconds) => span(seconds, [" 秒前", " 分钟前", " 小时前", " 天前"]).join(""),
    failed: (reason) => `无法读取训练记录：${reason}`,
  },
};

/** A time span in the largest unit of which it has two, or one of seconds. */
function span(seconds: number, units: readonly [string, string, string, string]): [number, string] {
  const sizes = [1, 60, 3600, 86_400];
  let at = 3;
  while (at > 0 && seconds < 2 * (sizes[at] as number)) at--;
  return [Math.max(0, Math.floor(seconds / (sizes[at] as number))), units[at] as string];
}
