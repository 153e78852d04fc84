import type { Translated } from "../../text/translated.ts";
import type { SceneText } from "../scene.ts";

export const text: Translated<SceneText> = {
  en: {
    title: "Which word?",
    before: [
      "A step of the decoder ends with one number for every token of the vocabulary: its logit `z`. Softmax makes probabilities of them, `p(w) = exp(z(w) / T) / Σ exp(z(v) / T)`, and the sum runs over all tokens, not only over those that you see here.",
      "The same difference between two logits always gives the same ratio of probabilities. The temperature `T` divides the logits first: below 1 what is likely gets likelier, above 1 what is unlikely gets a chance. The model translates at T = 1.",
    ],
    after: [
      "Move the temperature: the order never changes, only the shares do. Near 0 the best word takes everything; at 3 many others come into play. Where several words would do, such as after an article or before a name, the curve of the whole vocabulary bends late.",
      "The word that was chosen is not always the first one: the search looks for the best sentence as a whole, and the next picture shows how.",
    ],
  },
  zh: {
    title: "选哪个词？",
    before: [
      "解码器的每一步最后都会给词表中的每个词元一个数：它的 logit，记作 `z`。softmax 把这些数变成概率：`p(w) = exp(z(w) / T) / Σ exp(z(v) / T)`。分母对整个词表求和，而不只是这里看得到的几个词。",
      "两个 logit 相差多少，对应的概率之比就是多少，处处一样。温度 `T` 先去除每个 logit：小于 1 时，可能的词更可能；大于 1 时，不太可能的词也有了机会。模型翻译时用的是 T = 1。",
    ],
    after: [
      "移动温度滑块：词的先后顺序从不改变，变的只是各自的份额。接近 0 时，最好的词独占一切；到 3 时，许多别的词也参与进来。在好几个词都说得通的地方（比如冠词之后、名字之前），整个词表的曲线要到很后面才拐弯。",
      "最终选中的词不一定排在第一：搜索要找的是整句最好的译文，下一幅图会展示它怎么找。",
    ],
  },
};

/** The words inside the picture. */
export const pictureText: Translated<{
  readonly step: string;
  readonly temperature: string;
  readonly reset: string;
  readonly word: string;
  readonly logit: string;
  readonly share: string;
  readonly shortShare: string;
  readonly waiting: string;
  readonly others: (count: string) => string;
  readonly shortOthers: (count: string) => string;
  readonly logitOf: (token: string) => string;
  readonly shareOf: (token: string) => string;
  readonly sum: (token: string) => string;
  readonly sumNote: (sum: string, largest: string, count: string) => string;
  readonly label: (token: string, rank: string, share: string, temperature: string) => string;
  readonly chosen: Readonly<Record<"model" | "reader", string>>;
  readonly rank: (rank: string, count: string) => string;
  readonly shared: (share: string) => string;
  readonly sharedBy: (count: string) => string;
  readonly entropy: string;
  readonly entropyOf: (bits: string, alike: string) => string;
  readonly curve: string;
  readonly curveLabel: (count: string, all: string) => string;
  readonly ninety: (count: string) => string;
  readonly curveAxis: string;
  readonly atOne: string;
  readonly steps: string;
  readonly stepsLabel: (token: string, share: string) => string;
  readonly stepsNote: string;
  readonly draw: string;
  readonly drawAgain: string;
  readonly drawNote: (temperature: string) => string;
  readonly drawing: string;
}> = {
  en: {
    step: "Step that writes",
    temperature: "Temperature T",
    reset: "T = 1",
    word: "token",
    logit: "logit z",
    share: "probability, of the whole vocabulary",
    shortShare: "probability",
    waiting: "The decoder has not made its vector yet",
    others: (count) => `the other ${count} tokens together`,
    shortOthers: (count) => `${count} others`,
    logitOf: (token) => `Logit of “${token}”`,
    shareOf: (token) => `Probability of “${token}”`,
    sum: (token) => `p(${token})`,
    sumNote: (sum, largest, count) =>
      `${sum} is the sum of e^((z − ${largest}) / T) over all ${count} tokens; taking the largest logit off each of them changes no share.`,
    label: (token, rank, share, temperature) =>
      `“${token}” is number ${rank} of the vocabulary with a probability of ${share} at temperature ${temperature}`,
    chosen: { model: "The search chose", reader: "You chose" },
    rank: (rank, count) => `number ${rank} of ${count}`,
    shared: (share) => `${share} of the probability`,
    sharedBy: (count) => (count === "1" ? "one token has it" : `${count} tokens share it`),
    entropy: "Entropy",
    entropyOf: (bits, alike) => `${bits} bits, as unsure as among ${alike} equal tokens`,
    curve: "How many tokens it takes",
    curveLabel: (count, all) => `${count} of ${all} tokens share 90 % of the probability`,
    ninety: (count) => (count === "1" ? "one token has 90 %" : `${count} tokens share 90 %`),
    curveAxis: "tokens, the most probable first",
    atOne: "at T = 1",
    steps: "The probability of each word written",
    stepsLabel: (token, share) => `The most unsure step writes “${token}” with ${share}`,
    stepsNote: "A line marks the most probable token where another one was written.",
    draw: "Draw translations at this temperature",
    drawAgain: "Draw others",
    drawNote: (temperature) =>
      `Drawn by the model at T = ${temperature}, token by token: each with its probability. A number fixes what is drawn, so that it can be repeated.`,
    drawing: "Drawing …",
  },
  zh: {
    step: "写出哪个词的一步",
    temperature: "温度 T",
    reset: "T = 1",
    word: "词元",
    logit: "logit z",
    share: "概率（占整个词表）",
    shortShare: "概率",
    waiting: "解码器还没有得出它的向量",
    others: (count) => `其余 ${count} 个词元合计`,
    shortOthers: (count) => `其余 ${count} 个`,
    logitOf: (token) => `“${token}”的 logit`,
    shareOf: (token) => `“${token}”的概率`,
    sum: (token) => `p(${token})`,
    sumNote: (sum, largest, count) =>
      `${sum} 是全部 ${count} 个词元的 e^((z − ${largest}) / T) 之和；每个 logit 都减去最大的那个，不会改变任何份额。`,
    label: (token, rank, share, temperature) =>
      `“${token}”在词表中排第 ${rank}，温度为 ${temperature} 时概率为 ${share}`,
    chosen: { model: "搜索选中", reader: "你选的是" },
    rank: (rank, count) => `第 ${rank} 名，共 ${count} 个`,
    shared: (share) => `概率的 ${share}`,
    sharedBy: (count) => (count === "1" ? "由一个词元独占" : `由 ${count} 个词元分享`),
    entropy: "熵",
    entropyOf: (bits, alike) => `${bits} 比特，相当于在 ${alike} 个同样可能的词元中犹豫`,
    curve: "要多少个词元才够",
    curveLabel: (count, all) => `${all} 个词元中有 ${count} 个分享了 90 % 的概率`,
    ninety: (count) => (count === "1" ? "一个词元就占 90 %" : `${count} 个词元分享 90 %`),
    curveAxis: "词元个数，从最可能的算起",
    atOne: "T = 1 时",
    steps: "写出的每个词的概率",
    stepsLabel: (token, share) => `最没有把握的一步写出“${token}”，概率为 ${share}`,
    stepsNote: "如果写出的不是最可能的词元，一条横线标出最可能的那个。",
    draw: "按这个温度抽取译文",
    drawAgain: "再抽几个",
    drawNote: (temperature) =>
      `由模型在 T = ${temperature} 时逐个词元抽取：每个词元按自己的概率被抽中。编号决定抽到什么，因此可以重复。`,
    drawing: "正在抽取……",
  },
};
