import { formatCount } from "../../text/numbers.ts";
import type { Translated } from "../../text/translated.ts";
import type { SceneText } from "../scene.ts";
import type { LengthUnit } from "./compared.ts";

export const text: Translated<SceneText> = {
  en: {
    title: "The bottleneck",
    before: [
      "Without attention, the decoder receives the source as one vector of fixed length, the same for three words as for thirty. Attention was invented to remove this bottleneck. You can measure the effect: translate sentences of all lengths with a model of each kind, and compute BLEU separately for each range of lengths.",
      "Bahdanau et al. (2015, figure 2) first drew these two curves; theirs without attention falls on long sentences, and theirs with attention (RNNsearch-50) does not. Sutskever et al. (2014, section 3.7) saw almost no such fall, with four layers of 1,000 cells and a reversed source. The picture shows the curves of the models on this page.",
    ],
    after: [
      "Each point is BLEU over all sentences of one range. Compare the models within a range, not the ranges with each other: longer sentences are harder in other ways too. The number of sentences stands below each range, because BLEU over few sentences is unreliable.",
      "Then read the two translations of one long sentence. Look for source words without a translation and for repeated phrases. To measure your own model, run `seq2see evaluate --model FOLDER --data PAIRS --save`.",
    ],
  },
  zh: {
    title: "瓶颈",
    before: [
      "没有注意力时，解码器得到的源句只是一个定长的向量，三个词和三十个词都一样。注意力就是为消除这个瓶颈而发明的。效果可以测量：让两种模型各自翻译长短不一的句子，再按长度范围分别计算 BLEU。",
      "Bahdanau 等人（2015，图 2）最早画出这两条曲线：句子变长时，他们没有注意力的模型下降，有注意力的模型（RNNsearch-50）不降。Sutskever 等人（2014，3.7 节）用四层、每层 1000 个单元、倒序读入源句的模型，几乎没有看到这种下降。图中是本页模型的曲线。",
    ],
    after: [
      "每个点是某一长度范围内全部句子的 BLEU。请在同一范围内比较模型，而不要比较不同的范围：长句在别的方面也更难。每个范围下面都标出句子的数量，因为句子太少时 BLEU 并不可靠。",
      "然后读一读同一个长句的两种译文：找找源句里有没有漏译的词，译文里有没有重复的短语。要测量你自己的模型，请运行 `seq2see evaluate --model 文件夹 --data PAIRS --save`。",
    ],
  },
};

/** Long sentences to begin with, by the code of the language that a model reads. */
export const longExamples: Readonly<Record<string, readonly string[]>> = {
  fr: [
    "Je voudrais remercier la Commission et le rapporteur pour leur travail, mais je dois dire que cette proposition, que nous attendons depuis plus de deux ans, ne répond ni aux besoins de nos citoyens ni à ceux des petites entreprises.",
    "Quand nous sommes arrivés à la gare, le train était déjà parti, et nous avons dû attendre plus d'une heure dans le froid avant de pouvoir rentrer à la maison.",
  ],
  zh: [
    "我们到车站的时候火车已经开走了，所以在寒风里等了一个多小时才坐上回家的车，到家的时候孩子们都已经睡着了。",
    "如果明天不下雨，我就和朋友一起去公园，因为天气预报说后天会很冷，而且我们已经很久没有见面了。",
  ],
  en: [
    "When we arrived at the station, the train had already left, so we waited for more than an hour in the cold before we could go home.",
    "If it does not rain tomorrow, I will go to the park with my friends, because we have not seen each other for a long time.",
  ],
};

/** A range of lengths in words, with the score there. */
export interface RangeScore {
  readonly range: string;
  readonly score: string;
  readonly isMore: boolean;
}

/** The words inside and around the pictures. */
export interface BottleneckWords {
  readonly kinds: { readonly attending: string; readonly plain: string };
  readonly named: (kind: string, title: string) => string;
  readonly scoreOf: (kind: string, score: string) => string;
  readonly nobody: string;
  readonly notMeasured: string;
  readonly set: string;
  readonly setName: (set: string, beam: number) => string;
  readonly measuring: string;
  readonly noneMeasured: string;
  readonly oneMeasured: (title: string, other: string) => string;
  readonly noPartner: Readonly<Record<"attending" | "plain", string>>;
  /** What is compared in place of the opened model, which has no counterpart. */
  readonly others: (title: string) => string;
  readonly noShared: string;
  readonly sourceLength: (unit: LengthUnit) => string;
  readonly legend: (unit: LengthUnit) => string;
  readonly rangeOf: (range: string, unit: LengthUnit) => string;
  readonly count: (count: string) => string;
  readonly range: (from: number, to: number | null) => string;
  readonly sentences: string;
  readonly score: string;
  readonly chartLabel: (longest: string, scores: string) => string;
  readonly place: (length: string, scores: string, sentences: string) => string;
  readonly measured: (scores: MeasuredWords) => string;
  /** How a model's BLEU goes from the shortest sentences to the longest. */
  readonly change: (kind: string, from: RangeScore, to: RangeScore, share: string | null) => string;
  readonly same: (kind: string, from: RangeScore, to: RangeScore) => string;
  readonly unequalSteps: (attending: string, plain: string) => string;
  readonly unequalHidden: (attending: string, plain: string) => string;
  readonly table: string;
  readonly caption: (unit: LengthUnit) => string;
  readonly both: string;
  readonly sentence: string;
  readonly source: string;
  readonly byAttending: string;
  readonly byPlain: string;
  readonly loading: (title: string) => string;
  readonly translating: string;
  readonly cut: string;
  readonly empty: string;
  readonly sums: string;
  readonly sumsScale: string;
  readonly failed: (title: string, reason: string) => string;
  readonly bothLabel: (words: number, attending: string, plain: string) => string;
}

const chineseUnits: Readonly<Record<LengthUnit, string>> = { words: "词", characters: "字" };

/** The scores of a model as they are written. */
interface MeasuredWords
  extends Readonly<Record<"title" | "bleu" | "chrf" | "perplexity" | "date", string>> {
  readonly sentences: number;
  /** The steps of its training; null if they are not known. */
  readonly steps: number | null;
}

export const pictureText: Translated<BottleneckWords> = {
  en: {
    kinds: { attending: "With attention", plain: "Without attention" },
    named: (kind, title) => `${kind}: ${title}`,
    scoreOf: (kind, score) => `${kind.toLowerCase()} ${score}`,
    nobody: "–",
    notMeasured: "not measured",
    set: "Measured on",
    setName: (set, beam) => `${set}, beam ${beam}`,
    measuring: "Loading the measurements …",
    noneMeasured:
      "Neither of these models has been measured by length. Run “seq2see evaluate --model FOLDER --data PAIRS --save” to measure them.",
    oneMeasured: (title, other) =>
      `Only ${title} has been measured on this set; there is no curve for ${other}.`,
    noPartner: {
      attending: "There is no model with attention for the same languages here.",
      plain:
        "There is no model without attention for the same languages here. Train one with “seq2see train --attention none”.",
    },
    others: (title) =>
      `The opened model, ${title}, has no counterpart without attention here. This picture compares two other models.`,
    noShared: "The two models were measured on different sets; choose one of the sets.",
    sourceLength: (unit) => `${unit} of the source`,
    legend: (unit) => `bold: ${unit} of the source; below: sentences`,
    rangeOf: (range, unit) => `${range} ${unit}`,
    count: (count) => `${count} sentences`,
    range: (from, to) => (to === null ? `${from}+` : from === to ? `${from}` : `${from}–${to}`),
    sentences: "sentences",
    score: "BLEU",
    chartLabel: (longest, scores) => `BLEU by length. For sources of ${longest}: ${scores}`,
    place: (length, scores, sentences) => `${length}: BLEU ${scores}; ${sentences} sentences`,
    measured: ({ title, bleu, chrf, perplexity, sentences, date, steps }) =>
      `${title}: BLEU ${bleu}, chrF2 ${chrf}, perplexity ${perplexity} on all ${formatCount(sentences)} sentences, measured on ${date}${steps === null ? "" : ` after ${formatCount(steps)} training steps`}.`,
    change: (kind, from, to, share) =>
      `${kind}: BLEU ${to.isMore ? "rises" : "falls"} from ${from.score} for ${from.range} to ${to.score} for ${to.range}${share === null ? "" : `, which is ${share} of it`}.`,
    same: (kind, from, to) => `${kind}: BLEU is ${to.score} for ${from.range} and for ${to.range}.`,
    unequalSteps: (attending, plain) =>
      `These two models were not trained equally long: the one with attention for ${attending} steps, the one without for ${plain}. Part of the distance between the curves can come from that.`,
    unequalHidden: (attending, plain) =>
      `The two models are not equally large: the one with attention has ${attending} hidden units, the one without ${plain}. In the lab you can compare two models that differ in attention alone.`,
    table: "Show as table",
    caption: (unit) => `BLEU by the number of ${unit} in the source`,
    both: "One long sentence, both models",
    sentence: "A long sentence",
    source: "The source",
    byAttending: "With attention",
    byPlain: "Without attention",
    loading: (title) => `Loading ${title} …`,
    translating: "Translating …",
    cut: "cut at the maximum length",
    empty: "The model writes nothing.",
    sums: "Below each word: its attention weights, summed over all steps.",
    sumsScale: "Attention summed over all steps, full colour from 1",
    failed: (title, reason) => `${title}: ${reason}`,
    bothLabel: (words, attending, plain) =>
      `A source of ${words} words. With attention: “${attending}”. Without: “${plain}”.`,
  },
  zh: {
    kinds: { attending: "有注意力", plain: "没有注意力" },
    named: (kind, title) => `${kind}：${title}`,
    scoreOf: (kind, score) => `${kind} ${score}`,
    nobody: "–",
    notMeasured: "未测量",
    set: "测试集",
    setName: (set, beam) => `${set}，束宽 ${beam}`,
    measuring: "正在读取测量结果……",
    noneMeasured:
      "这两个模型都还没有按长度测量过。请运行 “seq2see evaluate --model 文件夹 --data PAIRS --save” 来测量。",
    oneMeasured: (title, other) => `只有${title}在这个集合上测量过；没有${other}的曲线可以比较。`,
    noPartner: {
      attending: "这里没有同样语言的、有注意力的模型。",
      plain:
        "这里没有同样语言的、没有注意力的模型。“seq2see train --attention none” 可以训练一个。",
    },
    others: (title) =>
      `当前的模型“${title}”在这里没有不带注意力的对照模型，所以图中比较的是另外两个模型。`,
    noShared: "两个模型没有在同一个集合上测量过；请选择其中一个集合。",
    sourceLength: (unit) => `源句的${chineseUnits[unit]}数`,
    legend: (unit) => `粗体：源句的${chineseUnits[unit]}数；下面：句数`,
    rangeOf: (range, unit) => `${range} 个${chineseUnits[unit]}`,
    count: (count) => `${count} 句`,
    range: (from, to) => (to === null ? `${from} 以上` : from === to ? `${from}` : `${from}–${to}`),
    sentences: "句数",
    score: "BLEU",
    chartLabel: (longest, scores) => `按长度的 BLEU。源句 ${longest}时：${scores}`,
    place: (length, scores, sentences) => `${length}：BLEU ${scores}；${sentences} 句`,
    measured: ({ title, bleu, chrf, perplexity, sentences, date, steps }) =>
      `${title}：在全部 ${formatCount(sentences)} 句上 BLEU ${bleu}，chrF2 ${chrf}，困惑度 ${perplexity}；测量于 ${date}${steps === null ? "" : `，训练 ${formatCount(steps)} 步之后`}。`,
    change: (kind, from, to, share) =>
      `${kind}：BLEU 从 ${from.range}的 ${from.score} ${to.isMore ? "升" : "降"}到 ${to.range}的 ${to.score}${share === null ? "" : `，是前者的 ${share}`}。`,
    same: (kind, from, to) => `${kind}：${from.range}和${to.range}的 BLEU 都是 ${to.score}。`,
    unequalSteps: (attending, plain) =>
      `这两个模型的训练步数并不相同：有注意力的训练了 ${attending} 步，没有注意力的训练了 ${plain} 步。两条曲线的差距可能有一部分来自这里。`,
    unequalHidden: (attending, plain) =>
      `这两个模型的大小不同：有注意力的有 ${attending} 个隐藏单元，没有注意力的有 ${plain} 个。在实验室里，可以比较只差注意力的两个模型。`,
    table: "显示为表格",
    caption: (unit) => `按源句${chineseUnits[unit]}数的 BLEU`,
    both: "同一个长句，两个模型",
    sentence: "一个长句",
    source: "源句",
    byAttending: "有注意力",
    byPlain: "没有注意力",
    loading: (title) => `正在载入${title}……`,
    translating: "正在翻译……",
    cut: "到最大长度时被截断",
    empty: "模型什么也没写出。",
    sums: "每个词下面的数：它在所有步骤中的注意力权重之和。",
    sumsScale: "所有步骤的注意力之和（1 及以上为满色）",
    failed: (title, reason) => `${title}：${reason}`,
    bothLabel: (words, attending, plain) =>
      `源句有 ${words} 个词。有注意力：“${attending}”。没有注意力：“${plain}”。`,
  },
};
