import type { Translated } from "../../text/translated.ts";
import type { SceneText } from "../scene.ts";
import { below } from "./moves.ts";
import type { StripName } from "./parts.ts";

export const text: Translated<SceneText> = {
  en: {
    title: "The whole decoder step",
    before: [
      "Now everything that happens for one word, in the model’s own order. The step receives the word written last, and what it kept from the step before. It makes a new state, looks at the source, mixes what it finds with what it knows, and gives every word of the vocabulary a probability.",
      "In Luong’s decoder the new state `h` comes first and does the looking; no word is made from it alone, but from `[C; h]`, context and state joined and sent through one feed-forward layer. In Bahdanau’s the state from before, `s`, does the looking; the context then helps to make the new state, and the word is read from the state from before, the received word and the context. With several layers the bottom one looks, and all of them get the context; in tensorflow/nmt’s variant of GNMT it looks with its new state, and the layers above follow. Cho’s decoder does not look at all: one summary of the sentence enters every step. The picture follows the model that is chosen.",
    ],
    after: [
      "The small steps at the left are the ones before, row by row the same vectors: this is the unrolled decoder. What leaves at the right is what the next step begins with.",
    ],
  },
  zh: {
    title: "完整的解码步骤",
    before: [
      "现在来看写出一个词所发生的全部事情，按照模型自己的顺序。这一步收到刚写出的词，以及上一步留下的内容。它产生新的状态，查看源句，把找到的和已知的混合在一起，再给词表中的每个词一个概率。",
      "在 Luong 的解码器里，先有新状态 `h`，由它去查看源句；词并不单独由它产生，而是由 `[C; h]`，也就是拼接起来的上下文与状态，经过一个前馈层得到。在 Bahdanau 的解码器里，由上一步的状态 `s` 去查看源句，得到的上下文参与产生新的状态，而词则由上一步的状态、收到的词和上下文读出。有好几层时，由最下层去查看，上下文进入每一层；tensorflow/nmt 的 GNMT 变体用最下层的新状态查看，上面各层随后再算。Cho 的解码器根本不查看源句：整句话的一个摘要进入每一步。图会跟随你选择的模型。",
    ],
    after: [
      "左边小的是之前的各步，每一行是同样的向量：这就是展开的解码器。从右边离开的，是下一步的起点。",
    ],
  },
};

/** What a strip is called, in symbols and in words. `step` counts from 1. */
export type StripWords = (name: StripName, step: number, layer: string, input: string) => string;

/** The words inside and around the picture. */
export interface MechanismWords {
  readonly step: string;
  readonly panel: (step: number, input: string, output: string) => string;
  readonly shortPanel: (step: number) => string;
  readonly strip: StripWords;
  readonly cell: (kind: string, layer: string) => string;
  readonly attention: string;
  readonly maxout: string;
  readonly softmax: (count: string, isShort: boolean) => string;
  readonly next: string;
  readonly encoder: string;
  readonly zeros: string;
  readonly encoderState: (token: string) => string;
  /** What is meant by encoder states where there is no encoder. */
  readonly unread: string;
  readonly scores: string;
  readonly rows: { readonly scores: string; readonly weights: string };
  readonly weights: string;
  readonly weightOf: (token: string) => string;
  readonly before: (step: number, output: string) => string;
  readonly more: (count: number) => string;
  readonly label: (step: number, input: string, output: string, share: string) => string;
  readonly scales: Readonly<
    Record<"embedding" | "encoder" | "decoder" | "context" | "score", string>
  >;
  readonly order: string;
  readonly nothing: string;
}

export const pictureText: Translated<MechanismWords> = {
  en: {
    step: "Step that writes",
    panel: (step, input, output) => `step ${step}: receives “${input}”, writes “${output}”`,
    shortPanel: (step) => `step ${step}`,
    strip: (name, step, layer, input) =>
      ({
        embedding: `embedding of “${input}”`,
        before: `state before${layer && `, layer ${layer}`}`,
        state: `new state${layer && `, layer ${layer}`}`,
        output: `with what went in${layer && `, layer ${layer}`}`,
        summary: "summary of the source",
        fed: "fed back",
        context: `context C${below(step)}`,
        gated: `context C${below(step)} behind the gate`,
        attentional: `attentional vector h̃${below(step)}`,
        sums: "sums",
        readout: "the larger ones",
        factored: "shortened",
      })[name],
    cell: (kind, layer) => `${kind}${layer && `, layer ${layer}`}`,
    attention: "attention",
    maxout: "maxout",
    softmax: (count, isShort) => (isShort ? `softmax (${count})` : `softmax over ${count} tokens`),
    next: "next step",
    encoder: "encoder",
    zeros: "zeros",
    encoderState: (token) => `Encoder state of “${token}”`,
    unread:
      "This model has no encoder: what is called encoder states here are the vectors of the picture’s patches.",
    scores: "Attention scores",
    rows: { scores: "scores", weights: "weights" },
    weights: "Attention weights",
    weightOf: (token) => `“${token}”`,
    before: (step, output) => `Step ${step} wrote “${output}”`,
    more: (count) => `… ${count} earlier`,
    label: (step, input, output, share) =>
      `Decoder step ${step}: it receives “${input}” and writes “${output}” with probability ${share}`,
    scales: {
      embedding: "embedding",
      encoder: "encoder states",
      decoder: "decoder states",
      context: "context",
      score: "towards the word",
    },
    order: "What happens, in this order",
    nothing: "no word yet: zeros",
  },
  zh: {
    step: "写出哪个词的一步",
    panel: (step, input, output) => `第 ${step} 步：收到“${input}”，写出“${output}”`,
    shortPanel: (step) => `第 ${step} 步`,
    strip: (name, step, layer, input) =>
      ({
        embedding: `“${input}”的词向量`,
        before: `之前的状态${layer && `，第 ${layer} 层`}`,
        state: `新状态${layer && `，第 ${layer} 层`}`,
        output: `加上进入的数${layer && `，第 ${layer} 层`}`,
        summary: "源句的摘要",
        fed: "送回的向量",
        context: `上下文 C${below(step)}`,
        gated: `经过门的上下文 C${below(step)}`,
        attentional: `注意力向量 h̃${below(step)}`,
        sums: "各项之和",
        readout: "较大的",
        factored: "缩短后",
      })[name],
    cell: (kind, layer) => `${kind}${layer && `，第 ${layer} 层`}`,
    attention: "注意力",
    maxout: "maxout",
    softmax: (count, isShort) =>
      isShort ? `softmax（${count}）` : `在 ${count} 个词元上做 softmax`,
    next: "下一步",
    encoder: "编码器",
    zeros: "零",
    encoderState: (token) => `“${token}”的编码器状态`,
    unread: "这个模型没有编码器：这里的编码器状态就是图片小块的向量。",
    scores: "注意力分数",
    rows: { scores: "分数", weights: "权重" },
    weights: "注意力权重",
    weightOf: (token) => `“${token}”`,
    before: (step, output) => `第 ${step} 步写出“${output}”`,
    more: (count) => `…… 更早 ${count} 步`,
    label: (step, input, output, share) =>
      `解码器第 ${step} 步：收到“${input}”，以 ${share} 的概率写出“${output}”`,
    scales: {
      embedding: "词向量",
      encoder: "编码器状态",
      decoder: "解码器状态",
      context: "上下文",
      score: "通向词的向量",
    },
    order: "依次发生的事",
    nothing: "还没有词：全为零",
  },
};
