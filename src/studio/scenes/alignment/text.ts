import { counted } from "../../../tensor/counted.ts";
import type { Translated } from "../../text/translated.ts";
import type { SceneCaptions } from "../../words/captions.ts";
import type { SceneText } from "../scene.ts";

export const text: Translated<SceneText> = {
  en: {
    title: "The alignment matrix",
    before: [
      "The weights of all steps form one table, which shows which words of the two languages correspond. As in the papers, each row is a word that the model wrote and each column is a word of the source; each row adds up to 1. Nobody labelled these correspondences: the model learned them while learning to translate.",
      "Where both languages have the same word order, the large weights lie on the diagonal. Where the order differs, they run backwards. Dashed frames mark such places.",
    ],
    handling: [
      "Point at a cell, or move over the matrix with the arrow keys, to read its exact weight. “Largest weight” puts a dot on the source word with the largest weight in each row: the hard alignment. Grey is the scale of Bahdanau’s figures, where black is 0 and white is 1.",
    ],
    after: [
      "The weights show where the decoder looked, but not why it chose a word. A row may point to a neighbour, to a full stop or one word too far, although the translation is right.",
    ],
  },
  zh: {
    title: "对齐矩阵",
    before: [
      "把所有步骤的权重放进一张表，就能看出两种语言的哪些词彼此对应。和论文中一样，每一行是模型写出的一个词，每一列是源句的一个词；每行之和为 1。没有人标注过词与词的对应：这是模型在学习翻译时自己学到的。",
      "两种语言语序相同的地方，较大的权重沿对角线排列；语序不同的地方，它们会反向排列。虚线框标出的就是这样的地方。",
    ],
    handling: [
      "指向一个格子，或者用方向键在矩阵上移动，就能读出精确的权重。“最大权重”会在每一行权重最大的源词上画一个圆点，即硬对齐。灰度采用 Bahdanau 论文插图的标度：黑为 0，白为 1。",
    ],
    after: [
      "权重说明解码器关注了哪里，并不说明它为什么选这个词。某一行的权重可能落在相邻的词或句号上，或者偏了一个词，而译文仍然是对的。",
    ],
  },
};

/** The same for a model that reads pictures. */
export const ofPictures: Translated<SceneText> = {
  en: {
    title: "The alignment matrix",
    before: [
      "The weights of all steps form one table. Each row is a word that the model wrote and each column is a patch of the picture, named by row and column in reading order; each row adds up to 1. Nobody labelled which patch belongs to which word: the model learned it while learning to write captions.",
    ],
    handling: [
      "Point at a cell, or move over the matrix with the arrow keys, to read its exact weight. “Largest weight” puts a dot on the patch with the largest weight in each row. Grey is the scale of Bahdanau’s figures, where black is 0 and white is 1.",
    ],
    after: ["The weights show where the decoder looked, but not why it chose a word."],
  },
  zh: {
    title: "对齐矩阵",
    before: [
      "把所有步骤的权重放进一张表。每一行是模型写出的一个词，每一列是一个图像块，按阅读顺序排列，用“行,列”标记；每行之和为 1。没有人标注过图像块与词的对应：这是模型在学习写描述时自己学到的。",
    ],
    handling: [
      "指向一个格子，或者用方向键在矩阵上移动，就能读出精确的权重。“最大权重”会在每一行权重最大的图像块上画一个圆点。灰度采用 Bahdanau 论文插图的标度：黑为 0，白为 1。",
    ],
    after: ["权重说明解码器关注了哪里，并不说明它为什么选这个词。"],
  },
};

export const captions: Translated<SceneCaptions> = {
  en: {
    choose: ({ output, attended, share }) =>
      `The row of ${output}: most weight on ${attended} (${share})`,
  },
  zh: {
    choose: ({ output, attended, share }) => `${output}这一行：权重最大的是${attended}（${share}）`,
  },
};

/** The words inside and around the picture. */
export interface AlignmentWords {
  readonly unit: string;
  readonly units: Readonly<Record<"pieces" | "words", string>>;
  readonly palette: string;
  readonly palettes: Readonly<Record<"colour" | "grey", string>>;
  readonly hard: string;
  readonly table: string;
  readonly tableCaption: string;
  readonly corner: string;
  readonly axes: { readonly source: string; readonly target: string };
  readonly weight: string;
  readonly matrix: (rows: number, columns: number) => string;
  readonly label: (target: string, source: string, share: string) => string;
  readonly cell: (target: string, source: string) => string;
  readonly rest: string;
  readonly pooled: (rows: number, columns: number) => string;
  readonly wordsNote: string;
  readonly spaceNote: string;
  readonly order: (pairs: string) => string;
  readonly noReordering: (ofLetters: boolean) => string;
  readonly find: string;
  readonly see: string;
  readonly looking: string;
  readonly notFound: string;
  readonly papers: string;
  readonly pair: (target: string, source: string) => string;
  readonly windows: Readonly<Record<"local-m" | "local-p", string>>;
  readonly footnote: string;
}

export const pictureText: Translated<AlignmentWords> = {
  en: {
    unit: "Rows and columns",
    units: { pieces: "Tokens", words: "Whole words" },
    palette: "Scale",
    palettes: { colour: "Colour", grey: "Grey" },
    hard: "Largest weight",
    table: "Show as table",
    tableCaption:
      "Attention weights: a row for each word written, a column for each word of the source",
    corner: "written ↓, source →",
    axes: { source: "source", target: "written" },
    weight: "Weight",
    matrix: (rows, columns) =>
      `Alignment matrix of ${counted(rows, "row")} and ${counted(columns, "column")}`,
    label: (target, source, share) =>
      `Alignment matrix. The clearest row: “${target}” gives ${share} of its weight to “${source}”.`,
    cell: (target, source) => `“${target}” from “${source}”`,
    rest: "Point at a cell to read its weight.",
    pooled: (rows, columns) =>
      [
        columns > 1 && `added up over ${columns} source tokens`,
        rows > 1 && `averaged over ${rows} written tokens`,
      ]
        .filter(Boolean)
        .join(", "),
    wordsNote:
      "Whole words: weights are summed over the tokens of a source word and averaged over the tokens of a written word, so each row still adds up to 1.",
    spaceNote: " A space belongs to the word before it.",
    order: (pairs) => `The order changes at ${pairs}.`,
    noReordering: (ofLetters) =>
      `No neighbouring ${ofLetters ? "characters" : "words"} clearly change their order.`,
    find: "Show an example where they do",
    see: "See it here",
    looking: "Translating the examples …",
    notFound: "They do so in none of the examples.",
    papers: "Which word a row belongs to in papers",
    pair: (target, source) => `“${target}” ← “${source}”`,
    windows: {
      "local-m":
        "Dashed frames show the windows of local attention, which advance by one word with each row. Words outside the window get no weight.",
      "local-p":
        "Dashed frames show the windows of local attention; marks at their edges show the positions p that the decoder predicts. Words outside the window get no weight. Each row adds up to less than 1, because the weights are multiplied by a Gaussian around p.",
    },
    footnote:
      "Luong et al. (2015, footnote 14) shift such weights by one word. At the step that receives y(t−1) and writes y(t), they take the weights of a content-based score, like the score of this model, as the alignment of the received word y(t−1). Here each row carries the written word y(t).",
  },
  zh: {
    unit: "行与列",
    units: { pieces: "词元", words: "整词" },
    palette: "标度",
    palettes: { colour: "彩色", grey: "灰度" },
    hard: "最大权重",
    table: "显示为表格",
    tableCaption: "注意力权重：每一行是写出的一个词，每一列是源句的一个词",
    corner: "写出的词 ↓，源句 →",
    axes: { source: "源句", target: "写出的词" },
    weight: "权重",
    matrix: (rows, columns) => `${rows} 行 ${columns} 列的对齐矩阵`,
    label: (target, source, share) =>
      `对齐矩阵。最清楚的一行：“${target}”有 ${share} 的权重在“${source}”上。`,
    cell: (target, source) => `“${target}”来自“${source}”`,
    rest: "指向一个格子，读出它的权重。",
    pooled: (rows, columns) =>
      [columns > 1 && `在 ${columns} 个源词元上求和`, rows > 1 && `在 ${rows} 个写出的词元上取平均`]
        .filter(Boolean)
        .join("，"),
    wordsNote:
      "整词：源词的权重是其各词元权重之和，写出的词的权重是其各词元的平均，因此每行之和仍为 1。",
    spaceNote: "空格归入它前面的词。",
    order: (pairs) => `语序在这里发生变化：${pairs}。`,
    noReordering: (ofLetters) =>
      ofLetters ? "没有相邻的字符明显颠倒了顺序。" : "没有相邻的词明显颠倒了语序。",
    find: "换一个语序有变化的句子",
    see: "看这个句子",
    looking: "正在翻译例句……",
    notFound: "所有例句都没有这样的变化。",
    papers: "论文里每一行属于哪个词",
    pair: (target, source) => `“${target}”←“${source}”`,
    windows: {
      "local-m": "虚线框表示局部注意力的窗口：每一行向后移动一个词，窗口之外的词没有权重。",
      "local-p":
        "虚线框表示局部注意力的窗口，边上的短线表示解码器预测的位置 p。窗口之外的词没有权重；因为乘上了以 p 为中心的高斯函数，每行之和小于 1。",
    },
    footnote:
      "Luong 等人（2015，脚注 14）把这样的权重错开一个词：在输入 y(t−1)、输出 y(t) 的那一步，对于像本模型这样基于内容的打分函数，他们把权重算作输入词 y(t−1) 的对齐，而这里的每一行标的是输出词 y(t)。",
  },
};
