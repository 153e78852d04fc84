import { counted } from "../../../tensor/counted.ts";
import type { Translated } from "../../text/translated.ts";
import type { SceneCaptions } from "../../words/captions.ts";
import { sceneReference } from "../../words/scenes.ts";
import type { SceneText } from "../scene.ts";

export const text: Translated<SceneText> = {
  en: {
    title: "What if …",
    before: [
      "A translation is a chain of choices, and each choice shapes the rest. Here you can intervene: choose another word, move the attention, or replace a word of the source. The model continues from there, and this page recomputes everything below.",
    ],
    after: [
      "Give all the weight to a wrong source word: the model often writes the translation of that word, which shows how much attention decides. Give it to the full stop, and the translation may end. In the source, swap “he” for “she”, or one number for another, and see how far the change reaches.",
      "After a change the model decodes greedily: it takes the most probable word at each step. The original may come from a beam search, so the two can differ even after a small change.",
    ],
  },
  zh: {
    title: "如果……会怎样",
    before: [
      "翻译是一连串的选择，每一个都影响后面的全部。在这里你可以干预：换一个词，移动注意力，或者替换源句里的一个词。模型从那里继续，下面的一切都由这个网页重新计算。",
    ],
    after: [
      "试着把全部权重交给一个错误的源词：模型往往就会写出那个词的译文，可见注意力的作用有多大。把权重交给句号，译文可能就此结束。把源句里的“他”换成“她”，或者换掉一个数字，看看这个改动能影响多远。",
      "改动之后，模型采用贪心解码，每一步都取最可能的词；而原来的译文可能来自束搜索。所以即使改动很小，两者也可能不同。",
    ],
  },
};

/** The same for a model that reads pictures. */
export const ofPictures: Translated<SceneText> = {
  en: {
    title: "What if …",
    before: [
      `A caption is a chain of choices, and each choice shapes the rest. Here you can choose another word; in ${sceneReference("where-it-looks", "en")} you can move the attention to another patch. The model continues from there, and this page recomputes everything below.`,
    ],
    after: [
      "After a change the model decodes greedily: it takes the most probable word at each step. The original may come from a beam search, so the two can differ even after a small change.",
    ],
  },
  zh: {
    title: "如果……会怎样",
    before: [
      `图片描述是一连串的选择，每一个都影响后面的全部。在这里你可以换一个词；在${sceneReference("where-it-looks", "zh")}里可以把注意力移到别的图像块。模型从那里继续，下面的一切都由这个网页重新计算。`,
    ],
    after: [
      "改动之后，模型采用贪心解码，每一步都取最可能的词；而原来的描述可能来自束搜索。所以即使改动很小，两者也可能不同。",
    ],
  },
};

/** The words inside the picture. */
export const pictureText: Translated<{
  readonly mode: string;
  readonly modes: Readonly<Record<"change" | "compare", string>>;
  readonly undo: string;
  readonly undoAll: string;
  readonly running: string;
  readonly source: string;
  readonly original: string;
  readonly yours: string;
  readonly translation: string;
  readonly narrow: string;
  readonly hint: string;
  readonly patchHint: string;
  readonly patchNote: string;
  readonly key: Readonly<Record<"changed" | "chosen" | "attended", string>>;
  readonly linesLabel: (changed: number, all: number) => string;
  readonly linesSame: (sentence: string) => string;
  readonly otherWord: (token: string) => string;
  readonly otherWordNote: string;
  readonly choose: (token: string, share: string) => string;
  readonly choicesLabel: (token: string, share: string) => string;
  readonly ghost: string;
  readonly otherWeights: (token: string) => string;
  readonly otherWeightsNote: string;
  readonly restoreWeights: string;
  readonly ownWeight: string;
  readonly noAttention: string;
  readonly weightOf: (token: string) => string;
  readonly barsLabel: (output: string, source: string, share: string) => string;
  readonly swap: (word: string) => string;
  readonly swapField: (word: string) => string;
  readonly swapDo: string;
  readonly near: string;
  readonly nearSum: string;
  readonly noNear: string;
  readonly similarity: string;
  readonly close: string;
}> = {
  en: {
    mode: "Mode",
    modes: { change: "Change this translation", compare: "Compare two" },
    undo: "Undo the last change",
    undoAll: "Undo all",
    running: "The model is at work …",
    source: "source",
    original: "original",
    yours: "after your change",
    translation: "translation",
    narrow: "Above: the original; below: after your change",
    patchHint: "Click a word of the caption to change that step.",
    patchNote: `Press a patch of the picture in ${sceneReference("where-it-looks", "en")}, and this step attends only to that patch.`,
    hint: "Click a word of the translation to change that step; click a word of the source to replace it.",
    key: {
      changed: "changed",
      chosen: "your choice of word",
      attended: "your weights",
    },
    linesLabel: (changed, all) => `Your change has altered ${changed} of ${counted(all, "token")}`,
    linesSame: (sentence) => `The translation is “${sentence}”; nothing is changed yet`,
    otherWord: (token) => `Another word instead of “${token}”`,
    otherWordNote: "Click a word: decoding continues from there.",
    choose: (token, share) => `${token} ${share}: write it instead`,
    choicesLabel: (token, share) =>
      `The most probable word at this step is “${token}” with ${share}`,
    ghost: "A line marks the probability before your change.",
    otherWeights: (token) => `Attention before “${token}”`,
    otherWeightsNote: "Drag a bar, or move it with the arrow keys: the other words share the rest.",
    restoreWeights: "Use the model’s own weights",
    ownWeight: "A dashed line marks the model’s own weight.",
    noAttention:
      "This model has no attention, so there are no weights to change. Choose a model with attention at the top of the page.",
    weightOf: (token) => `Weight of “${token}”`,
    barsLabel: (output, source, share) =>
      `Before “${output}”, “${source}” has ${share} of the weight`,
    swap: (word) => `Another source word instead of “${word}”`,
    swapField: (word) => `Instead of “${word}”`,
    swapDo: "Replace",
    near: "Nearest words in the model’s own embeddings",
    nearSum: "Nearest words to the sum of its pieces in the model’s own embeddings",
    noNear: "No whole word is near it in the model’s embeddings; type one.",
    similarity: "cosine",
    close: "Close",
  },
  zh: {
    mode: "模式",
    modes: { change: "改动这次翻译", compare: "比较两个" },
    undo: "撤销上一次改动",
    undoAll: "全部撤销",
    running: "模型正在计算……",
    source: "源句",
    original: "原来",
    yours: "改动之后",
    translation: "译文",
    narrow: "上面是原来的，下面是改动之后的",
    patchHint: "点击描述里的一个词，改动那一步。",
    patchNote: `${sceneReference("where-it-looks", "zh")}显示这张图片：在那里点一个图像块，这一步就只关注它。`,
    hint: "点击译文里的一个词，改动那一步；点击源句里的一个词，替换它。",
    key: { changed: "与原来不同", chosen: "你选的词", attended: "你设定的权重" },
    linesLabel: (changed, all) => `${all} 个词元中有 ${changed} 个与改动之前不同`,
    linesSame: (sentence) => `译文是“${sentence}”，还没有任何改动`,
    otherWord: (token) => `换掉“${token}”`,
    otherWordNote: "点击一个词：从那里继续解码。",
    choose: (token, share) => `${token} ${share}：改写成它`,
    choicesLabel: (token, share) => `这一步最可能的词是“${token}”，概率为 ${share}`,
    ghost: "竖线标出改动之前的概率。",
    otherWeights: (token) => `写“${token}”之前的注意力`,
    otherWeightsNote: "拖动一根柱子，或用方向键移动它：其余的词分享剩下的权重。",
    restoreWeights: "恢复模型自己的权重",
    ownWeight: "虚线标出模型自己的权重。",
    noAttention: "这个模型没有注意力，也就没有权重可改。在页面上方可以换一个有注意力的模型。",
    weightOf: (token) => `“${token}”的权重`,
    barsLabel: (output, source, share) => `写“${output}”之前，“${source}”得到 ${share} 的权重`,
    swap: (word) => `换掉源词“${word}”`,
    swapField: (word) => `代替“${word}”`,
    swapDo: "替换",
    near: "在模型自己的词向量中离它最近的",
    nearSum: "在模型自己的词向量中离它各子词之和最近的",
    noNear: "模型的词向量里，它附近没有完整的词；请自己输入一个。",
    similarity: "余弦",
    close: "关闭",
  },
};

export const captions: Translated<SceneCaptions> = {
  en: {
    choose: ({ output, step }) => `Step ${step}: the model writes ${output}. You can change that`,
  },
  zh: {
    choose: ({ output, step }) => `第 ${step} 步：模型写出${output}。你可以改动它`,
  },
};
