import type { Translated } from "../../text/translated.ts";
import type { SceneText } from "../scene.ts";

export const text: Translated<SceneText> = {
  en: {
    title: "The same, unrolled",
    before: [
      "So far one box has been shown at different times. Now every time step gets a box of its own: one encoder box for each source word, one decoder box for each target word. It is the same network with the same weights in each box of a row; what changes from box to box is the state that they pass on.",
      "The strips on the arrows are these hidden states. The last of them crosses over to the decoder; what the decoder writes becomes its next input.",
    ],
    after: [
      "A bidirectional encoder is two rows, one of which begins at the last word. With several layers, each layer reads the states of the one before it. The numbers in the boxes say in which order a row is computed.",
    ],
  },
  zh: {
    title: "把它展开",
    before: [
      "到目前为止，画的是同一个方框在不同时刻的样子。现在每个时间步都有自己的方框：每个源语言的词一个编码器方框，每个译词一个解码器方框。同一行的方框是同一个网络、同一组权重；从一个方框到下一个方框，变的是它们传递的状态。",
      "箭头上的彩条就是这些隐藏状态。最后的状态传到解码器；解码器写出的词又成为它的下一个输入。",
    ],
    after: [
      "双向编码器有两行，其中一行从最后一个词开始。如果有好几层，每一层读的是前一层的状态。方框里的数字表示一行中计算的先后。",
    ],
  },
};

/** The same for a model that reads pictures. */
export const ofPictures: Translated<SceneText> = {
  en: {
    title: "The same, unrolled",
    before: [
      "So far one box has been shown at different times. Now every time step gets a box of its own: one encoder box for each patch of the picture, one decoder box for each word of the caption. It is the same network with the same weights in each box of a row; what changes from box to box is the state that they pass on.",
      "The strips on the arrows are these hidden states. The last of them crosses over to the decoder; what the decoder writes becomes its next input.",
    ],
    after: [
      "A bidirectional encoder is two rows, one of which begins at the last patch. With several layers, each layer reads the states of the one before it. The numbers in the boxes say in which order a row is computed.",
    ],
  },
  zh: {
    title: "把它展开",
    before: [
      "到目前为止，画的是同一个方框在不同时刻的样子。现在每个时间步都有自己的方框：图片的每个小块一个编码器方框，说明里的每个词一个解码器方框。同一行的方框是同一个网络、同一组权重；从一个方框到下一个方框，变的是它们传递的状态。",
      "箭头上的彩条就是这些隐藏状态。最后的状态传到解码器；解码器写出的词又成为它的下一个输入。",
    ],
    after: [
      "双向编码器有两行，其中一行从最后一个小块开始。如果有好几层，每一层读的是前一层的状态。方框里的数字表示一行中计算的先后。",
    ],
  },
};

/** The words inside the picture. */
export const pictureText: Translated<{
  readonly half: Readonly<Record<"forward" | "backward", string>>;
  readonly layer: (layer: number) => string;
  readonly context: string;
  readonly kept: string;
  readonly first: string;
  readonly keptState: (token: string) => string;
  readonly decoderState: (token: string) => string;
  readonly contextAt: (token: string) => string;
  readonly feeding: string;
  readonly between: Readonly<Record<"current" | "previous", string>>;
  readonly summary: string;
  readonly summed: string;
  readonly zero: string;
  readonly residual: (layer: number) => string;
  readonly cellNote: string;
  readonly label: (read: number, of: number, written: string) => string;
}> = {
  en: {
    half: { forward: "forward", backward: "backward" },
    layer: (layer) => `layer ${layer}`,
    context: "context",
    kept: "kept",
    first: "First state of the decoder",
    keptState: (token) => `Kept encoder state at “${token}”`,
    decoderState: (token) => `Decoder state before “${token}”`,
    contextAt: (token) => `Context before “${token}”`,
    feeding:
      "This model also feeds the vector from which a word is chosen into the next step (input feeding), which is left out here.",
    between: {
      current:
        "The bottom layer looks at the source. The context enters all layers above it, and the bottom layer of the next step; at the first step that one gets zeros.",
      previous:
        "The bottom layer looks at the source. The context enters all layers of the next step; at the first step they get zeros.",
    },
    summary: "summary",
    summed:
      "Beside its first state the decoder gets a summary of the whole sentence, the same at every step.",
    zero: "This model hands no state over: its decoder begins with zeros.",
    residual: (layer) =>
      `From layer ${layer} on, what goes into a layer is added to its state before it goes up (residual connections); the strips show the states before that.`,
    cellNote:
      "The cell states of the LSTM go along the same arrows; only the hidden states are drawn.",
    label: (read, of, written) =>
      `${read} of ${of} encoder steps are over; ${written === "" ? "the decoder has written nothing yet" : `the decoder has written “${written}”`}`,
  },
  zh: {
    half: { forward: "正向", backward: "反向" },
    layer: (layer) => `第 ${layer} 层`,
    context: "上下文",
    kept: "保留",
    first: "解码器的初始状态",
    keptState: (token) => `保留下来的“${token}”处的编码器状态`,
    decoderState: (token) => `写“${token}”之前的解码器状态`,
    contextAt: (token) => `写“${token}”之前的上下文`,
    feeding: "这个模型还把用来选词的向量送入下一步（input feeding），图中略去。",
    between: {
      current:
        "由最下层查看源句。得到的上下文进入它上面的各层，也进入下一步的最下层；第一步的最下层得到的是零。",
      previous: "由最下层查看源句。得到的上下文进入下一步的各层；第一步的各层得到的是零。",
    },
    summary: "摘要",
    summed: "除了初始状态，解码器还得到整句话的一个摘要，每一步都是同一个。",
    zero: "这个模型不交出状态：解码器从零开始。",
    residual: (layer) =>
      `从第 ${layer} 层起，进入一层的数先加到它的状态上，再交给上一层（残差连接）；彩条画的是相加之前的状态。`,
    cellNote: "LSTM 的单元状态走的是同样的箭头；图中只画出隐藏状态。",
    label: (read, of, written) =>
      `编码器的 ${of} 步中已完成 ${read} 步；${written === "" ? "解码器还没有写出词" : `解码器写出了“${written}”`}`,
  },
};
