import type { Translated } from "../../text/translated.ts";
import type { SceneText } from "../scene.ts";

export const text: Translated<SceneText> = {
  en: {
    title: "The alignment matrix",
    before: [
      "Put the weights of all steps into one table, and it shows which words of the two languages belong together. As in the papers, each row is a word that the model wrote and each column a word of the source; a row adds up to 1. Nobody told the model which words are translations of which: it found out while learning to translate.",
      "Where both languages have the same order, the strong cells run down the diagonal. Where the order differs, they run backwards for a while: French `zone économique européenne` becomes `European Economic Area`. Dashed frames mark such places.",
    ],
    after: [
      "Point at a cell, or walk over the matrix with the arrow keys, to read a weight exactly. “Most weight” puts a dot on the one source word of each row that has most of it: the hard alignment. Grey is the scale of Bahdanau’s figures, where black is 0 and white is 1.",
      "The weights tell where the decoder read, and not why it chose a word. A row may look at a neighbour, at a full stop, or one word too far, and the translation may be right all the same.",
    ],
  },
  zh: {
    title: "对齐矩阵",
    before: [
      "把每一步的权重放进一张表，就能看出两种语言的哪些词彼此对应。和论文中一样，每一行是模型写出的一个词，每一列是源句的一个词；一行的总和为 1。没有人告诉过模型哪个词译成哪个词：这是它在学习翻译时自己发现的。",
      "两种语言语序相同的地方，权重大的格子沿对角线往下走；语序不同的地方，它们会倒着走一段：法语的 `zone économique européenne` 变成 `European Economic Area`。虚线框标出的就是这样的地方。",
    ],
    after: [
      "指向一个格子，或者用方向键在矩阵上移动，就能读出精确的权重。“最大权重”会在每一行权重最大的那个源词上画一个圆点：这就是硬对齐。灰度用的是 Bahdanau 论文插图的标度：黑为 0，白为 1。",
      "权重说明解码器读了哪里，并不说明它为什么选这个词。某一行可能看着相邻的词、句号，或者偏了一个词，而译文照样是对的。",
    ],
  },
};

/** The same for a model that reads pictures. */
export const ofPictures: Translated<SceneText> = {
  en: {
    title: "The alignment matrix",
    before: [
      "Put the weights of all steps into one table. Each row is a word that the model wrote, and each column a patch of the picture, named by row and column in the order of reading; a row adds up to 1. Nobody told the model which patch shows what a word says: it found out while learning to write captions.",
    ],
    after: [
      "Point at a cell, or walk over the matrix with the arrow keys, to read a weight exactly. “Most weight” puts a dot on the one patch of each row that has most of it. Grey is the scale of Bahdanau’s figures, where black is 0 and white is 1.",
      "The weights tell where the decoder looked, and not why it chose a word.",
    ],
  },
  zh: {
    title: "对齐矩阵",
    before: [
      "把每一步的权重放进一张表。每一行是模型写出的一个词，每一列是图片的一个小块，按阅读顺序排列，用“行,列”来称呼；一行的总和为 1。没有人告诉过模型哪个小块画着哪个词：这是它在学习写说明时自己发现的。",
    ],
    after: [
      "指向一个格子，或者用方向键在矩阵上移动，就能读出精确的权重。“最大权重”会在每一行权重最大的那个小块上画一个圆点。灰度用的是 Bahdanau 论文插图的标度：黑为 0，白为 1。",
      "权重说明解码器看了哪里，并不说明它为什么选这个词。",
    ],
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
  readonly joined: (rows: number, columns: number) => string;
  readonly wordsNote: string;
  readonly spaceNote: string;
  readonly comma: string;
  readonly order: (pairs: string) => string;
  readonly noReordering: string;
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
    hard: "Most weight",
    table: "Show as table",
    tableCaption:
      "Attention weights: a row for each word written, a column for each word of the source",
    corner: "written ↓, source →",
    axes: { source: "source", target: "written" },
    weight: "Weight",
    matrix: (rows, columns) => `Alignment matrix of ${rows} rows and ${columns} columns`,
    label: (target, source, share) =>
      `Alignment matrix. The clearest row: “${target}” gets ${share} of its weight from “${source}”.`,
    cell: (target, source) => `“${target}” from “${source}”`,
    rest: "Point at a cell to read its weight.",
    joined: (rows, columns) =>
      [
        columns > 1 && `added up over ${columns} source tokens`,
        rows > 1 && `averaged over ${rows} written tokens`,
      ]
        .filter(Boolean)
        .join(", "),
    wordsNote:
      "Whole words: the weights of a source word’s tokens are added up, those of a written word’s tokens are averaged, so that a row still adds up to 1.",
    spaceNote: " A space counts with the word before it.",
    comma: ", ",
    order: (pairs) => `The order changes at ${pairs}.`,
    noReordering: "Nowhere do neighbouring words stand clearly in the other order.",
    pair: (target, source) => `“${target}” ← “${source}”`,
    windows: {
      "local-m":
        "Dashed frames are the windows of local attention: they go on by one word with each row, and words outside get no weight.",
      "local-p":
        "Dashed frames are the windows of local attention, and the marks at their edges the positions p that the decoder predicts. Words outside get no weight, and a row adds up to less than 1, because a bell curve around p is multiplied in.",
    },
    footnote:
      "Luong et al. (2015, footnote 14) read such weights one word earlier: at the step that receives y(t−1) and writes y(t), they count the weights of a content-based score, as this model has, as the alignment of the word received, y(t−1), whereas each row here carries the word written, y(t).",
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
      `对齐矩阵。最清楚的一行：“${target}”有 ${share} 的权重来自“${source}”。`,
    cell: (target, source) => `“${target}”来自“${source}”`,
    rest: "指向一个格子，读出它的权重。",
    joined: (rows, columns) =>
      [columns > 1 && `在 ${columns} 个源词元上求和`, rows > 1 && `在 ${rows} 个写出的词元上取平均`]
        .filter(Boolean)
        .join("，"),
    wordsNote:
      "整词：源语言一个词的各个词元的权重相加，写出的一个词的各个词元取平均，因此一行的总和仍然是 1。",
    spaceNote: "空格算在它前面的词里。",
    comma: "、",
    order: (pairs) => `语序在这里发生变化：${pairs}。`,
    noReordering: "没有哪里的相邻词语明显地颠倒了顺序。",
    pair: (target, source) => `“${target}”←“${source}”`,
    windows: {
      "local-m": "虚线框是局部注意力的窗口：每一行向后移动一个词，窗口之外的词没有权重。",
      "local-p":
        "虚线框是局部注意力的窗口，边上的短线是解码器预测的位置 p。窗口之外的词没有权重；因为乘上了以 p 为中心的钟形曲线，一行的总和小于 1。",
    },
    footnote:
      "Luong 等人（2015，脚注 14）把这样的权重往前读一个词：在收到 y(t−1)、写出 y(t) 的那一步，对于像本模型这样基于内容的打分函数，他们把权重算作所收到的词 y(t−1) 的对齐，而这里的每一行标的是写出的词 y(t)。",
  },
};
