import type { Translated } from "../../text/translated.ts";
import type { SceneText } from "../scene.ts";

export const text: Translated<SceneText> = {
  en: {
    title: "The network unrolled",
    before: [
      "So far you have seen one box at different times. Now every time step has its own box: one encoder box for each source word, one decoder box for each target word. All boxes of a row are the same network with the same weights; only the state that they pass on changes.",
      "The strips on the arrows are these hidden states. The last encoder state passes to the decoder, and each word that the decoder writes becomes its next input.",
    ],
    after: [
      "A bidirectional encoder has two rows, one of which starts at the last word. With several layers, each layer reads the states of the layer below. The numbers in the boxes give the order in which a row is computed.",
    ],
  },
  zh: {
    title: "按时间展开",
    before: [
      "到目前为止，画的是同一个方框在不同时刻的样子。现在每个时间步都有自己的方框：每个源语言词对应一个编码器方框，每个目标语言词对应一个解码器方框。同一行的方框是同一个网络、共享同一组权重；变化的只是它们之间传递的状态。",
      "箭头上的彩条就是这些隐藏状态。编码器最后的状态传到解码器；解码器写出的每个词又成为它的下一个输入。",
    ],
    after: [
      "双向编码器有两行，其中一行从最后一个词开始。如果有好几层，每一层读的是下面一层的状态。方框里的数字表示一行中计算的先后。",
    ],
  },
};

/** The same for a model that reads pictures. */
export const ofPictures: Translated<SceneText> = {
  en: {
    title: "The network unrolled",
    before: [
      "So far you have seen one box at different times. Now every time step has its own box: one encoder box for each patch of the picture, one decoder box for each word of the caption. All boxes of a row are the same network with the same weights; only the state that they pass on changes.",
      "The strips on the arrows are these hidden states. The last encoder state passes to the decoder, and each word that the decoder writes becomes its next input.",
    ],
    after: [
      "A bidirectional encoder has two rows, one of which starts at the last patch. With several layers, each layer reads the states of the layer below. The numbers in the boxes give the order in which a row is computed.",
    ],
  },
  zh: {
    title: "按时间展开",
    before: [
      "到目前为止，画的是同一个方框在不同时刻的样子。现在每个时间步都有自己的方框：每个图像块对应一个编码器方框，描述中的每个词对应一个解码器方框。同一行的方框是同一个网络、共享同一组权重；变化的只是它们之间传递的状态。",
      "箭头上的彩条就是这些隐藏状态。编码器最后的状态传到解码器；解码器写出的每个词又成为它的下一个输入。",
    ],
    after: [
      "双向编码器有两行，其中一行从最后一个图像块开始。如果有好几层，每一层读的是下面一层的状态。方框里的数字表示一行中计算的先后。",
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
  readonly convolution: (width: number) => string;
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
    first: "Initial state of the decoder",
    keptState: (token) => `Kept encoder state at “${token}”`,
    decoderState: (token) => `Decoder state before “${token}”`,
    contextAt: (token) => `Context before “${token}”`,
    feeding:
      "This model also feeds the attentional vector into the next step (input feeding); the drawing leaves it out.",
    between: {
      current:
        "The bottom layer attends to the source. The context enters all layers above, and the bottom layer of the next step. At the first step the bottom layer receives zeros.",
      previous:
        "The bottom layer attends to the source. The context enters all layers of the next step. At the first step they receive zeros.",
    },
    convolution: (width) =>
      `Before the encoder reads the source, a convolution makes one vector of the embeddings of each ${width} neighbours; the drawing leaves it out.`,
    summary: "summary",
    summed:
      "In addition to its initial state, the decoder receives a summary of the whole sentence, the same at every step.",
    zero: "This model hands over no state: its decoder starts from zeros.",
    residual: (layer) =>
      `From layer ${layer} on, the input of a layer is added to its state before it goes to the layer above (residual connections); the strips show the states before the addition.`,
    cellNote:
      "The cell states of the LSTM follow the same arrows; only the hidden states are drawn.",
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
    feeding: "这个模型还把注意力向量送入下一步（input feeding），图中略去。",
    between: {
      current:
        "由最下层关注源句。得到的上下文进入上面的各层，也进入下一步的最下层；第一步的最下层得到的是零向量。",
      previous: "由最下层关注源句。得到的上下文进入下一步的各层；第一步的各层得到的是零向量。",
    },
    convolution: (width) =>
      `编码器读入之前，先由一个卷积把每 ${width} 个相邻的词向量变成一个向量，图中略去。`,
    summary: "摘要",
    summed: "除了初始状态，解码器还得到整句话的一个摘要，每一步都是同一个。",
    zero: "这个模型不传递状态：解码器的初始状态为零。",
    residual: (layer) =>
      `从第 ${layer} 层起，每层的输入先与它的状态相加，再传给上面一层（残差连接）；彩条画的是相加之前的状态。`,
    cellNote: "LSTM 的单元状态走的是同样的箭头；图中只画出隐藏状态。",
    label: (read, of, written) =>
      `编码器的 ${of} 步中已完成 ${read} 步；${written === "" ? "解码器还没有写出词" : `解码器写出了“${written}”`}`,
  },
};
