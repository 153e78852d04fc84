import type { Translated } from "../../text/translated.ts";
import type { SceneText } from "../scene.ts";
import type { StripName } from "./layout.ts";

export const text: Translated<SceneText> = {
  en: {
    title: "One step of a recurrent network",
    before: [
      "A recurrent network reads one word at a time. At each time step two vectors go in: the hidden state that the step before has left, and the vector of the word that is read now. One vector comes out: the new hidden state. It is what the step says to the outside, and it is what the next step begins with.",
      "Inside the box there is a cell. Each gate is a vector of numbers between 0 and 1, computed from both inputs, and decides number by number what is kept, what is written and what is let out. The strips stand side by side, so that a row can be read as a sum: what was there times the gate that keeps it, plus what is new times the gate that lets it in.",
    ],
    after: [
      "Choose another word to see another step. Click a row, and the sums below are those of that number; from there “Show the sum” leads to every weight.",
    ],
  },
  zh: {
    title: "循环网络的一步",
    before: [
      "循环网络一次只读一个词。每个时间步有两个向量进来：上一步留下的隐藏状态，以及正在读的这个词的向量。出去的是一个向量：新的隐藏状态。它既是这一步对外的输出，也是下一步的起点。",
      "方框里是一个单元。每个门都是一个向量，其中的数都在 0 与 1 之间，由两个输入共同算出；它逐个数地决定保留什么、写入什么、放出什么。各个细条并排而立，每一行都可以当作算式来读：原有的数乘以保留它的门，加上新的数乘以放它进来的门。",
    ],
    after: [
      "选择另一个词，就能看到另一步。点击任意一行，下面的算式就换成那个数的算式；再用“显示算式”可以一直看到每一个权重。",
    ],
  },
};

/** The same for a model that reads pictures. */
export const ofPictures: Translated<SceneText> = {
  en: {
    title: "One step of a recurrent network",
    before: [
      "This model reads its picture patch by patch, row after row, as others read words. At each time step two vectors go in: the hidden state that the step before has left, and the vector of the patch that is read now. One vector comes out: the new hidden state. It is what the step says to the outside, and it is what the next step begins with.",
      "Inside the box there is a cell. Each gate is a vector of numbers between 0 and 1, computed from both inputs, and decides number by number what is kept, what is written and what is let out. The strips stand side by side, so that a row can be read as a sum: what was there times the gate that keeps it, plus what is new times the gate that lets it in.",
    ],
    after: [
      "Choose another patch to see another step. Click a row, and the sums below are those of that number; from there “Show the sum” leads to every weight.",
    ],
  },
  zh: {
    title: "循环网络的一步",
    before: [
      "这个模型像读词一样读图片：一个小块接一个小块，一行接一行。每个时间步有两个向量进来：上一步留下的隐藏状态，以及正在读的这个小块的向量。出去的是一个向量：新的隐藏状态。它既是这一步对外的输出，也是下一步的起点。",
      "方框里是一个单元。每个门都是一个向量，其中的数都在 0 与 1 之间，由两个输入共同算出；它逐个数地决定保留什么、写入什么、放出什么。各个细条并排而立，每一行都可以当作算式来读：原有的数乘以保留它的门，加上新的数乘以放它进来的门。",
    ],
    after: [
      "选择另一个小块，就能看到另一步。点击任意一行，下面的算式就换成那个数的算式；再用“显示算式”可以一直看到每一个权重。",
    ],
  },
};

interface PictureText {
  readonly reads: (isPicture: boolean) => string;
  readonly direction: string;
  readonly forward: string;
  readonly backward: string;
  readonly layer: string;
  readonly layerNumber: (number: number) => string;
  /** Between the entries of a list. */
  readonly separator: string;
  readonly open: string;
  readonly close: string;
  readonly counter: (at: number, of: number) => string;
  /** In one or two lines. */
  readonly names: Readonly<Record<StripName, readonly [string, string?]>>;
  readonly number: (at: number) => string;
  readonly input: (at: number) => string;
  readonly inputOf: (token: string) => string;
  readonly output: (at: number) => string;
  readonly toStep: (at: number) => string;
  readonly end: string;
  readonly each: string;
  readonly strip: (name: string, token: string) => string;
  readonly zero: string;
  readonly label: (at: number, of: number, token: string) => string;
  readonly scales: {
    readonly input: (isPicture: boolean) => string;
    readonly below: string;
    readonly hidden: string;
    readonly cell: string;
    readonly gates: string;
  };
  readonly component: string;
  readonly componentOf: (last: number) => string;
  readonly columns: { readonly input: string; readonly state: string; readonly bias: string };
  readonly allTerms: (name: string) => string;
  readonly plain: string;
}

/** The words inside the picture. */
export const pictureText: Translated<PictureText> = {
  en: {
    reads: () => "The step that reads",
    direction: "Direction",
    forward: "→ forward",
    backward: "← backward",
    layer: "Layer",
    layerNumber: (number) => `layer ${number}`,
    separator: ", ",
    open: "Open the cell",
    close: "Close the cell",
    counter: (at, of) => `Time step ${at} of ${of}`,
    names: {
      hiddenBefore: ["hidden", "state"],
      cellBefore: ["cell", "state"],
      forget_gate: ["forget", "gate"],
      input_gate: ["input", "gate"],
      reset_gate: ["reset", "gate"],
      update_gate: ["update", "gate"],
      hiddenCopy: ["hidden", "state"],
      candidate: ["candidate"],
      cell_state: ["cell", "state"],
      output_gate: ["output", "gate"],
      hidden_state: ["hidden", "state"],
    },
    number: (at) => `#${at}`,
    input: (at) => `input vector #${at}`,
    inputOf: (token) => `Input vector, of “${token}”`,
    output: (at) => `output #${at}`,
    toStep: (at) => `to step ${at}`,
    end: "the end",
    each: "each gate has its own W, U, b",
    strip: (name, token) => `${name}, reading “${token}”`,
    zero: "zero",
    label: (at, of, token) =>
      `Time step ${at} of ${of}: hidden state #${at - 1} and the vector of “${token}” go in, hidden state #${at} comes out`,
    scales: {
      input: (isPicture) => (isPicture ? "vectors of the patches" : "word embeddings"),
      below: "states of the layer below",
      hidden: "hidden states",
      cell: "cell states",
      gates: "gates",
    },
    component: "Number",
    componentOf: (last) => `of 0 … ${last}`,
    columns: { input: "from the input", state: "from the state", bias: "bias" },
    allTerms: (name) => `All terms of ${name}`,
    plain:
      "This is the plain cell of the first recurrent networks: no gates and no cell state, only one sum and its tanh, so that every step overwrites all that was there.",
  },
  zh: {
    reads: (isPicture) => (isPicture ? "读哪个小块的一步" : "读哪个词的一步"),
    direction: "方向",
    forward: "→ 正向",
    backward: "← 反向",
    layer: "层",
    layerNumber: (number) => `第 ${number} 层`,
    separator: "，",
    open: "打开单元",
    close: "合上单元",
    counter: (at, of) => `第 ${at} 个时间步，共 ${of} 个`,
    names: {
      hiddenBefore: ["隐藏状态"],
      cellBefore: ["单元状态"],
      forget_gate: ["遗忘门"],
      input_gate: ["输入门"],
      reset_gate: ["重置门"],
      update_gate: ["更新门"],
      hiddenCopy: ["隐藏状态"],
      candidate: ["候选值"],
      cell_state: ["单元状态"],
      output_gate: ["输出门"],
      hidden_state: ["隐藏状态"],
    },
    number: (at) => `#${at}`,
    input: (at) => `输入向量 #${at}`,
    inputOf: (token) => `“${token}”的输入向量`,
    output: (at) => `输出 #${at}`,
    toStep: (at) => `到第 ${at} 步`,
    end: "结束",
    each: "每个门各有自己的 W、U、b",
    strip: (name, token) => `${name}（读“${token}”）`,
    zero: "零",
    label: (at, of, token) =>
      `第 ${at} 个时间步（共 ${of} 个）：隐藏状态 #${at - 1} 和“${token}”的向量进来，隐藏状态 #${at} 出去`,
    scales: {
      input: (isPicture) => (isPicture ? "小块的向量" : "词向量"),
      below: "下面一层的状态",
      hidden: "隐藏状态",
      cell: "单元状态",
      gates: "门",
    },
    component: "第",
    componentOf: (last) => `个数（0 … ${last}）`,
    columns: { input: "来自输入", state: "来自状态", bias: "偏置" },
    allTerms: (name) => `${name} 的全部各项`,
    plain:
      "这是最早的循环网络所用的简单单元：没有门，也没有单元状态，只有一个和及其 tanh，所以每一步都会改写原有的全部内容。",
  },
};
