import type { ItemKind } from "../../parts/modelBox/text.ts";
import type { Translated } from "../../text/translated.ts";
import type { SceneText } from "../scene.ts";

export const text: Translated<SceneText> = {
  en: {
    title: "A sequence goes in, another comes out",
    before: [
      "A sequence-to-sequence model takes a sequence of items and gives back another sequence of items. The items can be words, letters, patches of an image, and the two sequences need not be equally long.",
      "Look at it as a black box first: what goes in, item by item, and what comes out, item by item.",
    ],
    after: [
      "Press play in the bar at the bottom, or step through with the arrow keys. Drag the bar back, and everything goes back with it.",
    ],
  },
  zh: {
    title: "一个序列进去，另一个序列出来",
    before: [
      "序列到序列模型接收一个由许多项组成的序列，再给出另一个序列。这些项可以是词、字母，也可以是图像的小块；两个序列的长度不必相同。",
      "先把它看成一个黑箱：只看哪些项一个接一个地进去，哪些项一个接一个地出来。",
    ],
    after: ["按底部的播放键，或用方向键一步步地看。把播放条往回拖，一切也跟着退回去。"],
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
        "This model reads and writes pieces of words: a frequent word is one piece, a rare one is put together from several, which stand close to each other here.",
      letter: "This model reads and writes single letters, digits and signs.",
      patch:
        "This model reads patches of pictures, one after the other, and writes words. The patches are those that it was given, pixel by pixel.",
    },
    patchesAtOnce:
      "This model reads patches of pictures, all at once, and writes words. The patches are those that it was given, pixel by pixel.",
    other: (title) => `Here another model is at work, “${title}”, on its own example.`,
    loading: (title) => `Loading “${title}” …`,
    patches: {
      label:
        "A small picture is cut into twelve patches, which go into the model one by one; no caption is shown, as no model here reads pictures",
      above: (done, of) => `a picture goes in · ${done} of ${of} patches`,
      below: "a caption would come out, word by word",
      about:
        "Models of this kind are used to describe pictures: cut into patches, a picture is a sequence like any other. No model in this studio was trained to read pictures, so the places of the caption’s words stay empty: this is the idea, not a result.",
      status: (status) => `A drawing of a model that reads pictures: it ${status}`,
      waits: "waits",
      reads: (place, of) => `reads patch ${place} of ${of}`,
      hasRead: "has read the whole picture",
      writes: "would write the caption now",
    },
  },
  zh: {
    kinds: "序列的每一项是",
    kind: { words: "词", letters: "字母", patches: "图像小块" },
    label: (source, target) => `“${source}”逐项输入，“${target}”逐项输出`,
    about: {
      word: "这个模型读写的是完整的词。",
      piece:
        "这个模型读写的是词片：常见的词是一整片，少见的词由几片拼成，同一个词的各片在图中靠在一起。",
      letter: "这个模型读写的是单个字母、数字和符号。",
      patch:
        "这个模型一个接一个地读图片的小块，写出词。这里画的小块就是它得到的小块，每个像素都一样。",
    },
    patchesAtOnce:
      "这个模型同时读入图片的所有小块，写出词。这里画的小块就是它得到的小块，每个像素都一样。",
    other: (title) => `这里工作的是另一个模型“${title}”，用的是它自己的例子。`,
    loading: (title) => `正在载入“${title}”……`,
    patches: {
      label: "一幅小图被切成十二块，逐块送入模型；这里没有会看图的模型，所以不显示任何说明文字",
      above: (done, of) => `输入一幅图 · ${done} / ${of} 块`,
      below: "这里会逐词输出图片说明",
      about:
        "这类模型可以用来描述图片：切成小块之后，图片也只是一个序列。这里没有哪个模型学过看图，所以说明文字的位置一直空着：这里画的是想法，不是结果。",
      status: (status) => `画的是一个会看图的模型：${status}`,
      waits: "等待中",
      reads: (place, of) => `读入第 ${place} 块，共 ${of} 块`,
      hasRead: "已经读完整幅图",
      writes: "这时会写出图片说明",
    },
  },
};
