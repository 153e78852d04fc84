import type { Translated } from "../../text/translated.ts";
import type { SceneCaptions } from "../../words/captions.ts";
import type { SceneText } from "../scene.ts";
import type { StripName } from "./layout.ts";

export const text: Translated<SceneText> = {
  en: {
    title: "One step of a recurrent network",
    before: [
      "A recurrent network reads one word at a time. Each time step takes two vectors: the previous hidden state and the vector of the current word. It returns one vector, the new hidden state. This vector is the output of the step and the input of the next one.",
      "Inside the box is a cell. Most kinds have gates. Each gate is a vector of numbers between 0 and 1, computed from both inputs; number by number it controls what is kept, written or passed on. The strips stand side by side, so you can read a row as a sum: the old value times the gate that keeps it, plus the new value times the gate that admits it.",
    ],
    handling: [
      "Choose another word to see another step. Click a row to see its arithmetic below; “Show the sum” then leads to every weight.",
    ],
    after: [],
  },
  zh: {
    title: "循环网络的一步",
    before: [
      "循环网络一次读一个词。每个时间步输入两个向量：上一步的隐藏状态和当前词的向量；输出一个向量：新的隐藏状态。它既是这一步的输出，也是下一步的输入。",
      "方框里是一个循环单元。大多数单元都有门：每个门都是一个向量，各分量在 0 与 1 之间，由两个输入共同算出；它逐个分量地控制保留什么、写入什么、输出什么。各个向量并排画出，每一行都可以当作算式来读：旧值乘以保留它的门，加上新值乘以写入它的门。",
    ],
    handling: [
      "选择另一个词，就能看到另一步。点击任意一行，下面就显示那个数的算式；再用“显示算式”可以一直追溯到每一个权重。",
    ],
    after: [],
  },
};

/** The same for a model that reads pictures. */
export const ofPictures: Translated<SceneText> = {
  en: {
    title: "One step of a recurrent network",
    before: [
      "This model reads its picture patch by patch, row after row, as other models read words. Each time step takes two vectors: the previous hidden state and the vector of the current patch. It returns one vector, the new hidden state. This vector is the output of the step and the input of the next one.",
      "Inside the box is a cell. Most kinds have gates. Each gate is a vector of numbers between 0 and 1, computed from both inputs; number by number it controls what is kept, written or passed on. The strips stand side by side, so you can read a row as a sum: the old value times the gate that keeps it, plus the new value times the gate that admits it.",
    ],
    handling: [
      "Choose another patch to see another step. Click a row to see its arithmetic below; “Show the sum” then leads to every weight.",
    ],
    after: [],
  },
  zh: {
    title: "循环网络的一步",
    before: [
      "这个模型像读词一样逐行逐块地读图片。每个时间步输入两个向量：上一步的隐藏状态和当前图像块的向量；输出一个向量：新的隐藏状态。它既是这一步的输出，也是下一步的输入。",
      "方框里是一个循环单元。大多数单元都有门：每个门都是一个向量，各分量在 0 与 1 之间，由两个输入共同算出；它逐个分量地控制保留什么、写入什么、输出什么。各个向量并排画出，每一行都可以当作算式来读：旧值乘以保留它的门，加上新值乘以写入它的门。",
    ],
    handling: [
      "选择另一个图像块，就能看到另一步。点击任意一行，下面就显示那个数的算式；再用“显示算式”可以一直追溯到每一个权重。",
    ],
    after: [],
  },
};

interface PictureText {
  readonly reads: (isPicture: boolean) => string;
  readonly direction: string;
  readonly forward: string;
  readonly backward: string;
  readonly layer: string;
  readonly layerNumber: (number: number) => string;
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
  /** Where a GRU's reset gate stands in the sum of its candidate. */
  readonly reset: Readonly<Record<"before" | "after", string>>;
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
    inputOf: (token) => `Input vector of “${token}”`,
    output: (at) => `output #${at}`,
    toStep: (at) => `to step ${at}`,
    end: "the end",
    each: "each gate has its own W, U, b",
    strip: (name, token) => `${name}, reading “${token}”`,
    zero: "zero",
    label: (at, of, token) =>
      `Time step ${at} of ${of}: hidden state #${at - 1} and the vector of “${token}” go in, hidden state #${at} comes out`,
    scales: {
      input: (isPicture) => (isPicture ? "patch vectors" : "word embeddings"),
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
      "This is the plain cell of the first recurrent networks. It has no gates and no cell state, only the tanh of one sum, so every step overwrites the whole state.",
    reset: {
      before:
        "The candidate n reads r × h in place of h. The new state is a mixture: z of the old state, and 1 − z of the candidate.",
      after:
        "In the candidate n, r multiplies the part of the sum that comes from h. The new state is a mixture: z of the old state, and 1 − z of the candidate.",
    },
  },
  zh: {
    reads: (isPicture) => (isPicture ? "正在读的图像块" : "正在读的词"),
    direction: "方向",
    forward: "→ 正向",
    backward: "← 反向",
    layer: "层",
    layerNumber: (number) => `第 ${number} 层`,
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
      `第 ${at} 个时间步（共 ${of} 个）：输入隐藏状态 #${at - 1} 和“${token}”的向量，输出隐藏状态 #${at}`,
    scales: {
      input: (isPicture) => (isPicture ? "图像块的向量" : "词向量"),
      below: "下面一层的状态",
      hidden: "隐藏状态",
      cell: "单元状态",
      gates: "门",
    },
    component: "第",
    componentOf: (last) => `个数（0 … ${last}）`,
    columns: { input: "来自输入", state: "来自状态", bias: "偏置" },
    allTerms: (name) => `${name} 的所有项`,
    plain:
      "这是最早的循环网络所用的简单单元：没有门，也没有单元状态，只对一个和取 tanh，所以每一步都会覆盖整个状态。",
    reset: {
      before: "候选值 n 读入的不是 h，而是 r × h。新状态是两者的混合：旧状态占 z，候选值占 1 − z。",
      after:
        "在候选值 n 里，r 乘以和式中来自 h 的那一部分。新状态是两者的混合：旧状态占 z，候选值占 1 − z。",
    },
  },
};

export const captions: Translated<SceneCaptions> = {
  en: {
    encode: ({ input, step }) =>
      `Step ${step}: the cell reads ${input} and the old state, and makes hidden state #${step}`,
  },
  zh: {
    encode: ({ input, step }) => `第 ${step} 步：单元读入${input}和旧状态，算出隐藏状态 #${step}`,
  },
};
