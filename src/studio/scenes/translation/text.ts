import type { Trace } from "../../../trace/trace.ts";
import type { Translated } from "../../text/translated.ts";
import type { SceneCaptions } from "../../words/captions.ts";
import type { SceneText } from "../scene.ts";

export const text: Translated<SceneText> = {
  en: {
    title: "Translation: this model, this sentence",
    before: [
      "In machine translation the items are words. The source sentence goes in word by word, and the translation comes out word by word.",
      "From here on, every picture shows a real computation. The box is the model named on it, running in this page; the sentence is the one in the field at the top.",
    ],
    after: [
      "The translation can differ from the sentence in length and in word order. The model itself decides where to stop: it outputs `</s>`, the end of the sentence, like any other word.",
    ],
  },
  zh: {
    title: "翻译：这个模型，这个句子",
    before: [
      "在机器翻译中，序列里的每一项就是一个词，源句逐词输入，译文逐词输出。",
      "从这里开始，图中展示的都是真实的计算：方框就是标着名字的那个模型，它正在这个网页里运行；句子就是页面上方输入框里的那一句。",
    ],
    after: [
      "译文的词数不必和原句相同，词序也不必一样。翻译到哪里结束由模型自己决定：它像输出一个词那样输出句末符号 `</s>`。",
    ],
  },
};

/** The same for a model that reads pictures. */
export const ofPictures: Translated<SceneText> = {
  en: {
    title: "A caption: this model, this picture",
    before: [
      "This model turns pictures into words: the patches of a picture go in, and a caption comes out word by word. For the decoder little changes. It attends to patches instead of words.",
      "From here on, every picture shows a real computation. The box is the model named on it, running in this page; the picture is the one chosen at the top, pixel by pixel as the model sees it.",
    ],
    after: [
      "The model itself decides where the caption ends: it outputs `</s>` like any other word.",
    ],
  },
  zh: {
    title: "图片描述：这个模型，这张图片",
    before: [
      "这个模型把图片变成文字：输入的是图像块，描述则逐词输出。对解码器来说变化不大：它关注的不再是词，而是图像块。",
      "从这里开始，图中展示的都是真实的计算：方框就是标着名字的那个模型，它正在这个网页里运行；图片就是页面上方选中的那一张，每个像素都和模型看到的一样。",
    ],
    after: ["描述写到哪里结束由模型自己决定：它像输出一个词那样输出句末符号 `</s>`。"],
  },
};

/** The words inside the picture. */
export const pictureText: Translated<{
  readonly numbers: (count: string) => string;
  readonly megabytes: (size: string) => string;
  readonly layers: (count: number) => string;
  readonly hidden: (size: number) => string;
  readonly attention: Readonly<Record<Trace["model"]["attention"], string>>;
  readonly scope: Readonly<Record<Trace["model"]["attentionScope"], string>>;
  readonly source: string;
  readonly target: string;
  readonly join: string;
  readonly label: (source: string, target: string, isOver: boolean) => string;
}> = {
  en: {
    numbers: (count) => `${count} parameters`,
    megabytes: (size) => `${size} MB`,
    layers: (count) => (count === 1 ? "1 layer" : `${count} layers`),
    hidden: (size) => `hidden states of ${size}`,
    attention: {
      none: "without attention",
      dot: "attention (dot)",
      general: "attention (general)",
      concat: "attention (concat)",
      additive: "attention (additive)",
      biasedAdditive: "attention (additive with bias)",
      location: "attention (location)",
      scaledGeneral: "attention (scaled general)",
      normedAdditive: "attention (normed additive)",
    },
    scope: {
      global: "",
      "local-m": ", in a window that advances with each step",
      "local-p": ", in a window that it predicts",
    },
    source: "goes in",
    target: "comes out",
    join: " · ",
    label: (source, target, isOver) =>
      target === ""
        ? `“${source}” goes into the model; nothing has come out yet`
        : `“${source}” goes into the model, “${target}” ${isOver ? "has come out" : "has come out so far"}`,
  },
  zh: {
    numbers: (count) => `${count} 个参数`,
    megabytes: (size) => `${size} MB`,
    layers: (count) => `${count} 层`,
    hidden: (size) => `隐藏状态 ${size} 维`,
    attention: {
      none: "没有注意力",
      dot: "注意力（dot）",
      general: "注意力（general）",
      concat: "注意力（concat）",
      additive: "注意力（additive）",
      biasedAdditive: "注意力（带偏置的 additive）",
      location: "注意力（location）",
      scaledGeneral: "注意力（scaled general）",
      normedAdditive: "注意力（normed additive）",
    },
    scope: { global: "", "local-m": "，窗口逐步移动", "local-p": "，窗口由模型预测" },
    source: "输入",
    target: "输出",
    join: " · ",
    label: (source, target, isOver) =>
      target === ""
        ? `“${source}”进入模型，还没有输出`
        : `“${source}”进入模型，${isOver ? "输出是" : "到目前为止输出了"}“${target}”`,
  },
};

export const captions: Translated<SceneCaptions> = {
  en: {
    embed: () => "The model reads all patches at once",
    encode: ({ input }) => `The model reads ${input}`,
    choose: ({ output, isEnd }) =>
      isEnd
        ? "The model writes the end sign: the output is complete"
        : `The model writes ${output}`,
  },
  zh: {
    embed: () => "模型同时读入所有图像块",
    encode: ({ input }) => `模型读入${input}`,
    choose: ({ output, isEnd }) => (isEnd ? "模型写出结束符号：输出完毕" : `模型写出${output}`),
  },
};
