import type { Translated } from "../../text/translated.ts";
import type { SceneCaptions } from "../../words/captions.ts";
import type { SceneText } from "../scene.ts";
import type { DropReason } from "./tree.ts";

export const text: Translated<SceneText> = {
  en: {
    title: "The beam",
    before: [
      "Choosing the most probable word at every step can miss the best translation. Beam search therefore follows several partial translations at once, the hypotheses. At each step it ranks all continuations by the sum of their log-probabilities, keeps the best few and drops the others.",
      "A hypothesis that ends with `</s>` is finished and leaves the beam. Every further word makes the sum smaller, so finished hypotheses are compared by the sum divided by a length penalty: `score = log P / lp`, `lp = ((5 + |Y|) / 6)^α`.",
    ],
    handling: ["Point at a node to see its arithmetic; click it to keep its path highlighted."],
    after: ["A cross marks a node whose continuations were all dropped."],
  },
  zh: {
    title: "束搜索",
    before: [
      "每一步都取最可能的词，可能会错过最好的译文。因此束搜索同时保留多个部分译文，称为假设。每一步，所有假设的所有后续都按对数概率之和排名，保留最好的几个，丢弃其余的。",
      "以 `</s>` 结尾的假设已经完成，离开束。每多一个词，对数概率之和就更小，所以完成的假设用这个和除以长度惩罚来比较：`score = log P / lp`，`lp = ((5 + |Y|) / 6)^α`。",
    ],
    handling: ["指向一个节点可以看到它的算式，点击可以固定显示它的路径。"],
    after: ["带叉的节点，其后续全部被丢弃。"],
  },
};

/** What is said where something was given from outside, so that nothing was searched for. */
export const withoutSearch: Translated<string> = {
  en: "You have changed this translation. After a change the model decodes greedily, so there is no search to show. Undo the changes at the top of the page to see the search.",
  zh: "你改动了这次翻译：改动之后的部分是贪心解码的，没有搜索过程可以展示。在页面上方撤销改动，就能看到搜索过程。",
};

/** The words inside the picture. */
/** Where greedy search would have taken another token. */
interface LossWords {
  readonly step: number;
  /** The likelier token, and its log-probability. */
  readonly instead: string;
  readonly its: string;
  /** The token of the translation, and its own log-probability. */
  readonly token: string;
  readonly own: string;
}

export const pictureText: Translated<{
  readonly step: (step: number) => string;
  readonly settings: (beam: number, penalty: string) => string;
  readonly dropped: string;
  readonly droppedFew: string;
  readonly droppedAll: string;
  readonly hidden: (count: number) => string;
  readonly label: (sentence: string, finished: number, steps: number) => string;
  readonly tree: string;
  readonly lost: (loss: LossWords) => string;
  readonly notLost: string;
  readonly worst: (rank: number, step: number) => string;
  readonly places: (rank: number, count: number) => string;
  readonly fates: Readonly<
    Record<"running" | "finished" | "deadEnd" | DropReason, (beam: number) => string>
  >;
  readonly logProbability: (token: string) => string;
  readonly sumBefore: string;
  readonly sum: string;
  readonly penalty: string;
  readonly score: string;
  readonly path: string;
  readonly key: Readonly<Record<"running" | "finished" | "dropped" | "winner" | "deadEnd", string>>;
  readonly best: string;
  readonly place: string;
  readonly translation: string;
  readonly length: string;
  readonly unfinished: string;
  readonly showPath: (sentence: string) => string;
  readonly coverage: string;
}> = {
  en: {
    step: (step) => `step ${step}`,
    settings: (beam, penalty) => `A beam of ${beam}, lp = ${penalty}`,
    dropped: "Dropped candidates",
    droppedFew: "the next three",
    droppedAll: "all",
    hidden: (count) => `+ ${count} dropped`,
    label: (sentence, finished, steps) =>
      `In ${steps} steps the search finished ${finished} hypotheses; the best one is “${sentence}”`,
    tree: "Search tree. Arrow keys move along it, Enter keeps a path highlighted",
    lost: ({ step, instead, its, token, own }) =>
      `Greedy search would have lost this translation at step ${step}: there “${instead}” is likelier (log p ${its}) than “${token}” (${own}).`,
    notLost: "Greedy search finds the same translation.",
    worst: (rank, step) => `At step ${step}, the best translation was only number ${rank}.`,
    places: (rank, count) => `Number ${rank} of the ${count} candidates of this step`,
    fates: {
      running: (beam) => `it stays in the beam, which has ${beam} places.`,
      finished: () => "it ends here and is finished.",
      deadEnd: () => "it stays, but all of its continuations are dropped at the next step.",
      beamFull: (beam) =>
        `it is dropped, because better candidates take the ${beam} places of the beam.`,
      endTooLate: (beam) =>
        `it is dropped, because a finished hypothesis counts only among the best ${beam} candidates.`,
      tooLong: () => "it is dropped, because at the maximum length only the end is allowed.",
    },
    logProbability: (token) => `log p(${token})`,
    sumBefore: "sum before",
    sum: "sum",
    penalty: "lp",
    score: "score",
    path: "Path",
    key: {
      running: "stays in the beam",
      finished: "finished, with its score and place",
      dropped: "dropped",
      winner: "path of the best translation",
      deadEnd: "all continuations dropped",
    },
    best: "The best translations",
    place: "place",
    translation: "translation",
    length: "length |Y|",
    unfinished: "cut at the maximum length",
    showPath: (sentence) => `Show the path of “${sentence}”`,
    coverage: "Scores include the coverage penalty.",
  },
  zh: {
    step: (step) => `第 ${step} 步`,
    settings: (beam, penalty) => `束宽 ${beam}，lp = ${penalty}`,
    dropped: "被丢弃的候选",
    droppedFew: "紧随其后的三个",
    droppedAll: "全部",
    hidden: (count) => `另有 ${count} 个被丢弃`,
    label: (sentence, finished, steps) =>
      `搜索共 ${steps} 步，完成了 ${finished} 个假设，其中最好的是“${sentence}”`,
    tree: "搜索树。方向键在树上移动，回车键固定显示一条路径",
    lost: ({ step, instead, its, token, own }) =>
      `贪心搜索会在第 ${step} 步错过这个译文：在那里“${instead}”（log p ${its}）比“${token}”（${own}）更可能。`,
    notLost: "贪心搜索也会得到同样的译文。",
    worst: (rank, step) => `在第 ${step} 步，最好的译文曾经只排第 ${rank}。`,
    places: (rank, count) => `在这一步的 ${count} 个候选中排第 ${rank}`,
    fates: {
      running: (beam) => `它留在束里，束共有 ${beam} 个位置。`,
      finished: () => "它在这里结束，已经完成。",
      deadEnd: () => "它暂时留下，但它的所有后续在下一步都被丢弃。",
      beamFull: (beam) => `它被丢弃，因为束的 ${beam} 个位置都被更好的候选占据。`,
      endTooLate: (beam) => `它被丢弃，因为完成的假设只有排进前 ${beam} 名才算数。`,
      tooLong: () => "它被丢弃，因为到了最大长度，只允许结束。",
    },
    logProbability: (token) => `log p(${token})`,
    sumBefore: "之前的和",
    sum: "和",
    penalty: "lp",
    score: "得分",
    path: "路径",
    key: {
      running: "留在束里",
      finished: "已完成，附得分与名次",
      dropped: "被丢弃",
      winner: "最佳译文的路径",
      deadEnd: "后续全部被丢弃",
    },
    best: "最好的译文",
    place: "名次",
    translation: "译文",
    length: "长度 |Y|",
    unfinished: "在最大长度处截断",
    showPath: (sentence) => `显示“${sentence}”的路径`,
    coverage: "得分包含覆盖惩罚。",
  },
};

export const captions: Translated<SceneCaptions> = {
  en: {
    distribution: ({ step }) =>
      `Step ${step}: every hypothesis is continued by its most probable tokens`,
    choose: ({ step }) => `Step ${step}: the best hypotheses stay, the others are dropped`,
    end: () => "The hypothesis with the best score is the translation",
  },
  zh: {
    distribution: ({ step }) => `第 ${step} 步：每个假设都用最可能的词元续写`,
    choose: ({ step }) => `第 ${step} 步：保留最好的假设，丢弃其余的`,
    end: () => "得分最高的假设就是译文",
  },
};
