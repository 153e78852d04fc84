import type { Side } from "../../../library/embeddings.ts";
import type { Translated } from "../../text/translated.ts";
import { sceneReference } from "../../words/scenes.ts";
import type { SceneText } from "../scene.ts";
import type { MapKind } from "./explorer.svelte.ts";

export const text: Translated<SceneText> = {
  en: {
    title: "Words become vectors",
    before: [
      "A network calculates with numbers, so each word has to become numbers first. The model has a table with a row for each word, or piece of a word, that it knows. Reading a word is looking up its row. At first the rows were random; training moved them until words that behave alike had rows that are alike.",
      "Press a word to look it up, or play: the words are read one by one.",
    ],
    after: [
      "This model's table has learned from sentences and their translations only, and it knows no more of words than translating them takes. The pretrained vectors have seen billions of words, and many of their directions mean something: from man to woman is about the way from king to queen.",
      "On the map of pretrained words, what is near is alike, while far distances and directions say little. The plane beside a sum is the opposite: it is a straight view of a few vectors, in which sums stay sums.",
    ],
  },
  zh: {
    title: "词变成向量",
    before: [
      "神经网络只会用数字计算，所以每个词要先变成数字。模型有一张表，它认识的每个词（或词的一部分）占一行。读一个词，就是查出它的那一行。起初每一行都是随机的；训练不断移动它们，直到用法相近的词有了相近的行。",
      "点一个词来查它的行，或者按播放：词会一个接一个地读进来。",
    ],
    after: [
      "这个模型的表只从句子和译文中学来，除了翻译所需的，它对词一无所知。预训练的向量见过几十亿个词，其中许多方向都有含义：从 man 到 woman，和从 king 到 queen 差不多是同一段路。",
      "在预训练词的地图上，靠近的词相似，但远距离和方向没有多少含义。算式旁边的平面正好相反：它是直接看少数几个向量，和在其中仍然是和。",
    ],
  },
};

/** The same for a model that reads pictures. */
export const ofPictures: Translated<SceneText> = {
  en: {
    title: "Words become vectors",
    before: [
      "A network calculates with numbers, so each word that it writes becomes numbers when it is read back. The model has a table with a row for each word, or piece of a word, that it knows. At first the rows were random; training moved them until words that behave alike had rows that are alike.",
    ],
    after: [
      "This model’s table has learned from captions only, and it knows no more of words than describing pictures takes. The pretrained vectors have seen billions of words, and many of their directions mean something: from man to woman is about the way from king to queen.",
      "On the map of pretrained words, what is near is alike, while far distances and directions say little. The plane beside a sum is the opposite: it is a straight view of a few vectors, in which sums stay sums.",
    ],
  },
  zh: {
    title: "词变成向量",
    before: [
      "神经网络只会用数字计算，所以它写出的每个词再被读入时都要变成数字。模型有一张表，它认识的每个词（或词的一部分）占一行。起初每一行都是随机的；训练不断移动它们，直到用法相近的词有了相近的行。",
    ],
    after: [
      "这个模型的表只从图片说明中学来，除了描述图片所需要的，它对词一无所知。预训练的向量则见过几十亿个词，其中许多方向有意义：从 man 到 woman，和从 king 到 queen 差不多。",
      "在预训练词的地图上，靠得近的就相似，而远处的距离和方向说明不了什么。算式旁边的平面正好相反：它是对几个向量的直接投影，其中的和仍然是和。",
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
  readonly mapNotes: Readonly<Record<"pretrained" | "own", (count: string) => string>>;
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
    vectors: "what the encoder reads",
    vectorOf: (token) => `Embedding of “${token}”`,
    lookup: (token, id, rows, size) =>
      `“${token}” is number ${id} of ${rows} in the vocabulary; row ${id} of the table has its ${size} numbers`,
    embedding: "embeddings",
    ofPlaces: `This model reads a picture, and looks no words up: its patches become vectors by a layer (${sceneReference("encoder-decoder", "en")}). The words that it writes have a table of their own, which is asked here.`,
    near: "What lies near a word",
    nearLead:
      "The rows of the model's table that point in the direction nearest to a word's. The number is the cosine of the angle: 1 is the same direction, 0 has nothing in common.",
    side: "Words of the",
    sides: { source: "source", target: "target" },
    wordToAsk: "Word",
    nearLabel: (word, list) => `Nearest to “${word}” in the model's table: ${list}`,
    similarity: "cosine",
    unknown: (word) => `The model has no token for “${word}”.`,
    unknownPretrained: (word, count) =>
      `“${word}” is not among the ${count} pretrained words; try a more frequent English word.`,
    cut: (word, pieces) => `“${word}” is cut into ${pieces}: its vector is their sum.`,
    sums: "Arithmetic with words",
    sumsLead:
      "Take a word, take away another, add a third: number by number. Which word is nearest to what comes out?",
    pretrained: (count) => `Pretrained vectors of ${count} English words`,
    own: "This model's own vectors",
    terms: ["the first word", "minus", "plus"],
    tryThese: "Try",
    sum: "sum",
    answers: "nearest words",
    plane: "the same vectors in a plane",
    sumLabel: (sum, word, similarity) => `${sum} is nearest to “${word}”, cosine ${similarity}`,
    planeLabel: (sum, word) => `In a plane, ${sum} lies near “${word}”`,
    cancels: "These words cancel out to nothing; take other ones.",
    loading: "Loading the pretrained vectors …",
    missing:
      "The pretrained vectors are not here: this page was made without the folder “vectors”. What the model knows itself is shown all the same.",
    working: "Calculating …",
    map: "A map of words",
    mapLead:
      "Vectors laid out on paper. Move and enlarge the map, look for a word, or press one to see what is nearest to it among all numbers, not only on paper.",
    mapOf: "Map of",
    maps: {
      pretrained: "pretrained words",
      source: "the model's source",
      target: "the model's target",
    },
    mapNotes: {
      pretrained: (count) => `${count} frequent English words; t-SNE keeps neighbours together.`,
      own: (count) =>
        `The first ${count} entries of the model's own vocabulary, in the plane of their two principal components.`,
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
    vectors: "编码器读到的内容",
    vectorOf: (token) => `“${token}”的词向量`,
    lookup: (token, id, rows, size) =>
      `“${token}”是词表 ${rows} 个词中的 ${id} 号；表的第 ${id} 行就是它的 ${size} 个数`,
    embedding: "词向量",
    ofPlaces: `这个模型读的是图片，不用查词：小块由一个层变成向量（${sceneReference("encoder-decoder", "zh")}）。它写出的词有自己的词向量表，这里查的就是它。`,
    near: "一个词的近邻",
    nearLead:
      "模型的表中，方向与这个词最接近的行。数字是夹角的余弦：1 表示方向相同，0 表示毫无共同之处。",
    side: "词属于",
    sides: { source: "源语言", target: "目标语言" },
    wordToAsk: "词",
    nearLabel: (word, list) => `模型的表中离“${word}”最近的：${list}`,
    similarity: "余弦",
    unknown: (word) => `模型没有“${word}”这个词元。`,
    unknownPretrained: (word, count) =>
      `“${word}”不在 ${count} 个预训练词之中；请换一个更常见的英语词。`,
    cut: (word, pieces) => `“${word}”被切成 ${pieces}：它的向量是这几个向量之和。`,
    sums: "词的算术",
    sumsLead: "取一个词，减去另一个，再加上第三个：一个数一个数地算。结果离哪个词最近？",
    pretrained: (count) => `${count} 个英语词的预训练向量`,
    own: "这个模型自己的向量",
    terms: ["第一个词", "减", "加"],
    tryThese: "试试",
    sum: "和",
    answers: "最近的词",
    plane: "同样的向量，画在一个平面上",
    sumLabel: (sum, word, similarity) => `${sum} 离“${word}”最近，余弦 ${similarity}`,
    planeLabel: (sum, word) => `在平面上，${sum} 落在“${word}”附近`,
    cancels: "这几个词正好抵消为零，请换别的词。",
    loading: "正在载入预训练向量……",
    missing: "这里没有预训练向量：制作这个网页时没有放入“vectors”文件夹。模型自己的部分照常显示。",
    working: "正在计算……",
    map: "词的地图",
    mapLead:
      "把向量摊在纸面上。可以移动、放大地图，可以查找一个词；点一个词，就能看到按全部数字（而不只是纸面上）离它最近的词。",
    mapOf: "地图内容",
    maps: { pretrained: "预训练的词", source: "模型的源语言", target: "模型的目标语言" },
    mapNotes: {
      pretrained: (count) => `${count} 个常见英语词；t-SNE 让近邻留在一起。`,
      own: (count) => `模型自己词表中的前 ${count} 项，画在前两个主成分的平面上。`,
    },
    search: "查找一个词",
    mapLabel: (count) => `${count} 个词的地图`,
    nearestOf: (word) => `离“${word}”最近的词`,
    marks: "算式中的词已标出：圆圈是三个词，方块是答案。",
  },
};
