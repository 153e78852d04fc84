/** @file The words around keeping, downloading, opening and taking models. */

import { formatCount } from "../../text/numbers.ts";
import type { Translated } from "../../text/translated.ts";
import { changeName, valueName } from "../settings/optionText.ts";

interface ExchangeText {
  readonly heading: string;
  readonly lead: string;
  /** Which of two runs is meant. */
  readonly which: string;
  /** A model of the lab: what it learns, and the step it is at. */
  readonly titleOf: (task: string, step: number) => string;
  readonly story: string;
  readonly storyAt: (step: number) => string;
  readonly keep: string;
  readonly download: string;
  readonly notBegun: string;
  readonly working: string;
  readonly kept: (name: string) => string;
  readonly downloaded: (file: string, folder: string) => string;
  readonly keptRuns: string;
  readonly goOn: string;
  readonly goOnWith: (name: string) => string;
  readonly remove: string;
  readonly removeNamed: (name: string) => string;
  readonly removed: (name: string) => string;
  readonly megabytes: (bytes: number) => string;
  readonly take: string;
  readonly takeLead: string;
  readonly taken: (model: TakenModel) => string;
  readonly see: string;
  readonly trainFrom: string;
  readonly resume: string;
  readonly notTrainable: string;
  readonly unknown: (share: string) => string;
  /** What a run that stands at a step waits for. */
  readonly begun: (name: string, step: number) => string;
  readonly sureToRemove: (name: string) => string;
  readonly putAway: string;
  /** What the card of a downloaded model says. */
  readonly card: string;
}

/** What is said of a model that was handed over. */
interface TakenModel {
  readonly name: string;
  readonly preset: string;
  readonly cell: string;
  readonly hidden: number;
  readonly attention: string;
  readonly steps: number | null;
}

const megabytes = (bytes: number): string =>
  bytes < 1e5 ? `${Math.ceil(bytes / 1000)} kB` : `${(bytes / 1e6).toFixed(1)} MB`;

export const exchangeText: Translated<ExchangeText> = {
  en: {
    heading: "It is a model like any other",
    lead: "Look inside it with all pictures of the story, keep it, or take it with you. The training goes on meanwhile.",
    which: "Which of the two",
    titleOf: (task, step) => `${task}, step ${formatCount(step)}`,
    story: "Open in the story",
    storyAt: (step) => `Open step ${formatCount(step)} in the story`,
    keep: "Keep in this browser",
    download: "Download",
    notBegun: "Start a training first.",
    working: "A moment …",
    kept: (name) => `“${name}” is kept in this browser. You can go on with it after a reload, too.`,
    downloaded: (file, folder) =>
      `${file} holds the folder ${folder}. Unpack it: “seq2see translate --model ${folder}” and “seq2see studio --model ${folder}” open it, “seq2see train --resume --out ${folder}” goes on.`,
    keptRuns: "Kept in this browser",
    goOn: "Go on",
    goOnWith: (name) => `Go on with “${name}”`,
    remove: "Delete",
    removeNamed: (name) => `Delete “${name}”`,
    removed: (name) => `“${name}” is deleted.`,
    megabytes,
    take: "Open a model of your own",
    takeLead:
      "Drop a model’s folder or a zip archive here: one that you downloaded, or one that seq2see trained elsewhere. You can look at it and train it further. It stays in this page.",
    taken: ({ name, preset, cell, hidden, attention, steps }) =>
      `${name}: ${valueName("cell", cell, "en")} (${valueName("preset", preset, "en")}), ${formatCount(hidden)} hidden units, ${changeName("attention", attention, "en")}${steps === null ? "" : `, trained for ${formatCount(steps)} steps`}.`,
    see: "See it in the story",
    trainFrom: "Train it further with these pairs",
    resume: "Go on with its training",
    notTrainable: "It reads features or pictures, with which this page cannot train.",
    unknown: (share) =>
      `Its vocabularies know only ${share} of the tokens of the chosen task’s pairs, and cannot grow.`,
    begun: (name, step) => `${name} is ready: press ${step === 0 ? "Train" : "Go on"}.`,
    sureToRemove: (name) => `Delete “${name}” from this browser? It cannot be restored.`,
    putAway: "Put away",
    card: "Trained in the lab of seq2see, in a web page. The examples were held out of training.",
  },
  zh: {
    heading: "它和别的模型一样",
    lead: "你可以用正文里的全部图示观察它、保存它，或者把它带走。训练照常进行。",
    which: "两个中的哪一个",
    titleOf: (task, step) => `${task}，第 ${formatCount(step)} 步`,
    story: "在正文中打开",
    storyAt: (step) => `在正文中打开第 ${formatCount(step)} 步的模型`,
    keep: "保存在这个浏览器里",
    download: "下载",
    notBegun: "请先开始训练。",
    working: "请稍候……",
    kept: (name) => `“${name}”已保存在这个浏览器里；刷新网页之后也可以接着训练。`,
    downloaded: (file, folder) =>
      `${file} 里有文件夹 ${folder}。解压后，可以用 “seq2see translate --model ${folder}” 和 “seq2see studio --model ${folder}” 打开，用 “seq2see train --resume --out ${folder}” 接着训练。`,
    keptRuns: "保存在这个浏览器里的训练",
    goOn: "接着训练",
    goOnWith: (name) => `接着训练“${name}”`,
    remove: "删除",
    removeNamed: (name) => `删除“${name}”`,
    removed: (name) => `已删除“${name}”。`,
    megabytes,
    take: "打开自己的模型",
    takeLead:
      "把模型的文件夹或 zip 压缩包拖到这里：可以是从这里下载的，也可以是 seq2see 在别处训练的。你可以观察它，也可以接着训练。它只留在这个网页里。",
    taken: ({ name, preset, cell, hidden, attention, steps }) =>
      `${name}：${valueName("cell", cell, "zh")}（${valueName("preset", preset, "zh")}），隐藏单元 ${formatCount(hidden)} 个，${changeName("attention", attention, "zh")}${steps === null ? "" : `，训练了 ${formatCount(steps)} 步`}。`,
    see: "在正文中观察",
    trainFrom: "用这里的数据接着训练",
    resume: "接着它原来的训练",
    notTrainable: "它读取的是特征或图片，不能在网页里训练。",
    unknown: (share) => `它的词表只认识所选任务 ${share} 的词元，而且不能再增加。`,
    begun: (name, step) => `${name} 已就绪：请按“${step === 0 ? "训练" : "继续"}”。`,
    sureToRemove: (name) => `要从这个浏览器里删除“${name}”吗？删除后无法恢复。`,
    putAway: "收起",
    card: "在网页上的 seq2see 实验室里训练。示例没有参加训练。",
  },
};
