import type { Trace } from "../../../trace/trace.ts";
import type { Translated } from "../../text/translated.ts";
import type { SceneCaptions } from "../../words/captions.ts";
import type { SceneText } from "../scene.ts";

export const text: Translated<SceneText> = {
  en: {
    title: "Hidden states over time",
    before: [
      "At each step the encoder reads the next word and updates its hidden state. State #1 has seen one word, state #2 has seen two, and the last state has seen all of them. This is why the last state is handed over.",
      "A bidirectional encoder reads the sentence twice, from left to right and from right to left, each time with separate states. Its two last states stand at opposite ends of the sentence.",
    ],
    after: [
      "Press play and watch how a state keeps some of its numbers and changes others. Without attention, the states handed over at the bottom are all that the decoder knows about the sentence.",
    ],
  },
  zh: {
    title: "随时间变化的隐藏状态",
    before: [
      "编码器每一步读入一个词，并更新自己的隐藏状态。状态 #1 只包含第一个词的信息，#2 包含两个，最后一个状态则包含了所有的词。所以传给解码器的是最后一个状态。",
      "双向编码器把句子读两遍，一遍从左到右，一遍从右到左，各有自己的状态。两个方向的最后状态分别位于句子的两端。",
    ],
    after: [
      "播放一遍，看看状态怎样保留一些数、改变另一些数。没有注意力时，图中下方传给解码器的状态，就是它对这个句子的全部了解。",
    ],
  },
};

/** The same for a model that reads pictures. */
export const ofPictures: Translated<SceneText> = {
  en: {
    title: "Hidden states over time",
    before: [
      "At each step the encoder reads the next patch and updates its hidden state. State #1 has seen one patch, state #2 has seen two, and the last state has seen the whole picture. This is why the last state is handed over.",
      "A bidirectional encoder reads the patches twice, from the upper left corner and from the lower right corner, each time with separate states. Its two last states stand at opposite corners of the picture.",
    ],
    after: [
      "Press play and watch how a state keeps some of its numbers and changes others. The decoder starts from the states handed over at the bottom.",
    ],
  },
  zh: {
    title: "随时间变化的隐藏状态",
    before: [
      "编码器每一步读入一个图像块，并更新自己的隐藏状态。状态 #1 只包含第一个图像块的信息，#2 包含两个，最后一个状态则包含了整张图片。所以传给解码器的是最后一个状态。",
      "双向编码器把图像块读两遍，一遍从左上角开始，一遍从右下角开始，各有自己的状态。两个方向的最后状态位于图片相对的两角。",
    ],
    after: ["播放一遍，看看状态怎样保留一些数、改变另一些数。解码器从图中下方传来的状态开始。"],
  },
};

interface PictureText {
  readonly counter: (at: number, of: number) => string;
  readonly before: string;
  readonly after: (of: number) => string;
  readonly layer: (number: number) => string;
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
    first: (name) => `The decoder's initial ${name}`,
    last: (name, token) => `Last ${name} of the encoder, after “${token}”`,
    label: (at, of) =>
      at === 0
        ? `Before the first of ${of} time steps there is no hidden state yet`
        : `Time step ${at} of ${of}: the encoder has made hidden state #${at}`,
    labelAfter: (of, last) =>
      of === 1
        ? `The only hidden state, after “${last}”, is handed over to the decoder`
        : `All ${of} hidden states are computed; the last, after “${last}”, is handed over to the decoder`,
    bridge: {
      copy: "This model hands over its last states unchanged: the decoder starts where the encoder ended.",
      linear:
        "This model computes the decoder's initial states from its last states with a small learned layer, `{layer}`.",
      firstBackward:
        "This model computes the decoder's initial state from the backward state at the first word: `tanh(←h·Wₛ)`.",
      backward:
        "This model hands over the last states of each layer unchanged; a bidirectional layer hands over those of its backward half, which ends at the first word.",
      interleave:
        "This model hands over the last states of the two directions unchanged and in turn: those of the forward half to one decoder layer, those of the backward half to the next.",
      summary:
        "This model computes one summary `c` from the encoder's last state, and the decoder's initial state from the summary: `tanh(c·V′)`. The summary also enters every step of the decoder.",
      zero: "This model hands over no state: its decoder starts from zeros and sees the sentence only through attention.",
    },
    withAttention: "All states above are also kept, so that attention can use them.",
    withoutAttention: "This is the context: all that the decoder knows about the sentence.",
    fed: "The first step has no previous attentional vector and receives zeros instead.",
    fedContext: "The first step has no previous context and receives zeros instead.",
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
    forward: "→ 正向",
    backward: "← 反向",
    states: "隐藏状态",
    state: (name, number, token) => `${name}，隐藏状态 #${number}（读完“${token}”之后）`,
    handedOver: "传给解码器",
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
    labelAfter: (of, last) => `${of} 个隐藏状态都已算出；最后一个（读完“${last}”之后）传给解码器`,
    bridge: {
      copy: "这个模型把最后的状态原样传给解码器：编码器停在哪里，解码器就从哪里开始。",
      linear: "这个模型让最后的状态经过一个可学习的层 `{layer}`，得到解码器的初始状态。",
      firstBackward: "这个模型由反向编码器在第一个词处的状态算出解码器的初始状态：`tanh(←h·Wₛ)`。",
      backward:
        "这个模型把每一层最后的状态原样传给解码器；双向的层传递反向部分的状态，它结束于第一个词。",
      interleave:
        "这个模型把两个方向最后的状态原样交替传给解码器：正向部分的给一层，反向部分的给下一层。",
      summary:
        "这个模型先由编码器最后的状态算出摘要 `c`，再由摘要算出解码器的初始状态：`tanh(c·V′)`。摘要还会进入解码器的每一步。",
      zero: "这个模型不传递状态：解码器的初始状态为零，只能通过注意力了解句子。",
    },
    withAttention: "上面的所有状态也都保留下来，供注意力使用。",
    withoutAttention: "这就是上下文：解码器对这个句子的全部了解。",
    fed: "第一步之前没有注意力向量，以零向量代替。",
    fedContext: "第一步之前没有上下文，以零向量代替。",
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
        "This model computes the decoder's initial state from the backward state at the first patch: `tanh(←h·Wₛ)`.",
      backward:
        "This model hands over the last states of each layer unchanged; a bidirectional layer hands over those of its backward half, which ends at the first patch.",
      zero: "This model hands over no state: its decoder starts from zeros and sees the picture only through attention.",
    },
    withoutAttention: "This is the context: all that the decoder knows about the picture.",
  },
  zh: {
    bridge: {
      firstBackward:
        "这个模型由反向编码器在第一个图像块处的状态算出解码器的初始状态：`tanh(←h·Wₛ)`。",
      backward:
        "这个模型把每一层最后的状态原样传给解码器；双向的层传递反向部分的状态，它结束于第一个图像块。",
      zero: "这个模型不传递状态：解码器的初始状态为零，只能通过注意力了解图片。",
    },
    withoutAttention: "这就是上下文：解码器对这张图片的全部了解。",
  },
};

export const captions: Translated<SceneCaptions> = {
  en: {
    encode: ({ input, step, steps }) =>
      `Step ${step} of ${steps}: the encoder reads ${input} and makes hidden state #${step}`,
    handover: () => "The decoder gets its first state",
  },
  zh: {
    encode: ({ input, step, steps }) =>
      `第 ${step} 步，共 ${steps} 步：编码器读入${input}，算出隐藏状态 #${step}`,
    handover: () => "解码器得到它的初始状态",
  },
};
