import type { ItemKind } from "../../parts/modelBox/text.ts";
import type { Translated } from "../../text/translated.ts";
import type { SceneCaptions } from "../../words/captions.ts";
import type { SceneText } from "../scene.ts";

export const text: Translated<SceneText> = {
  en: {
    title: "A sequence goes in, another comes out",
    before: [
      "A sequence-to-sequence model reads one sequence of items and writes another. The items can be words, letters or patches of an image. The two sequences can differ in length.",
      "Start with the model as a black box. Items go in one by one, and items come out one by one.",
    ],
    handling: [
      "Press play in the bar at the bottom, or step through with the arrow keys. Drag the bar to move back and forth.",
    ],
    after: [],
  },
  zh: {
    title: "输入一个序列，输出另一个序列",
    before: [
      "序列到序列模型读入一个序列，再输出另一个序列。序列中的每一项可以是词、字符，也可以是图像块；两个序列的长度不必相同。",
      "先把它看成一个黑箱：各项逐个输入，再逐个输出。",
    ],
    handling: ["按底部的播放键，或用方向键一步步地看。拖动播放条可以前进或后退。"],
    after: [],
  },
};

/** The kinds of items that the picture can show. */
export type Shown = "words" | "letters" | "patches";

/** The words inside the picture and around it. */
export const pictureText: Translated<{
  readonly kinds: string;
  readonly kind: Readonly<Record<Shown, string>>;
  readonly label: (source: string, target: string) => string;
  readonly about: Readonly<Record<ItemKind, string>>;
  /** The same of pieces, where a language has no spaces between its words. */
  readonly unspaced: string;
  /** What a token without letters says. */
  readonly mark: (mark: string) => string;
  readonly patchesAtOnce: string;
  readonly other: (title: string) => string;
  readonly loading: (title: string) => string;
  readonly patches: {
    readonly label: string;
    readonly above: (done: number, of: number) => string;
    readonly below: string;
    readonly about: string;
    readonly status: (status: string) => string;
    readonly waits: string;
    readonly reads: (place: number, of: number) => string;
    readonly hasRead: string;
    readonly writes: string;
  };
}> = {
  en: {
    kinds: "Items of the sequences",
    kind: { words: "words", letters: "letters", patches: "image patches" },
    label: (source, target) => `“${source}” goes in, “${target}” comes out, item by item`,
    about: {
      word: "This model reads and writes whole words.",
      piece:
        "This model reads and writes pieces of words. A frequent word is one piece; a rare word is split into several, drawn close together here.",
      letter: "This model reads and writes single characters: letters, digits and punctuation.",
      token:
        "This model reads single characters and writes longer tokens, such as words, or the sounds of one word.",
      patch:
        "This model reads the patches of a picture one after the other and writes words. You see the patches exactly as the model does, pixel by pixel.",
    },
    unspaced:
      "This model reads and writes pieces of text. Chinese has no spaces between words, so a piece can be a single character, a word, or several words that often stand together; an English piece is a word or a part of one.",
    mark: (mark) => `${mark} is a token that only marks the beginning of a word or a text.`,
    patchesAtOnce:
      "This model reads all patches of a picture at once and writes words. You see the patches exactly as the model does, pixel by pixel.",
    other: (title) => `This is another model, “${title}”, with an example of its own.`,
    loading: (title) => `Loading “${title}” …`,
    patches: {
      label:
        "A small picture is cut into twelve patches, which go into the model one by one; there is no caption, because no model here reads pictures",
      above: (done, of) => `a picture goes in · ${done} of ${of} patches`,
      below: "a caption would come out, word by word",
      about:
        "Such models can also describe pictures: cut into patches, a picture is a sequence like any other. No model in this studio reads pictures, so the caption stays empty. This drawing shows the idea, not a result.",
      status: (status) => `A drawing of a model that reads pictures: it ${status}`,
      waits: "waits",
      reads: (place, of) => `reads patch ${place} of ${of}`,
      hasRead: "has read the whole picture",
      writes: "would write the caption now",
    },
  },
  zh: {
    kinds: "序列的每一项是",
    kind: { words: "词", letters: "字符", patches: "图像块" },
    label: (source, target) => `“${source}”逐项输入，“${target}”逐项输出`,
    about: {
      word: "这个模型读写的是完整的词。",
      piece:
        "这个模型的词元是子词：常见的词就是一个子词，少见的词由几个子词拼成；同一个词的各个子词在图中靠在一起。",
      letter: "这个模型读写的是单个字符：字母、数字和标点。",
      token: "这个模型读入单个字符，写出更长的词元，例如词，或者一个词的各个音。",
      patch:
        "这个模型一个接一个地读入图像块，写出词。图中的图像块就是模型实际的输入，每个像素都一样。",
    },
    unspaced:
      "这个模型的词元是一段文字。中文的词与词之间没有空格，所以一个词元可以是一个字、一个词，也可以是常常连用的几个词；英语的词元是一个词，或者词的一部分。",
    mark: (mark) => `${mark} 是只表示词首或句首的词元。`,
    patchesAtOnce:
      "这个模型一次读入全部图像块，写出词。图中的图像块就是模型实际的输入，每个像素都一样。",
    other: (title) => `这里运行的是另一个模型“${title}”，用的是它自带的例子。`,
    loading: (title) => `正在载入“${title}”……`,
    patches: {
      label: "一张小图片被切成十二块，逐块送入模型；这里没有能读图片的模型，所以没有输出描述",
      above: (done, of) => `输入一张图片 · ${done} / ${of} 块`,
      below: "这里会逐词输出图片描述",
      about:
        "这类模型也可以用来描述图片：切成图像块之后，图片同样是一个序列。这个 Studio 里没有能读图片的模型，所以描述的位置空着：这里画的只是原理，不是结果。",
      status: (status) => `示意图：一个读图片的模型，${status}`,
      waits: "等待中",
      reads: (place, of) => `读入第 ${place} 块，共 ${of} 块`,
      hasRead: "已经读完整张图片",
      writes: "此时会写出图片描述",
    },
  },
};

export const captions: Translated<SceneCaptions> = {
  en: {
    begin: () => "The sequence is ready; nothing has gone in yet",
    embed: () => "All patches go in at once",
    encode: ({ input }) => `${input} goes in`,
    choose: ({ output, isEnd }) =>
      isEnd ? "The end sign comes out: the output is complete" : `${output} comes out`,
  },
  zh: {
    begin: () => "序列已经就绪，还没有输入",
    embed: () => "所有图像块同时输入模型",
    encode: ({ input }) => `${input}输入模型`,
    choose: ({ output, isEnd }) => (isEnd ? "模型输出结束符号：输出完毕" : `模型输出${output}`),
  },
};
