import type { Translated } from "../../text/translated.ts";
import { sceneReference } from "../../words/scenes.ts";
import type { SceneText } from "../scene.ts";

export const text: Translated<SceneText> = {
  en: {
    title: "What if …",
    before: [
      "A translation is a chain of choices, and each one shapes all that follow. Here you can interfere: say another word, turn the attention elsewhere, or swap a word of the source. The model takes it from there; everything below is computed anew in this page.",
    ],
    after: [
      "Try to give all the weight to one wrong source word: the model often writes that word’s translation, which shows that it says what it looks at. Give it to the full stop, and it may want to end. Choose a singular instead of a plural, or “she” instead of “he”, and see how far the change reaches.",
      "After a change the model takes its most probable word at each step. The original may have been found by a search along several ways, so that the two can differ even where you changed little.",
    ],
  },
  zh: {
    title: "如果……会怎样",
    before: [
      "翻译是一连串的选择，每一个都影响后面的全部。在这里你可以插手：换一个词，把注意力转向别处，或者换掉源句里的一个词。剩下的交给模型；下面的一切都在这个网页里重新算出。",
    ],
    after: [
      "试着把全部权重交给一个不该看的源词：模型往往就会写出那个词的译文，可见它看哪里就说什么。把权重交给句号，它可能就想结束了。把复数换成单数，或者把“he”换成“she”，看看这个改动能影响多远。",
      "改动之后，模型每一步都取最可能的词；而原来的译文可能是沿着好几条路搜索出来的。所以即使你只改了一点点，两者也可能不同。",
    ],
  },
};

/** The same for a model that reads pictures. */
export const ofPictures: Translated<SceneText> = {
  en: {
    title: "What if …",
    before: [
      `A caption is a chain of choices, and each one shapes all that follow. Here you can interfere and say another word; in ${sceneReference("where-it-looks", "en")} you can turn the attention to another patch. The model takes it from there; everything below is computed anew in this page.`,
    ],
    after: [
      "After a change the model takes its most probable word at each step. The original may have been found by a search along several ways, so that the two can differ even where you changed little.",
    ],
  },
  zh: {
    title: "如果……会怎样",
    before: [
      `图片说明是一连串的选择，每一个都影响后面的全部。在这里你可以插手，换一个词；在${sceneReference("where-it-looks", "zh")}里可以把注意力转向别的小块。剩下的交给模型；下面的一切都在这个网页里重新算出。`,
    ],
    after: [
      "改动之后，模型每一步都取最可能的词；而原来的说明可能是沿着好几条路搜索出来的。所以即使你只改了一点点，两者也可能不同。",
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
  readonly patchLookNote: string;
  readonly key: Readonly<Record<"changed" | "chosen" | "attended", string>>;
  readonly linesLabel: (changed: number, all: number) => string;
  readonly linesSame: (sentence: string) => string;
  readonly otherWord: (token: string) => string;
  readonly otherWordNote: string;
  readonly choose: (token: string, share: string) => string;
  readonly choicesLabel: (token: string, share: string) => string;
  readonly ghost: string;
  readonly otherLook: (token: string) => string;
  readonly otherLookNote: string;
  readonly ownLook: string;
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
    mode: "What to do",
    modes: { change: "Change this translation", compare: "Compare two" },
    undo: "Undo the last change",
    undoAll: "Undo all",
    running: "The model is at work …",
    source: "source",
    original: "original",
    yours: "after your change",
    translation: "translation",
    narrow: "Above the original, below what it is after your change",
    patchHint: "Click a word of the caption to change that step.",
    patchLookNote: `Press a patch of the picture in ${sceneReference("where-it-looks", "en")}, and this step looks at nothing else.`,
    hint: "Click a word of the translation to change that step; click a word of the source to swap it.",
    key: {
      changed: "not as before",
      chosen: "the word that you chose",
      attended: "the weights that you gave",
    },
    linesLabel: (changed, all) => `${changed} of ${all} tokens are not as before your change`,
    linesSame: (sentence) => `The translation is “${sentence}”, and nothing is changed yet`,
    otherWord: (token) => `Another word in place of “${token}”`,
    otherWordNote: "Click one: decoding goes on from there.",
    choose: (token, share) => `${token} ${share}: write it instead`,
    choicesLabel: (token, share) =>
      `The most probable word at this step is “${token}” with ${share}`,
    ghost: "A line marks the probability before your change.",
    otherLook: (token) => `Another look before “${token}”`,
    otherLookNote: "Drag a bar, or move it by arrow keys: the others share what is left.",
    ownLook: "The model’s own weights again",
    ownWeight: "A dashed line marks the model’s own weight.",
    noAttention:
      "This model has no attention, so that there are no weights to change. Another model at the top of the page has.",
    weightOf: (token) => `Weight of “${token}”`,
    barsLabel: (output, source, share) =>
      `Before “${output}”, “${source}” has ${share} of the weight`,
    swap: (word) => `Another source word in place of “${word}”`,
    swapField: (word) => `Instead of “${word}”`,
    swapDo: "Swap",
    near: "Nearest to it in the model’s own embeddings",
    nearSum: "Nearest to the sum of its pieces in the model’s own embeddings",
    noNear: "The model’s embeddings have no whole word near it; type one.",
    similarity: "cosine",
    close: "Close",
  },
  zh: {
    mode: "做什么",
    modes: { change: "改动这次翻译", compare: "比较两个" },
    undo: "撤销上一次改动",
    undoAll: "全部撤销",
    running: "模型正在计算……",
    source: "源句",
    original: "原来",
    yours: "改动之后",
    translation: "译文",
    narrow: "上面是原来的，下面是改动之后的",
    patchHint: "点击说明里的一个词，改动那一步。",
    patchLookNote: `${sceneReference("where-it-looks", "zh")}画着这张图片：在那里按一个小块，这一步就只看它。`,
    hint: "点击译文里的一个词，改动那一步；点击源句里的一个词，把它换掉。",
    key: { changed: "与原来不同", chosen: "你选的词", attended: "你给的权重" },
    linesLabel: (changed, all) => `${all} 个词元中有 ${changed} 个与改动之前不同`,
    linesSame: (sentence) => `译文是“${sentence}”，还没有任何改动`,
    otherWord: (token) => `换掉“${token}”`,
    otherWordNote: "点击一个词：从那里继续解码。",
    choose: (token, share) => `${token} ${share}：改写成它`,
    choicesLabel: (token, share) => `这一步最可能的词是“${token}”，概率为 ${share}`,
    ghost: "竖线标出改动之前的概率。",
    otherLook: (token) => `写“${token}”之前看向别处`,
    otherLookNote: "拖动一根柱子，或用方向键移动它：其余的分享剩下的权重。",
    ownLook: "恢复模型自己的权重",
    ownWeight: "虚线标出模型自己的权重。",
    noAttention: "这个模型没有注意力，也就没有权重可改。在页面上方可以换一个有注意力的模型。",
    weightOf: (token) => `“${token}”的权重`,
    barsLabel: (output, source, share) => `写“${output}”之前，“${source}”得到 ${share} 的权重`,
    swap: (word) => `换掉源词“${word}”`,
    swapField: (word) => `代替“${word}”`,
    swapDo: "替换",
    near: "在模型自己的词向量中离它最近的",
    nearSum: "在模型自己的词向量中离它各片段之和最近的",
    noNear: "模型的词向量里，它附近没有完整的词；请自己输入一个。",
    similarity: "余弦",
    close: "关闭",
  },
};
