import type { Trace } from "../../../trace/trace.ts";
import type { Translated } from "../../text/translated.ts";
import type { SceneCaptions } from "../../words/captions.ts";
import type { SceneText } from "../scene.ts";
import type { HandedOver } from "./shown.ts";

export const text: Translated<SceneText> = {
  en: {
    title: "The context is a vector of numbers",
    before: [
      "The encoder hands the context over to the decoder. The context is a vector: a list of numbers. Here you see the context of your sentence three times: as a card, as numbers, and as coloured cells, where brighter is higher.",
      "The length of the vector is fixed before training: it equals the size of the decoder's hidden state. A sentence of one word and a sentence of sixty words are handed over in the same number of numbers.",
    ],
    after: [
      "Type another sentence: the numbers change, but not how many there are. Usual lengths are 256, 512 and 1024; the last drawing compares them. The boxes of other models are empty, because only the size of their context is known here.",
      "A model with attention computes a new context at every step. Choose a step above the picture to see its context.",
    ],
  },
  zh: {
    title: "上下文是一个向量",
    before: [
      "编码器交给解码器的内容叫做“上下文”，它是一个向量，也就是一串数字。这里把你的句子的上下文画了三遍：一张卡片、一列数字、一排彩色格子（越亮数值越大）。",
      "向量的维数在训练之前就已确定，与解码器隐藏状态的维数相同。一个词的句子和六十个词的句子，交给解码器的数字一样多。",
    ],
    after: [
      "换一个句子：数值会变，个数不变。常用的维数是 256、512 和 1024，最下面的图比较了它们的大小。其他模型的格子是空的，因为这里只知道它们的维数。",
      "有注意力的模型在每一步都会算出新的上下文。在图的上方选择一步，就能看到那一步的上下文。",
    ],
  },
};

type Bridge = Trace["model"]["bridge"];

interface PictureText {
  readonly which: string;
  readonly handed: string;
  readonly stepContext: (token: string) => string;
  readonly context: string;
  readonly encoder: string;
  readonly attention: string;
  readonly decoder: string;
  readonly reads: (token: string) => string;
  readonly views: readonly [string, string, string];
  readonly count: (count: string) => string;
  readonly bytes: (bytes: string) => string;
  readonly more: (count: string) => string;
  readonly all: (count: string) => string;
  readonly number: (index: number) => string;
  readonly label: (vector: VectorWords) => string;
  readonly bridge: Readonly<Record<Bridge, string>>;
  readonly summary: Readonly<Record<"last" | "linear", string>>;
  readonly mixed: (states: number) => string;
  readonly handedOver: (handed: HandedOver, hidden: string, bytes: string) => string;
  /** What is said of a picture; all but the last of a model without an encoder, whose decoder sees the patches. */
  readonly patches: {
    readonly source: string;
    readonly mean: string;
    readonly handed: string;
    readonly layer: string;
    readonly itself: string;
    readonly mixed: (patches: number) => string;
    /** Of a model whose encoder reads the patches, what is said otherwise than of words. */
    readonly bridge: Partial<Readonly<Record<Bridge, string>>>;
  };
  readonly sizes: string;
  readonly sizesLabel: (own: string, sizes: string) => string;
  readonly own: string;
  readonly usual: string;
}

/** The same for a model that reads pictures. */
export const ofPictures: Translated<SceneText> = {
  en: {
    title: "The context is a vector of numbers",
    before: [
      "The decoder receives the picture as a vector: a list of numbers. Here you see the decoder's initial state three times: as a card, as numbers, and as coloured cells, where brighter is higher.",
      "The length of the vector is fixed before training. A simple picture and a crowded one are handed over in the same number of numbers.",
    ],
    after: [
      "Choose another picture: the numbers change, but not how many there are. A model with attention computes a new context at every step; choose a step above to see its context.",
    ],
  },
  zh: {
    title: "上下文是一个向量",
    before: [
      "解码器得到的图片是一个向量，也就是一串数字。这里把解码器的初始状态画了三遍：一张卡片、一列数字、一排彩色格子（越亮数值越大）。",
      "向量的维数在训练之前就已确定。简单的图片和复杂的图片，交给解码器的数字一样多。",
    ],
    after: [
      "换一张图片：数值会变，个数不变。有注意力的模型在每一步都会算出新的上下文；在图的上方选择一步就能看到。",
    ],
  },
};

/** The words inside the picture. */
/** A vector as its label describes it: how many numbers, the first ones, and the largest. */
interface VectorWords extends Readonly<Record<"name" | "count" | "first" | "value", string>> {
  /** The index of the largest number, `value`. */
  readonly index: number;
}

export const pictureText: Translated<PictureText> = {
  en: {
    which: "Context",
    handed: "handed over by the encoder",
    patches: {
      source: "Patches",
      mean: "their mean",
      handed: "initial state",
      layer:
        "The vector is the decoder's initial state, computed from the mean of the patch vectors: {layer}.",
      itself: "The vector is the decoder's initial state: the mean of the patch vectors.",
      mixed: (patches) =>
        `The vector is the sum of the ${patches} patch vectors, each multiplied by its attention weight, so it has the same length as they have.`,
      bridge: {
        firstBackward:
          "The vector is computed from the backward encoder's state at the first patch: tanh(W h).",
        zero: "This model hands over no state: its decoder starts from zeros and sees the picture only through attention.",
      },
    },
    stepContext: (token) => `Context of the step that writes “${token}”`,
    context: "context",
    encoder: "Encoder",
    attention: "Attention",
    decoder: "Decoder",
    reads: (token) => `reads “${token}”`,
    views: ["a card", "numbers", "coloured cells"],
    count: (count) => `${count} numbers`,
    bytes: (bytes) => `${bytes} bytes`,
    more: (count) => `and ${count} more`,
    all: (count) => `all ${count} numbers`,
    number: (index) => `Number ${index}`,
    label: ({ name, count, first, index, value }) =>
      `${name}: ${count} numbers, ${first} …; the largest is number ${index}, ${value}`,
    bridge: {
      copy: "The vector is the encoder's last hidden state, unchanged.",
      linear: "The vector is computed from the encoder's last hidden state: {layer}.",
      firstBackward:
        "The vector is computed from the backward encoder's state at the first word: tanh(W h).",
      backward:
        "The vector is the first layer's last hidden state, unchanged; for a bidirectional layer, the last state of its backward half.",
      interleave:
        "The vector is the last hidden state of the first layer's forward half, unchanged; the last state of the backward half initializes the decoder's second layer.",
      summary:
        "The decoder's initial state is computed from the encoder's summary c: tanh(V′ c). The summary also enters every step.",
      zero: "This model hands over no state: its decoder starts from zeros and sees the sentence only through attention.",
    },
    summary: {
      last: "The vector is the encoder's last hidden state, unchanged. It enters every step of the decoder, and the decoder's initial state is computed from it.",
      linear:
        "The vector is computed from the encoder's last hidden state: tanh(V h). It enters every step of the decoder, and the decoder's initial state is computed from it: tanh(V′ c).",
    },
    mixed: (states) =>
      `The vector is the sum of ${states === 1 ? "the one encoder state" : `the ${states} encoder states`}, each multiplied by its attention weight, so it has the same length as they have.`,
    handedOver: ({ vectors, hasCells, layers, memory, isOfPicture }, hidden, bytes) => {
      const kinds = hasCells ? "a hidden state and a cell state" : "a hidden state";
      const whole = `In total, the decoder starts with ${kinds} for ${layers === 1 ? "its one layer" : `each of its ${layers} layers`}: ${vectors} × ${hidden} numbers, ${bytes} bytes, for any ${isOfPicture ? "picture" : "sentence"}.`;
      return memory
        ? `${whole} In addition, attention keeps one ${isOfPicture ? "vector for each patch" : "state for each token"}: ${memory.states} × ${memory.size} numbers for this ${isOfPicture ? "picture" : "sentence"}.`
        : whole;
    },
    sizes: "Sizes compared: every cell is a number of 4 bytes, and all boxes have the same scale.",
    sizesLabel: (own, sizes) =>
      `This model's context has ${own} numbers; outlines beside it stand for ${sizes} numbers`,
    own: "this model",
    usual: "a usual length",
  },
  zh: {
    which: "上下文",
    handed: "编码器交给解码器的",
    patches: {
      source: "图像块",
      mean: "取平均",
      handed: "初始状态",
      layer: "这个向量是解码器的初始状态，由全部图像块向量的平均算出：{layer}。",
      itself: "这个向量是解码器的初始状态，即全部图像块向量的平均。",
      mixed: (patches) =>
        `这个向量是 ${patches} 个图像块向量的加权和，权重就是注意力权重，所以维数与它们相同。`,
      bridge: {
        firstBackward: "这个向量由反向编码器在第一个图像块处的状态算出：tanh(W h)。",
        zero: "这个模型不传递状态：解码器的初始状态为零，只能通过注意力了解图片。",
      },
    },
    stepContext: (token) => `写“${token}”那一步的上下文`,
    context: "上下文",
    encoder: "编码器",
    attention: "注意力",
    decoder: "解码器",
    reads: (token) => `读入“${token}”`,
    views: ["卡片", "数字", "彩色格子"],
    count: (count) => `${count} 个数`,
    bytes: (bytes) => `${bytes} 字节`,
    more: (count) => `还有 ${count} 个`,
    all: (count) => `全部 ${count} 个数`,
    number: (index) => `第 ${index} 个数`,
    label: ({ name, count, first, index, value }) =>
      `${name}：共 ${count} 个数，${first}……；最大的是第 ${index} 个，${value}`,
    bridge: {
      copy: "这个向量就是编码器最后的隐藏状态，未经变换。",
      linear: "这个向量由编码器最后的隐藏状态算出：{layer}。",
      firstBackward: "这个向量由反向编码器在第一个词处的状态算出：tanh(W h)。",
      backward:
        "这个向量就是第一层最后的隐藏状态，未经变换；如果那一层是双向的，就取它的反向部分。",
      interleave:
        "这个向量就是第一层正向部分最后的隐藏状态，未经变换；反向部分最后的隐藏状态则交给解码器的第二层。",
      summary: "解码器的初始状态由编码器的摘要 c 算出：tanh(V′ c)；c 还会进入每一步。",
      zero: "这个模型不传递状态：解码器的初始状态为零，只能通过注意力了解句子。",
    },
    summary: {
      last: "这个向量就是编码器最后的隐藏状态，未经变换。它进入解码器的每一步，解码器的初始状态也由它得出。",
      linear:
        "这个向量由编码器最后的隐藏状态算出：tanh(V h)。它进入解码器的每一步，解码器的初始状态也由它算出：tanh(V′ c)。",
    },
    mixed: (states) =>
      `这个向量是 ${states} 个编码器状态的加权和，权重就是注意力权重，所以维数与它们相同。`,
    handedOver: ({ vectors, hasCells, layers, memory, isOfPicture }, hidden, bytes) => {
      const kinds = hasCells ? "一个隐藏状态和一个单元状态" : "一个隐藏状态";
      const whole = `解码器开始时，${layers === 1 ? "唯一的一层" : `${layers} 层中的每一层`}得到${kinds}：共 ${vectors} × ${hidden} 个数，${bytes} 字节，对任何${isOfPicture ? "图片" : "句子"}都一样。`;
      return memory
        ? `${whole}此外，注意力还为每个${isOfPicture ? "图像块保留一个向量：这张图片" : "词元保留一个状态：这个句子"}是 ${memory.states} × ${memory.size} 个数。`
        : whole;
    },
    sizes: "大小比较：每个格子是一个 4 字节的数，全部按同一比例画出。",
    sizesLabel: (own, sizes) => `这个模型的上下文有 ${own} 个数，旁边的轮廓代表 ${sizes} 个数`,
    own: "这个模型",
    usual: "常用维数",
  },
};

export const captions: Translated<SceneCaptions> = {
  en: {
    handover: () => "The encoder hands over one vector: the context",
    context: ({ output }) => `Attention makes a context of its own for ${output}`,
  },
  zh: {
    handover: () => "编码器传出一个向量：上下文",
    context: ({ output }) => `注意力为${output}算出它自己的上下文`,
  },
};
