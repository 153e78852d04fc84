import { formatCount, formatMinutes } from "../../text/numbers.ts";
import type { Translated } from "../../text/translated.ts";
import type { SceneText } from "../scene.ts";
import type { PanelKind } from "./layout.ts";

export const text: Translated<SceneText> = {
  en: {
    title: "Learning to attend",
    before: [
      "Before training, the weights are random, and so is where the model looks. Nobody shows it an alignment: it is only told, word for word, what the right translation would have been. To make those words likelier it has to find out which source words tell of them, and that is how the matrix below gets its shape.",
      "While the model was trained, it was stopped now and then and asked to read one fixed translation word by word. The picture shows with which attention it did so at each of these checkpoints, how probable it found the translation, and what it would have written itself.",
    ],
    after: [
      "Watch in which order things are learned. In its first checkpoints a model writes a few frequent words, whatever it reads; later single words of the source come through; whole phrases in their right order come last. Compare that with where it looks at the same checkpoint, and with the curves.",
      "A model that is being trained on this machine can be watched as well: open its folder with `seq2see studio --model FOLDER`, and new checkpoints appear as they are made. `seq2see train --watch PAIRS` records them.",
    ],
  },
  zh: {
    title: "学会注意",
    before: [
      "训练开始之前，权重是随机的，模型看哪里也是随机的。没有人给它看对齐：它只是一个词一个词地被告知正确的译文应当是什么。要让这些词变得更可能，它就得弄清哪些源语言的词说的是它们；下面的矩阵就是这样成形的。",
      "训练过程中，模型不时停下来，逐词读一遍固定的译文。图中展示的是在每一个这样的检查点上，它读的时候注意力在哪里、它认为这句译文有多大可能，以及它自己会写出什么。",
    ],
    after: [
      "留意学会各件事的先后。在最初的检查点上，模型不管读到什么都写几个常见的词；后来源句中个别的词透了出来；语序正确的整个词组来得最晚。把这和它在同一检查点上看着哪里、以及下面的曲线对照起来看。",
      "正在这台机器上训练的模型也可以这样看：用 `seq2see studio --model 文件夹` 打开它的文件夹，新的检查点一产生就会出现。`seq2see train --watch PAIRS` 会把它们记录下来。",
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
  readonly lastLine: (time: string, ago: string) => string;
  readonly ago: (seconds: number) => string;
  readonly failed: (reason: string) => string;
}

export const pictureText: Translated<LearningWords> = {
  en: {
    run: "Training of",
    pair: "Fixed pair",
    axis: "Along the axis",
    axes: { steps: "Steps", minutes: "Minutes" },
    noRun:
      "None of the models here has a record of its training. “seq2see train --watch PAIRS” writes one.",
    loading: "Fetching the record of the training …",
    missing: "This model’s folder has no record of its training.",
    noLines: "The training has not come to its first evaluation yet.",
    noPairs: "No pair was watched in this training; “seq2see train --watch PAIRS” does so.",
    noAttention:
      "This model has no attention, so that there is no matrix to show: what it knows of the source is one vector.",
    checkpoint: "Checkpoint",
    atCheckpoint: (at, of, step) => `Checkpoint ${at} of ${of}, after ${formatCount(step)} steps`,
    play: "Play the checkpoints",
    pause: "Pause",
    back: "One checkpoint back",
    forward: "One checkpoint on",
    step: (step) => `step ${formatCount(step)}`,
    minutes: (seconds) => `${formatMinutes(seconds)} min`,
    logProbability: "log p of the translation",
    wrote: (translation) =>
      translation === "" ? "It writes nothing by itself." : `By itself it writes: ${translation}`,
    axisNames: { source: "source", target: "given translation" },
    matrix: (step) => `Attention after ${formatCount(step)} steps`,
    cell: (target, source) => `“${target}” from “${source}”`,
    weight: "Weight",
    matrixLabel: (step, target, source, share) =>
      `Attention after ${formatCount(step)} steps. The clearest row: “${target}” gets ${share} of its weight from “${source}”.`,
    multiples: "All checkpoints",
    multiplesLabel: (count, first, last) =>
      count === 1
        ? `The same matrix at one checkpoint, after ${formatCount(first)} steps`
        : `The same matrix at ${count} checkpoints, from step ${formatCount(first)} to step ${formatCount(last)}`,
    translations: "What the model itself made of the source",
    columns: ["step", "minutes", "log p", "its own translation"],
    curves: "Curves of the training",
    panels: {
      perplexity: "Perplexity (logarithmic)",
      bleu: "BLEU of the dev set",
      probability: "log p of the fixed translation",
      rate: "Learning rate",
    },
    lines: { train: "training", dev: "dev set" },
    kept: "ringed: the weights that are kept",
    keptColumn: "kept",
    curvesLabel: (first, last, steps) =>
      `Curves of the training: in ${formatCount(steps)} steps the perplexity goes from ${first} to ${last}`,
    names: {
      trainPerplexity: "training perplexity",
      devPerplexity: "dev perplexity",
      devBleu: "BLEU",
      logProbability: "log p",
      learningRate: "learning rate",
      epoch: "epoch",
    },
    table: "Show as table",
    watching: "Looks for new lines every 3 seconds.",
    over: "It is not asked for new lines any more.",
    lastLine: (time, ago) => `The last line came on ${time} (${ago}).`,
    ago: (seconds) => {
      const [count, unit] = span(seconds, ["second", "minute", "hour", "day"]);
      return `${count} ${unit}${count === 1 ? "" : "s"} ago`;
    },
    failed: (reason) => `The record could not be fetched: ${reason}`,
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
    noAttention: "这个模型没有注意力，因此没有矩阵可看：它对源句的了解只有一个向量。",
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
      translation === "" ? "它自己什么也没写出。" : `它自己写出：${translation}`,
    axisNames: { source: "源句", target: "给定的译文" },
    matrix: (step) => `训练 ${formatCount(step)} 步之后的注意力`,
    cell: (target, source) => `“${target}”来自“${source}”`,
    weight: "权重",
    matrixLabel: (step, target, source, share) =>
      `训练 ${formatCount(step)} 步之后的注意力。最清楚的一行：“${target}”有 ${share} 的权重来自“${source}”。`,
    multiples: "所有检查点",
    multiplesLabel: (count, first, last) =>
      count === 1
        ? `同一个矩阵在一个检查点上的样子，训练 ${formatCount(first)} 步之后`
        : `同一个矩阵在 ${count} 个检查点上的样子，从第 ${formatCount(first)} 步到第 ${formatCount(last)} 步`,
    translations: "模型自己把源句译成什么",
    columns: ["步数", "分钟", "log p", "它自己的译文"],
    curves: "训练曲线",
    panels: {
      perplexity: "困惑度（对数刻度）",
      bleu: "开发集上的 BLEU",
      probability: "固定译文的 log p",
      rate: "学习率",
    },
    lines: { train: "训练集", dev: "开发集" },
    kept: "圆圈：被保留下来的权重",
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
    watching: "每 3 秒查看一次有没有新的记录。",
    over: "不再查看有没有新的记录。",
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
