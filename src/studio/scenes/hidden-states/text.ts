import type { Trace } from "../../../trace/trace.ts";
import type { Translated } from "../../text/translated.ts";
import type { SceneText } from "../scene.ts";

export const text: Translated<SceneText> = {
  en: {
    title: "Hidden states over time",
    before: [
      "Step by step the encoder takes in the next word and renews its hidden state. State #1 knows only the first word that was read, #2 knows two, and the last one has seen them all. That is why the last one is what is passed on.",
      "A bidirectional encoder reads the sentence twice, from the left and from the right, each time with a state of its own. Its two last states stand at opposite ends of the sentence.",
    ],
    after: [
      "Play it, and watch how a state keeps some of its numbers and changes others. What is handed over at the bottom of the picture is the only thing that a decoder without attention will ever know of the sentence.",
    ],
  },
  zh: {
    title: "随时间变化的隐藏状态",
    before: [
      "编码器每一步读入一个词，并更新自己的隐藏状态。状态 #1 只知道最先读到的那个词，#2 知道两个，最后一个则看过了所有的词。所以传给解码器的，正是最后一个。",
      "双向编码器把句子读两遍，一遍从左到右，一遍从右到左，各有自己的状态。它的两个“最后的状态”分别位于句子的两端。",
    ],
    after: [
      "播放一遍，看看状态怎样保留一些数、改变另一些数。对没有注意力的解码器来说，图的下方交出去的东西，就是它对这个句子的全部了解。",
    ],
  },
};

/** The same for a model that reads pictures. */
export const ofPictures: Translated<SceneText> = {
  en: {
    title: "Hidden states over time",
    before: [
      "Step by step the encoder takes in the next patch and renews its hidden state. State #1 knows only the first patch that was read, #2 knows two, and the last one has seen the whole picture. That is why the last one is what is passed on.",
      "A bidirectional encoder reads the patches twice, from the upper left corner and from the lower right one, each time with a state of its own. Its two last states stand at opposite corners of the picture.",
    ],
    after: [
      "Play it, and watch how a state keeps some of its numbers and changes others. What is handed over at the bottom is what the decoder begins with.",
    ],
  },
  zh: {
    title: "随时间变化的隐藏状态",
    before: [
      "编码器每一步读入一个小块，并更新自己的隐藏状态。状态 #1 只知道最先读到的那个小块，#2 知道两个，最后一个则看过了整张图片。所以传给解码器的，正是最后一个。",
      "双向编码器把小块读两遍，一遍从左上角开始，一遍从右下角开始，各有自己的状态。它的两个“最后的状态”位于图片相对的两角。",
    ],
    after: [
      "播放一遍，看看状态怎样保留一些数、改变另一些数。图的下方交出去的东西，就是解码器的起点。",
    ],
  },
};

interface PictureText {
  readonly counter: (at: number, of: number) => string;
  readonly before: string;
  readonly after: (of: number) => string;
  readonly layer: (number: number) => string;
  readonly separator: string;
  /** Between sentences. */
  readonly space: string;
  readonly forward: string;
  readonly backward: string;
  readonly states: string;
  readonly state: (name: string, number: number, token: string) => string;
  readonly handedOver: string;
  readonly hidden: string;
  readonly cell: string;
  readonly summary: string;
  readonly everyStep: string;
  readonly forAll: string;
  readonly decoder: string;
  readonly first: (name: string) => string;
  readonly last: (name: string, token: string) => string;
  readonly label: (at: number, of: number) => string;
  readonly labelAfter: (of: number, last: string) => string;
  readonly bridge: Readonly<Record<Trace["model"]["bridge"], string>>;
  readonly withAttention: string;
  readonly withoutAttention: string;
  readonly fed: string;
  readonly fedContext: string;
  readonly scales: { readonly encoder: string; readonly cell: string; readonly decoder: string };
}

/** The words inside the picture. */
export const pictureText: Translated<PictureText> = {
  en: {
    counter: (at, of) => `Time step ${at} of ${of}`,
    before: "Before the first step",
    after: (of) => (of === 1 ? "The only time step is over" : `All ${of} time steps are over`),
    layer: (number) => `layer ${number}`,
    separator: ", ",
    space: " ",
    forward: "→ forward",
    backward: "← backward",
    states: "hidden states",
    state: (name, number, token) => `${name}, hidden state #${number}, after “${token}”`,
    handedOver: "Handed over",
    hidden: "hidden state",
    cell: "cell state",
    summary: "summary",
    everyStep: "every step",
    forAll: "of every layer",
    decoder: "decoder",
    first: (name) => `The decoder's first ${name}`,
    last: (name, token) => `Last ${name} of the encoder, after “${token}”`,
    label: (at, of) =>
      at === 0
        ? `Before the first of ${of} time steps there is no hidden state yet`
        : `Time step ${at} of ${of}: the encoder has made hidden state #${at}`,
    labelAfter: (of, last) =>
      of === 1
        ? `The only hidden state, after “${last}”, is handed over to the decoder`
        : `All ${of} hidden states are there; the last, after “${last}”, is handed over to the decoder`,
    bridge: {
      copy: "This model hands its last states over as they are: the decoder begins where the encoder ended.",
      linear:
        "This model puts its last states through a small learned layer, `tanh(h·W + b)`, to make the decoder's first ones.",
      firstBackward:
        "This model makes the decoder's first state from the backward state at the first word, by `tanh(←h·Wₛ)`.",
      backward:
        "This model hands its last states over layer by layer as they are; of a layer that reads in both directions, those of the backward half, which ends at the first word.",
      interleave:
        "This model hands its last states over as they are, those of the two directions by turns: the forward half's to one layer of the decoder, the backward half's to the next.",
      summary:
        "This model makes one summary `c` of the encoder's last state, and the decoder's first state of that, by `tanh(c·V′)`. The summary enters every later step of the decoder as well.",
      zero: "This model hands no states over: its decoder begins with zeros and knows the sentence through attention alone.",
    },
    withAttention: "All the states above are kept as well, for attention to look back at.",
    withoutAttention: "This is the context: all that the decoder will know of the sentence.",
    fed: "The attentional vector that is fed into the first step is zero, as there has been none.",
    fedContext: "The context that is fed into the first step is zero, as there has been none.",
    scales: {
      encoder: "encoder hidden states",
      cell: "encoder cell states",
      decoder: "decoder states",
    },
  },
  zh: {
    counter: (at, of) => `第 ${at} 个时间步，共 ${of} 个`,
    before: "第一步之前",
    after: (of) => (of === 1 ? "唯一的时间步已结束" : `${of} 个时间步都已结束`),
    layer: (number) => `第 ${number} 层`,
    separator: "，",
    space: "",
    forward: "→ 正向",
    backward: "← 反向",
    states: "隐藏状态",
    state: (name, number, token) => `${name}，隐藏状态 #${number}（读完“${token}”之后）`,
    handedOver: "交给解码器",
    hidden: "隐藏状态",
    cell: "单元状态",
    summary: "摘要",
    everyStep: "每一步",
    forAll: "每一层",
    decoder: "解码器",
    first: (name) => `解码器的初始${name}`,
    last: (name, token) => `编码器最后的${name}（读完“${token}”之后）`,
    label: (at, of) =>
      at === 0
        ? `第一步之前（共 ${of} 步）还没有隐藏状态`
        : `第 ${at} 个时间步（共 ${of} 个）：编码器产生了隐藏状态 #${at}`,
    labelAfter: (of, last) => `${of} 个隐藏状态都有了；最后一个（读完“${last}”之后）交给解码器`,
    bridge: {
      copy: "这个模型把最后的状态原样交出：编码器停在哪里，解码器就从哪里开始。",
      linear: "这个模型让最后的状态经过一个学到的小层 `tanh(h·W + b)`，得到解码器的初始状态。",
      firstBackward:
        "这个模型用反向读到第一个词时的状态，经过 `tanh(←h·Wₛ)` 得到解码器的初始状态。",
      backward:
        "这个模型把每一层最后的状态原样交出；双向的那一层交出的是反向部分的状态，它结束于第一个词。",
      interleave:
        "这个模型把最后的状态原样交出，两个方向轮流：正向部分的交给解码器的一层，反向部分的交给下一层。",
      summary:
        "这个模型先由编码器最后的状态得到一个摘要 `c`，再由它经过 `tanh(c·V′)` 得到解码器的初始状态。摘要还会进入解码器以后的每一步。",
      zero: "这个模型不交出状态：解码器从零开始，只通过注意力了解句子。",
    },
    withAttention: "上面的所有状态也都留着，供注意力回头查看。",
    withoutAttention: "这就是上下文：解码器对这个句子的全部了解。",
    fed: "送入第一步的注意力向量是零，因为在它之前还没有注意力向量。",
    fedContext: "送入第一步的上下文是零，因为在它之前还没有上下文。",
    scales: { encoder: "编码器隐藏状态", cell: "编码器单元状态", decoder: "解码器状态" },
  },
};

/** What of that is said otherwise of a model that reads pictures. */
export const pictureTextOfPatches: Translated<{
  readonly bridge: Partial<PictureText["bridge"]>;
  readonly withoutAttention: string;
}> = {
  en: {
    bridge: {
      firstBackward:
        "This model makes the decoder's first state from the backward state at the first patch, by `tanh(←h·Wₛ)`.",
      backward:
        "This model hands its last states over layer by layer as they are; of a layer that reads in both directions, those of the backward half, which ends at the first patch.",
      zero: "This model hands no states over: its decoder begins with zeros and knows the picture through attention alone.",
    },
    withoutAttention: "This is the context: all that the decoder will know of the picture.",
  },
  zh: {
    bridge: {
      firstBackward:
        "这个模型用反向读到第一个小块时的状态，经过 `tanh(←h·Wₛ)` 得到解码器的初始状态。",
      backward:
        "这个模型把每一层最后的状态原样交出；双向的那一层交出的是反向部分的状态，它结束于第一个小块。",
      zero: "这个模型不交出状态：解码器从零开始，只通过注意力了解图片。",
    },
    withoutAttention: "这就是上下文：解码器对这张图片的全部了解。",
  },
};
