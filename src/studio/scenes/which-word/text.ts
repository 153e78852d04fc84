import type { Chooser } from "../../state/edits.ts";
import type { Translated } from "../../text/translated.ts";
import type { SceneCaptions } from "../../words/captions.ts";
import type { SceneText } from "../scene.ts";

export const text: Translated<SceneText> = {
  en: {
    title: "Which word?",
    before: [
      "Each decoder step ends with one number for every token of the vocabulary: its logit `z`. Softmax turns the logits into probabilities, `p(w) = exp(z(w) / T) / Σ exp(z(v) / T)`. The sum runs over the whole vocabulary, not only over the tokens shown here.",
      "The difference between two logits determines the ratio of their probabilities. The temperature `T` divides the logits first: below 1, likely tokens become likelier; above 1, unlikely tokens gain. The model translates at T = 1.",
    ],
    after: [
      "Move the temperature: the probabilities change, but never the order. Near 0 the best token takes everything; at 3 many others become possible. Where several words fit, such as after an article or before a name, the curve of the whole vocabulary rises slowly.",
      "The chosen word is not always the most probable one: the search looks for the best sentence as a whole, as the next picture shows.",
    ],
  },
  zh: {
    title: "选哪个词？",
    before: [
      "解码器的每一步最后都会给词表中的每个词元一个数：它的 logit，记作 `z`。softmax 把这些数变成概率：`p(w) = exp(z(w) / T) / Σ exp(z(v) / T)`。分母对整个词表求和，而不只是这里显示的几个词元。",
      "两个 logit 之差决定了两个概率之比。softmax 之前，每个 logit 先除以温度 `T`：T 小于 1 时，概率大的词元概率更大；大于 1 时，概率小的词元也有了机会。模型翻译时用的是 T = 1。",
    ],
    after: [
      "移动温度滑块：变的只是各自的概率，先后顺序从不改变。接近 0 时，最好的词元独占全部概率；到 3 时，许多别的词元也变得可能。在好几个词都合适的地方（比如冠词之后、名字之前），整个词表的曲线上升得很慢。",
      "最终选中的词不一定概率最大：搜索要找的是整句最好的译文，如下一幅图所示。",
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
  readonly chosen: Readonly<Record<Chooser, string>>;
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
    waiting: "The decoder has not yet computed its vector",
    others: (count) => `the other ${count} tokens together`,
    shortOthers: (count) => `${count} others`,
    logitOf: (token) => `Logit of “${token}”`,
    shareOf: (token) => `Probability of “${token}”`,
    sum: (token) => `p(${token})`,
    sumNote: (sum, largest, count) =>
      `${sum} is the sum of e^((z − ${largest}) / T) over all ${count} tokens; subtracting the largest logit from each changes no probability.`,
    label: (token, rank, share, temperature) =>
      `“${token}” is number ${rank} of the vocabulary with a probability of ${share} at temperature ${temperature}`,
    chosen: { search: "The search chose", model: "The model chose", reader: "You chose" },
    rank: (rank, count) => `number ${rank} of ${count}`,
    shared: (share) => `${share} of the probability`,
    sharedBy: (count) => (count === "1" ? "one token has it" : `${count} tokens share it`),
    entropy: "Entropy",
    entropyOf: (bits, alike) => `${bits} bits, as much as for ${alike} equally likely tokens`,
    curve: "Cumulative probability",
    curveLabel: (count, all) => `${count} of ${all} tokens share 90 % of the probability`,
    ninety: (count) => (count === "1" ? "one token has 90 %" : `${count} tokens share 90 %`),
    curveAxis: "tokens, the most probable first",
    atOne: "at T = 1",
    steps: "The probability of each word written",
    stepsLabel: (token, share) => `The least certain step writes “${token}” with ${share}`,
    stepsNote: "A line marks the most probable token where the translation has another one.",
    draw: "Sample translations at this temperature",
    drawAgain: "Sample again",
    drawNote: (temperature) =>
      `The model samples at T = ${temperature}, token by token, each with its probability. The number of a sample is its random seed, so you can repeat it.`,
    drawing: "Sampling …",
  },
  zh: {
    step: "正在写的词",
    temperature: "温度 T",
    reset: "T = 1",
    word: "词元",
    logit: "logit z",
    share: "概率（占整个词表）",
    shortShare: "概率",
    waiting: "解码器还没有算出它的向量",
    others: (count) => `其余 ${count} 个词元合计`,
    shortOthers: (count) => `其余 ${count} 个`,
    logitOf: (token) => `“${token}”的 logit`,
    shareOf: (token) => `“${token}”的概率`,
    sum: (token) => `p(${token})`,
    sumNote: (sum, largest, count) =>
      `${sum} 是全部 ${count} 个词元的 e^((z − ${largest}) / T) 之和；每个 logit 都减去最大的那个，不会改变任何概率。`,
    label: (token, rank, share, temperature) =>
      `“${token}”在词表中排第 ${rank}，温度为 ${temperature} 时概率为 ${share}`,
    chosen: { search: "搜索选中", model: "模型选中", reader: "你选的是" },
    rank: (rank, count) => `第 ${rank} 名，共 ${count} 个`,
    shared: (share) => `概率的 ${share}`,
    sharedBy: (count) => (count === "1" ? "由一个词元独占" : `由 ${count} 个词元分享`),
    entropy: "熵",
    entropyOf: (bits, alike) => `${bits} 比特，相当于 ${alike} 个等可能的词元`,
    curve: "累积概率",
    curveLabel: (count, all) => `${all} 个词元中有 ${count} 个分享了 90 % 的概率`,
    ninety: (count) => (count === "1" ? "一个词元就占 90 %" : `${count} 个词元分享 90 %`),
    curveAxis: "词元个数，从最可能的算起",
    atOne: "T = 1 时",
    steps: "写出的每个词的概率",
    stepsLabel: (token, share) => `最没有把握的一步写出“${token}”，概率为 ${share}`,
    stepsNote: "如果写出的不是最可能的词元，一条横线标出最可能的那个。",
    draw: "按这个温度采样译文",
    drawAgain: "重新采样",
    drawNote: (temperature) =>
      `模型在 T = ${temperature} 时逐个词元采样，每个词元按自己的概率被抽中。编号就是随机种子，因此结果可以重复。`,
    drawing: "正在采样……",
  },
};

export const captions: Translated<SceneCaptions> = {
  en: {
    distribution: ({ input }) => `After ${input}, every token of the vocabulary gets a probability`,
    choose: ({ output }) => `${output} is chosen`,
  },
  zh: {
    distribution: ({ input }) => `在${input}之后，词表中的每个词元都得到一个概率`,
    choose: ({ output }) => `选中${output}`,
  },
};
