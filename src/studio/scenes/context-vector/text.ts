import type { Trace } from "../../../trace/trace.ts";
import type { Translated } from "../../text/translated.ts";
import type { SceneText } from "../scene.ts";
import type { HandedOver } from "./shown.ts";

export const text: Translated<SceneText> = {
  en: {
    title: "The context is a vector of numbers",
    before: [
      "What travels from the encoder to the decoder is called the context. It looks mysterious on a card, but it is a vector: a list of numbers. Here is the one that this model makes of your sentence, first as a card, then as numbers, then as coloured cells, where brighter is higher. The three are the same thing.",
      "How long the vector is was decided before training: it is as long as the decoder's hidden state. A sentence of one word and a sentence of sixty are handed over in equally many numbers.",
    ],
    after: [
      "Type another sentence: the numbers change, their count does not. Usual lengths are 256, 512 and 1024; the last picture shows how much that is. The boxes of other models are empty because their numbers are not known here, only how many there are.",
      "A model with attention makes a new context at every step. Choose one above the picture to see it in the place of the first.",
    ],
  },
  zh: {
    title: "上下文是一个数字向量",
    before: [
      "从编码器送到解码器的东西叫做“上下文”。画成一张卡片显得很神秘，其实它就是一个向量：一串数字。这里是模型读完你的句子后得到的那一个：先是卡片，再是数字，最后是彩色的格子，越亮数值越大。三者是同一个东西。",
      "向量有多长，在训练之前就定好了：和解码器的隐藏状态一样长。只有一个词的句子和六十个词的句子，交过去的数字一样多。",
    ],
    after: [
      "换一个句子：数字会变，个数不变。常用的长度是 256、512 和 1024，最下面的图画出了它们各有多大。其他模型的格子是空的，因为这里只知道它们有多少个数，并不知道数值。",
      "有注意力的模型在每一步都会产生新的上下文。在图的上方选择一步，就能看到那一步的上下文。",
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
  readonly label: (
    name: string,
    count: string,
    first: string,
    index: number,
    value: string,
  ) => string;
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
      "What travels from the picture to the decoder is a vector: a list of numbers. Here is the one that the decoder begins with, first as a card, then as numbers, then as coloured cells, where brighter is higher. The three are the same thing.",
      "How long the vector is was decided before training. A picture of one thing and a picture of many are handed over in equally many numbers.",
    ],
    after: [
      "Choose another picture: the numbers change, their count does not. A model with attention makes a new context at every step; choose one above to see it.",
    ],
  },
  zh: {
    title: "上下文是一个数字向量",
    before: [
      "从图片送到解码器的东西是一个向量：一串数字。这里是解码器开始时得到的那一个：先是卡片，再是数字，最后是彩色的格子，越亮数值越大。三者是同一个东西。",
      "向量有多长，在训练之前就定好了。只画一样东西的图片和画许多东西的图片，交过去的数字一样多。",
    ],
    after: [
      "换一张图片：数字会变，个数不变。有注意力的模型在每一步都会产生新的上下文；在图的上方选择一步就能看到。",
    ],
  },
};

/** The words inside the picture. */
export const pictureText: Translated<PictureText> = {
  en: {
    which: "Context",
    handed: "handed over by the encoder",
    patches: {
      source: "Patches",
      mean: "their mean",
      handed: "to begin with",
      layer:
        "The vector is made of the mean of all patches' vectors: tanh(W x̄ + b). The decoder begins with it.",
      itself: "The vector is the mean of all patches' vectors. The decoder begins with it.",
      mixed: (patches) =>
        `The vector is the sum of the ${patches} patches' vectors, each multiplied by its attention weight; so it is as long as they are.`,
      bridge: {
        firstBackward:
          "The vector is made of the backward encoder's state at the first patch: tanh(W h).",
        zero: "This model hands no states over: its decoder begins with zeros, and knows the picture through attention alone.",
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
    label: (name, count, first, index, value) =>
      `${name}: ${count} numbers, ${first} …; the largest is number ${index}, ${value}`,
    bridge: {
      copy: "The vector is the encoder's last hidden state, as it is.",
      linear: "The vector is made of the encoder's last hidden state: tanh(W h + b).",
      firstBackward:
        "The vector is made of the backward encoder's state at the first word: tanh(W h).",
      backward:
        "The vector is the first layer's last hidden state as it is; if that layer reads in both directions, its backward half.",
      interleave:
        "The vector is the last hidden state of the first layer's forward half, as it is; the backward half's begins the decoder's second layer.",
      summary:
        "The decoder's first state is made of the encoder's summary c, which enters every step as well: tanh(V′ c).",
      zero: "This model hands no states over: its decoder begins with zeros, and knows the sentence through attention alone.",
    },
    summary: {
      last: "The vector is the encoder's last hidden state, as it is. It enters every step of the decoder, and the decoder's first state is made of it as well.",
      linear:
        "The vector is made of the encoder's last hidden state: tanh(V h). It enters every step of the decoder, and the decoder's first state is made of it as well: tanh(V′ c).",
    },
    mixed: (states) =>
      `The vector is the sum of ${states === 1 ? "the one encoder state" : `the ${states} encoder states`}, each multiplied by its attention weight; so it is as long as they are.`,
    handedOver: ({ vectors, hasCells, layers, memory, isOfPicture }, hidden, bytes) => {
      const kinds = hasCells ? "a hidden state and a cell state" : "a hidden state";
      const whole = `In all the decoder starts with ${kinds} for ${layers === 1 ? "its one layer" : `each of ${layers} layers`}: ${vectors} × ${hidden} numbers, ${bytes} bytes, for any ${isOfPicture ? "picture" : "sentence"}.`;
      return memory
        ? `${whole} Besides, attention keeps one ${isOfPicture ? "vector for each patch" : "state for each token"}: ${memory.states} × ${memory.size} numbers for this ${isOfPicture ? "picture" : "sentence"}.`
        : whole;
    },
    sizes: "How much is that? Every cell is a number of 4 bytes, all drawn to one scale.",
    sizesLabel: (own, sizes) =>
      `This model's context has ${own} numbers, beside outlines of ${sizes} numbers`,
    own: "this model",
    usual: "a usual length",
  },
  zh: {
    which: "上下文",
    handed: "编码器交出的",
    patches: {
      source: "小块",
      mean: "取平均",
      handed: "开始时",
      layer: "这个向量由全部小块向量的平均得到：tanh(W x̄ + b)。解码器从它开始。",
      itself: "这个向量就是全部小块向量的平均。解码器从它开始。",
      mixed: (patches) =>
        `这个向量是 ${patches} 个小块的向量各自乘以注意力权重之后的和，所以和它们一样长。`,
      bridge: {
        firstBackward: "这个向量由反向编码器在第一个小块处的状态算出：tanh(W h)。",
        zero: "这个模型不交出状态：解码器从零开始，只通过注意力了解图片。",
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
    label: (name, count, first, index, value) =>
      `${name}：共 ${count} 个数，${first}……；最大的是第 ${index} 个，${value}`,
    bridge: {
      copy: "这个向量就是编码器最后的隐藏状态，原样不变。",
      linear: "这个向量由编码器最后的隐藏状态算出：tanh(W h + b)。",
      firstBackward: "这个向量由反向编码器在第一个词处的状态算出：tanh(W h)。",
      backward:
        "这个向量就是第一层最后的隐藏状态，原样不变；如果那一层是双向的，就是它的反向部分。",
      interleave:
        "这个向量就是第一层正向部分最后的隐藏状态，原样不变；反向部分的则交给解码器的第二层。",
      summary: "解码器的初始状态由编码器的摘要 c 算出：tanh(V′ c)；c 还会进入每一步。",
      zero: "这个模型不交出状态：解码器从零开始，只通过注意力了解句子。",
    },
    summary: {
      last: "这个向量就是编码器最后的隐藏状态，原样不变。它进入解码器的每一步，解码器的初始状态也由它得出。",
      linear:
        "这个向量由编码器最后的隐藏状态算出：tanh(V h)。它进入解码器的每一步，解码器的初始状态也由它算出：tanh(V′ c)。",
    },
    mixed: (states) =>
      `这个向量是 ${states} 个编码器状态各乘以注意力权重之后的和，所以和它们一样长。`,
    handedOver: ({ vectors, hasCells, layers, memory, isOfPicture }, hidden, bytes) => {
      const kinds = hasCells ? "一个隐藏状态和一个单元状态" : "一个隐藏状态";
      const whole = `解码器开始时，${layers === 1 ? "唯一的一层" : `${layers} 层中的每一层`}得到${kinds}：共 ${vectors} × ${hidden} 个数，${bytes} 字节，对任何${isOfPicture ? "图片" : "句子"}都一样。`;
      return memory
        ? `${whole}此外，注意力还为每个${isOfPicture ? "小块保留一个向量：这张图片" : "词元保留一个状态：这个句子"}是 ${memory.states} × ${memory.size} 个数。`
        : whole;
    },
    sizes: "这有多大？每个格子是一个 4 字节的数，全部按同一比例画出。",
    sizesLabel: (own, sizes) => `这个模型的上下文有 ${own} 个数，旁边是 ${sizes} 个数的轮廓`,
    own: "这个模型",
    usual: "常用长度",
  },
};
