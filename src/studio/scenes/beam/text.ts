import type { Translated } from "../../text/translated.ts";
import type { SceneText } from "../scene.ts";
import type { DropReason } from "./tree.ts";

export const text: Translated<SceneText> = {
  en: {
    title: "The beam",
    before: [
      "Taking the likeliest word each time can lead into a corner. So the decoder follows several beginnings at once, its hypotheses. At each step all their continuations are ranked by the sum of their log-probabilities; the best few go on, all others are dropped for good.",
      "What ends with `</s>` is a finished translation and leaves the beam. Since every further word makes the sum smaller, finished ones are compared by the sum divided by a length penalty: `score = log P / lp`, `lp = ((5 + |Y|) / 6)^α`.",
    ],
    after: [
      "Point at a node to see its arithmetic, click it to keep its path. A node with a cross went on, but none of its continuations was good enough to stay.",
    ],
  },
  zh: {
    title: "束搜索",
    before: [
      "每次都取最可能的词，可能会走进死胡同。所以解码器同时跟进好几个开头，称为假设。每一步，所有假设的所有后续都按对数概率之和排名；最好的几个继续走，其余的被永远丢弃。",
      "以 `</s>` 结尾的就是一个完成的译文，它离开束。因为每多一个词，和就更小，所以完成的译文要用“和除以长度惩罚”来比较：`score = log P / lp`，`lp = ((5 + |Y|) / 6)^α`。",
    ],
    after: [
      "指向一个节点可以看到它的算式，点击则保留它的路径。带叉的节点虽然继续了，但它的后续没有一个好到能留下来。",
    ],
  },
};

/** What is said where something was given from outside, so that nothing was searched for. */
export const withoutSearch: Translated<string> = {
  en: "You have changed this translation: what follows a change is decoded greedily, and there is no search to be shown. Undo the changes at the top of the page to see it.",
  zh: "你改动了这次翻译：改动之后的部分是贪心解码的，没有搜索过程可以展示。在页面上方撤销改动即可看到。",
};

/** The words inside the picture. */
export const pictureText: Translated<{
  readonly step: (step: number) => string;
  readonly settings: (beam: number, penalty: string) => string;
  readonly dropped: string;
  readonly droppedFew: string;
  readonly droppedAll: string;
  readonly hidden: (count: number) => string;
  readonly label: (sentence: string, finished: number, steps: number) => string;
  readonly tree: string;
  readonly lost: (step: number, instead: string, its: string, token: string, own: string) => string;
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
      `In ${steps} steps the search finished ${finished} hypotheses, of which “${sentence}” is the best`,
    tree: "Search tree. Arrow keys go along it, Enter keeps a path",
    lost: (step, instead, its, token, own) =>
      `Greedy search would have lost this translation at step ${step}: there “${instead}” is likelier (log p ${its}) than “${token}” (${own}).`,
    notLost: "Taking the likeliest token each time finds the same translation.",
    worst: (rank, step) => `On its way the winner was once only number ${rank}, at step ${step}.`,
    places: (rank, count) => `Number ${rank} of the ${count} candidates of this step`,
    fates: {
      running: (beam) => `it stays in the beam, which has ${beam} places.`,
      finished: () => "it ends here and is finished.",
      deadEnd: () => "it stays for now, but all of its continuations are dropped at the next step.",
      beamFull: (beam) =>
        `it is dropped, since the ${beam} places of the beam are taken by better ones.`,
      endTooLate: (beam) =>
        `it is dropped, since an end counts only if it is among the best ${beam} candidates.`,
      tooLong: () => "it is dropped, since at the greatest length only the end may come.",
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
      winner: "the winner’s path",
      deadEnd: "nothing of it remains",
    },
    best: "The best translations",
    place: "place",
    translation: "translation",
    length: "length |Y|",
    unfinished: "cut at the greatest length",
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
    tree: "搜索树。方向键在树上移动，回车保留一条路径",
    lost: (step, instead, its, token, own) =>
      `贪心搜索会在第 ${step} 步错过这个译文：在那里“${instead}”（log p ${its}）比“${token}”（${own}）更可能。`,
    notLost: "每次都取最可能的词元，也会得到同样的译文。",
    worst: (rank, step) => `一路上，获胜者在第 ${step} 步曾经只排第 ${rank}。`,
    places: (rank, count) => `在这一步的 ${count} 个候选中排第 ${rank}`,
    fates: {
      running: (beam) => `它留在束里，束共有 ${beam} 个位置。`,
      finished: () => "它在这里结束，已经完成。",
      deadEnd: () => "它暂时留下，但它的所有后续在下一步都被丢弃。",
      beamFull: (beam) => `它被丢弃，因为束的 ${beam} 个位置都被更好的占了。`,
      endTooLate: (beam) => `它被丢弃，因为结尾只有排进前 ${beam} 名才算数。`,
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
      winner: "获胜者的路径",
      deadEnd: "没有后续留下",
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
