import type { Translated } from "../../../text/translated.ts";

interface MapOfPhrasesText {
  readonly title: string;
  readonly lead: string;
  readonly summary: (size: string) => string;
  readonly state: (size: string, layer: number | null) => string;
  readonly cells: string;
  readonly memory: string;
  readonly last: (size: string) => string;
  readonly share: (count: string, both: string, across: string, up: string) => string;
  readonly honest: string;
  readonly layer: string;
  readonly search: string;
  readonly groups: string;
  readonly own: string;
  readonly sentence: string;
  readonly belongs: (group: string) => string;
  readonly mapLabel: (count: string) => string;
  readonly nearest: (phrase: string) => string;
  readonly nearestLabel: (phrase: string, list: string) => string;
  readonly similarity: string;
  readonly says: (translation: string) => string;
  readonly saysNothing: string;
  readonly list: (count: string) => string;
  readonly ownLabel: string;
  readonly ownButton: string;
  readonly tooMany: (given: string, most: string) => string;
  readonly few: string;
  readonly progress: (done: string, count: string) => string;
  readonly placing: string;
  readonly failed: (message: string) => string;
}

/** The words of the map of phrases. */
export const phraseText: Translated<MapOfPhrasesText> = {
  en: {
    title: "A map of phrases",
    lead: "Every phrase becomes a vector of the same length, so phrases can be compared and laid out in a plane. Cho et al. (2014) drew such maps for their RNN Encoder–Decoder: phrases of similar meaning and form lie close together. This map shows the model of this page. Press a phrase to see its nearest neighbours, measured in all dimensions and not only in the plane.",
    summary: (size) =>
      `Each phrase is represented by its summary c, the context that enters every step of the decoder: ${size} numbers.`,
    state: (size, layer) =>
      `Each phrase is represented by the initial hidden state of ${layer === null ? "the decoder, the vector of the picture above" : `decoder layer ${layer}`}: ${size} numbers.`,
    cells: "The initial cell state is left out.",
    memory:
      "The encoder states for attention are left out too: their number depends on the length of the phrase.",
    last: (size) =>
      `This model hands over no state, so each phrase is represented by the encoder's output after its last token: ${size} numbers.`,
    share: (count, both, across, up) =>
      `All vectors are scaled to length 1. The plane of the first two principal components shows ${both} of the variance of ${count} phrases: ${across} horizontally and ${up} vertically.`,
    honest:
      "The map shows what a model of this size has learned. Shared words bring phrases close together, and so do equal length or a full stop; phrases with the same meaning but other words may lie far apart.",
    layer: "Layer",
    search: "Find a phrase",
    groups: "Groups of phrases to highlight",
    own: "your own",
    sentence: "the sentence of this page",
    belongs: (group) => `, ${group}`,
    mapLabel: (count) => `Map of ${count} phrases`,
    nearest: (phrase) => `Nearest to “${phrase}”`,
    nearestLabel: (phrase, list) => `Nearest to “${phrase}” by cosine: ${list}`,
    similarity: "cosine",
    says: (translation) => `→ ${translation}`,
    saysNothing: "→ (the model writes nothing)",
    list: (count) => `All ${count} phrases as a list`,
    ownLabel: "Your own phrases, one a line, in the language that the model reads",
    ownButton: "Put them on the map",
    tooMany: (given, most) =>
      `You gave ${given} phrases; the first ${most} are on the map. Leave some out to see the others.`,
    few: "There is no list of phrases in the language of this model. Write three or more phrases of your own to draw a map of them.",
    progress: (done, count) => `The model reads the phrases: ${done} of ${count} …`,
    placing: "Calculating the plane …",
    failed: (message) => `The phrases could not be encoded (${message}); reload the page.`,
  },
  zh: {
    title: "短语地图",
    lead: "每个短语都会变成一个维数相同的向量，所以短语可以互相比较，也可以画在一个平面上。Cho 等人（2014）为他们的 RNN 编码器–解码器画过这样的地图：意思和形式相近的短语聚在一起。这里是本页模型的地图。点一个短语，就能看到离它最近的短语；距离按全部维度计算，而不只是平面上的距离。",
    summary: (size) => `短语用它的摘要 c 表示，也就是进入解码器每一步的上下文：${size} 个数。`,
    state: (size, layer) =>
      layer === null
        ? `短语用解码器开始时的隐藏状态表示，也就是上图中的那个向量：${size} 个数。`
        : `短语用解码器第 ${layer} 层开始时的隐藏状态表示：${size} 个数。`,
    cells: "同时传递的单元状态没有算在内。",
    memory: "供注意力使用的编码器状态也没有算在内：它们的个数随短语的长度而变。",
    last: (size) =>
      `这个模型不传递状态，所以短语用编码器读完最后一个词元时的输出表示：${size} 个数。`,
    share: (count, both, across, up) =>
      `所有向量先归一化为长度 1。前两个主成分的平面显示了 ${count} 个短语方差的 ${both}：左右方向 ${across}，上下方向 ${up}。`,
    honest:
      "地图只反映这个规模的模型学到的东西。共同的词会把短语拉近，同样的长度或者一个句号也会；换一种说法表达同样意思的短语，可能离得很远。",
    layer: "层",
    search: "查找一个短语",
    groups: "短语的分组，可突出显示",
    own: "你自己的短语",
    sentence: "本页的句子",
    belongs: (group) => `，${group}`,
    mapLabel: (count) => `${count} 个短语的地图`,
    nearest: (phrase) => `离“${phrase}”最近的短语`,
    nearestLabel: (phrase, list) => `按余弦离“${phrase}”最近的短语：${list}`,
    similarity: "余弦",
    says: (translation) => `→ ${translation}`,
    saysNothing: "→（模型什么也没写）",
    list: (count) => `列出全部 ${count} 个短语`,
    ownLabel: "你自己的短语，每行一个，用模型所读的语言",
    ownButton: "放到地图上",
    tooMany: (given, most) =>
      `你给了 ${given} 个短语，地图上是前 ${most} 个。去掉一些，就能看到其余的。`,
    few: "没有这个模型所读语言的短语表。请写三个或更多自己的短语，地图就由它们构成。",
    progress: (done, count) => `模型正在读短语：${done} / ${count}……`,
    placing: "正在计算平面……",
    failed: (message) => `短语无法编码（${message}），请重新载入网页。`,
  },
};
