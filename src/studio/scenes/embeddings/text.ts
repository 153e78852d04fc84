import type { Side } from "../../../library/embeddings.ts";
import { formatCount } from "../../text/numbers.ts";
import type { Translated } from "../../text/translated.ts";
import type { SceneCaptions } from "../../words/captions.ts";
import { sceneReference } from "../../words/scenes.ts";
import type { SceneText } from "../scene.ts";
import type { MapKind } from "./explorer.svelte.ts";
import type { OwnEntries } from "./maps.ts";

export const text: Translated<SceneText> = {
  en: {
    title: "Words become vectors",
    before: [
      "A network calculates with numbers, so each word must first become a vector. The model has an embedding table with one row for each word, or piece of a word, in its vocabulary. To read a word is to look up its row. The rows start random; training moves them until words with similar use have similar rows.",
      "Press a word to look it up, or press play to read the words one by one.",
    ],
    after: [
      "This model has learned its table only from sentences and their translations, so the table holds only what translation needs. The pretrained vectors come from billions of words, and many of their directions have a meaning: the step from man to woman is about the same as the step from king to queen.",
      "On the map of pretrained words, neighbours are similar, but large distances and directions mean little. The plane beside a sum is a linear projection of a few vectors, so sums of vectors remain sums.",
    ],
  },
  zh: {
    title: "词变成向量",
    before: [
      "神经网络用数字计算，所以每个词要先变成向量。模型有一张词向量表，词表中的每个词（或子词）占一行；读一个词，就是查出它的那一行。起初每一行都是随机的；训练不断调整它们，直到用法相近的词有了相近的向量。",
      "点一个词来查表，或者按播放键逐个读入。",
    ],
    after: [
      "这个模型的词向量表只从句子和译文中学来，只包含翻译所需的信息。预训练向量来自几十亿词的语料，其中许多方向都有含义：从 man 到 woman 的位移，与从 king 到 queen 的位移大致相同。",
      "在预训练词的地图上，邻近的词相似，但远处的距离和方向没有多少含义。算式旁边的平面则是少数几个向量的线性投影，向量之和在其中仍然是和。",
    ],
  },
};

/** The same for a model that reads pictures. */
export const ofPictures: Translated<SceneText> = {
  en: {
    title: "Words become vectors",
    before: [
      "A network calculates with numbers, so each written word becomes a vector when the decoder reads it back. The model has an embedding table with one row for each word, or piece of a word, in its vocabulary. The rows start random; training moves them until words with similar use have similar rows.",
    ],
    after: [
      "This model has learned its table only from captions, so the table holds only what captions need. The pretrained vectors come from billions of words, and many of their directions have a meaning: the step from man to woman is about the same as the step from king to queen.",
      "On the map of pretrained words, neighbours are similar, but large distances and directions mean little. The plane beside a sum is a linear projection of a few vectors, so sums of vectors remain sums.",
    ],
  },
  zh: {
    title: "词变成向量",
    before: [
      "神经网络用数字计算，所以写出的每个词被解码器读回时都要变成向量。模型有一张词向量表，词表中的每个词（或子词）占一行。起初每一行都是随机的；训练不断调整它们，直到用法相近的词有了相近的向量。",
    ],
    after: [
      "这个模型的词向量表只从图片描述中学来，只包含描述图片所需的信息。预训练向量来自几十亿词的语料，其中许多方向都有含义：从 man 到 woman 的位移，与从 king 到 queen 的位移大致相同。",
      "在预训练词的地图上，邻近的词相似，但远处的距离和方向没有多少含义。算式旁边的平面则是少数几个向量的线性投影，向量之和在其中仍然是和。",
    ],
  },
};

interface PictureText {
  readonly words: string;
  readonly id: (id: number) => string;
  readonly table: (rows: string, size: string) => string;
  readonly row: (id: number, token: string) => string;
  readonly vectors: string;
  readonly vectorOf: (token: string) => string;
  readonly lookup: (token: string, id: number, rows: string, size: string) => string;
  readonly embedding: string;
  readonly ofPlaces: string;
  readonly near: string;
  readonly nearLead: string;
  readonly side: string;
  readonly sides: Readonly<Record<Side, string>>;
  readonly wordToAsk: string;
  readonly nearLabel: (word: string, list: string) => string;
  readonly similarity: string;
  readonly unknown: (word: string) => string;
  readonly unknownPretrained: (word: string, count: string) => string;
  readonly cut: (word: string, pieces: string) => string;
  readonly begins: (mark: string) => string;
  readonly sums: string;
  readonly sumsLead: string;
  readonly pretrained: (count: string) => string;
  readonly own: string;
  readonly terms: readonly [string, string, string];
  readonly tryThese: string;
  readonly sum: string;
  readonly answers: string;
  readonly plane: string;
  readonly sumLabel: (sum: string, word: string, similarity: string) => string;
  readonly planeLabel: (sum: string, word: string) => string;
  readonly cancels: string;
  readonly loading: string;
  readonly missing: string;
  readonly working: string;
  readonly map: string;
  readonly mapLead: string;
  readonly mapOf: string;
  readonly maps: Readonly<Record<MapKind, string>>;
  readonly mapNotes: Readonly<Record<OwnEntries | "pretrained", (count: number) => string>>;
  readonly search: string;
  readonly mapLabel: (count: string) => string;
  readonly nearestOf: (word: string) => string;
  readonly marks: string;
}

/** The words inside the pictures, and of their controls. */
export const pictureText: Translated<PictureText> = {
  en: {
    words: "the sentence",
    id: (id) => `no. ${id}`,
    table: (rows, size) => `embedding table: ${rows} rows of ${size} numbers`,
    row: (id, token) => `Row ${id}, “${token}”`,
    vectors: "input of the encoder",
    vectorOf: (token) => `Embedding of “${token}”`,
    lookup: (token, id, rows, size) =>
      `“${token}” is number ${id} of ${rows} in the vocabulary; row ${id} of the table has its ${size} numbers`,
    embedding: "embeddings",
    ofPlaces: `This model reads a picture, not words: a layer turns its patches into vectors (${sceneReference("encoder-decoder", "en")}). The words that it writes have an embedding table, which you can search here.`,
    near: "Nearest words",
    nearLead:
      "The rows of the model's embedding table whose direction is closest to a word's. The number is the cosine of the angle between the two vectors: 1 for the same direction, 0 for a right angle.",
    side: "Words of the",
    sides: { source: "source", target: "target" },
    wordToAsk: "Word",
    nearLabel: (word, list) => `Nearest to “${word}” in the model's table: ${list}`,
    similarity: "cosine",
    unknown: (word) => `The model has no token for “${word}”.`,
    unknownPretrained: (word, count) =>
      `“${word}” is not among the ${count} pretrained words; try a more frequent English word.`,
    cut: (word, pieces) => `“${word}” is split into ${pieces}; its vector is the sum of theirs.`,
    begins: (mark) =>
      `${mark} marks pieces that stand at the beginning of a text or after a space.`,
    sums: "Arithmetic with words",
    sumsLead:
      "Subtract the vector of one word from another, then add a third. Which word is nearest to the result?",
    pretrained: (count) => `Pretrained vectors of ${count} English words`,
    own: "This model's own vectors",
    terms: ["the first word", "minus", "plus"],
    tryThese: "Try",
    sum: "sum",
    answers: "nearest words",
    plane: "the same vectors in a plane",
    sumLabel: (sum, word, similarity) => `${sum} is nearest to “${word}”, cosine ${similarity}`,
    planeLabel: (sum, word) => `In a plane, ${sum} lies near “${word}”`,
    cancels: "These vectors cancel out to zero; choose other words.",
    loading: "Loading the pretrained vectors …",
    missing:
      "There are no pretrained vectors here: this page was exported without the folder “vectors”. You still see the model's own vectors.",
    working: "Calculating …",
    map: "A map of words",
    mapLead:
      "Word vectors laid out in a plane. Move and zoom the map, search for a word, or press a word to see its nearest neighbours, measured in all dimensions and not only in the plane.",
    mapOf: "Map of",
    maps: {
      pretrained: "pretrained words",
      source: "the model's source",
      target: "the model's target",
    },
    mapNotes: {
      pretrained: (count) =>
        `${formatCount(count)} frequent English words; t-SNE keeps neighbours close.`,
      all: (count) =>
        `The first ${formatCount(count)} entries of the model's own vocabulary, in the plane of their first two principal components.`,
      beginning: (count) =>
        `The first ${formatCount(count)} entries of the model's own vocabulary that begin a word, in the plane of their first two principal components.`,
      unspaced: (count) =>
        `${formatCount(count)} entries of the model's own vocabulary: the first single characters and the first longer pieces, in the plane of their first two principal components.`,
    },
    search: "Find a word",
    mapLabel: (count) => `Map of ${count} words`,
    nearestOf: (word) => `Nearest to “${word}”`,
    marks: "The words of the sum are marked: a circle for each, a square for the answer.",
  },
  zh: {
    words: "句子",
    id: (id) => `${id} 号`,
    table: (rows, size) => `词向量表：${rows} 行，每行 ${size} 个数`,
    row: (id, token) => `第 ${id} 行，“${token}”`,
    vectors: "编码器的输入",
    vectorOf: (token) => `“${token}”的词向量`,
    lookup: (token, id, rows, size) =>
      `“${token}”是词表 ${rows} 个词中的 ${id} 号；表的第 ${id} 行就是它的 ${size} 个数`,
    embedding: "词向量",
    ofPlaces: `这个模型读的是图片，不是词：图像块由一个层变成向量（${sceneReference("encoder-decoder", "zh")}）。它写出的词另有词向量表，可以在这里查询。`,
    near: "一个词的近邻",
    nearLead:
      "模型的词向量表中，方向与这个词最接近的行。数字是两个向量夹角的余弦：1 表示方向相同，0 表示互相垂直。",
    side: "词属于",
    sides: { source: "源语言", target: "目标语言" },
    wordToAsk: "词",
    nearLabel: (word, list) => `模型的表中离“${word}”最近的：${list}`,
    similarity: "余弦",
    unknown: (word) => `模型没有“${word}”这个词元。`,
    unknownPretrained: (word, count) =>
      `“${word}”不在 ${count} 个预训练词之中；请换一个更常见的英语词。`,
    cut: (word, pieces) => `“${word}”被切分为 ${pieces}：它的向量是这几个向量之和。`,
    begins: (mark) => `带 ${mark} 的词元位于句首或空格之后。`,
    sums: "词的算术",
    sumsLead: "用一个词的向量减去另一个，再加上第三个。结果离哪个词最近？",
    pretrained: (count) => `${count} 个英语词的预训练向量`,
    own: "这个模型自己的向量",
    terms: ["第一个词", "减", "加"],
    tryThese: "试试",
    sum: "和",
    answers: "最近的词",
    plane: "同样的向量，画在一个平面上",
    sumLabel: (sum, word, similarity) => `${sum} 离“${word}”最近，余弦 ${similarity}`,
    planeLabel: (sum, word) => `在平面上，${sum} 落在“${word}”附近`,
    cancels: "这几个向量正好抵消为零，请换别的词。",
    loading: "正在载入预训练向量……",
    missing:
      "这里没有预训练向量：导出这个网页时没有包含“vectors”文件夹。模型自己的词向量照常显示。",
    working: "正在计算……",
    map: "词的地图",
    mapLead:
      "词向量画在一个平面上。可以移动、缩放地图，可以查找一个词；点一个词，就能看到离它最近的词；距离按全部维度计算，而不只是平面上的距离。",
    mapOf: "地图内容",
    maps: { pretrained: "预训练的词", source: "模型的源语言", target: "模型的目标语言" },
    mapNotes: {
      pretrained: (count) => `${formatCount(count)} 个常见英语词；t-SNE 使近邻保持靠近。`,
      all: (count) => `模型词表中的前 ${formatCount(count)} 项，画在前两个主成分的平面上。`,
      beginning: (count) =>
        `模型词表中位于词首的前 ${formatCount(count)} 项，画在前两个主成分的平面上。`,
      unspaced: (count) =>
        `模型词表中的 ${formatCount(count)} 项，单字和多字词元各取排在最前的一部分，画在前两个主成分的平面上。`,
    },
    search: "查找一个词",
    mapLabel: (count) => `${count} 个词的地图`,
    nearestOf: (word) => `离“${word}”最近的词`,
    marks: "算式中的词已标出：圆圈是三个词，方块是答案。",
  },
};

export const captions: Translated<SceneCaptions> = {
  en: {
    encode: ({ input }) => `${input} is looked up: its row of the table is its vector`,
  },
  zh: {
    encode: ({ input }) => `查找${input}：表中它那一行就是它的向量`,
  },
};
