import type { Trace } from "../../../trace/trace.ts";
import type { Translated } from "../../state/preferences.svelte.ts";
import type { MomentKind } from "../../timeline/script.ts";
import type { SceneText } from "../scene.ts";
import type { StripName } from "./parts.ts";

export const text: Translated<SceneText> = {
  en: {
    title: "The whole decoder step",
    before: [
      "Now everything that happens for one word, in the model’s own order. The step receives the word written last, and what it kept from the step before. It makes a new state, looks at the source, mixes what it finds with what it knows, and gives every word of the vocabulary a probability.",
      "In Luong’s decoder the new state `h` comes first and does the looking; no word is made from it alone, but from `[C; h]`, context and state joined and sent through one feed-forward layer. In Bahdanau’s the state from before, `s`, does the looking; the context then helps to make the new state, and the word is read from the state from before, the received word and the context. The picture follows the model that is chosen.",
    ],
    after: [
      "The small steps at the left are the ones before, row by row the same vectors: this is the unrolled decoder. What leaves at the right is what the next step begins with.",
    ],
  },
  zh: {
    title: "完整的解码步骤",
    before: [
      "现在来看写出一个词所发生的全部事情，按照模型自己的顺序。这一步收到刚写出的词，以及上一步留下的内容。它产生新的状态，查看源句，把找到的和已知的混合在一起，再给词表中的每个词一个概率。",
      "在 Luong 的解码器里，先有新状态 `h`，由它去查看源句；词并不单独由它产生，而是由 `[C; h]`，也就是拼接起来的上下文与状态，经过一个前馈层得到。在 Bahdanau 的解码器里，由上一步的状态 `s` 去查看源句，得到的上下文参与产生新的状态，而词则由上一步的状态、收到的词和上下文读出。图会跟随你选择的模型。",
    ],
    after: [
      "左边小的是之前的各步，每一行是同样的向量：这就是展开的解码器。从右边离开的，是下一步的起点。",
    ],
  },
};

/** A digit below the line for each digit of a number. */
export function below(count: number): string {
  return [...String(count)].map((digit) => "₀₁₂₃₄₅₆₇₈₉"[Number(digit)]).join("");
}

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
  readonly encoderState: (token: string) => string;
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
  readonly moves: (
    model: Trace["model"],
    step: number,
    input: string,
    output: string,
    isLast: boolean,
  ) => readonly Move[];
}

/** What happens in one or more moments, as a sentence. */
export interface Move {
  readonly kinds: readonly MomentKind[];
  readonly says: string;
}

/** What becomes of the word: it begins the next step, or it ends the sentence. */
function ending(output: string, isLast: boolean): string {
  if (output === "</s>") return "“</s>” is chosen: the sentence ends here.";
  return isLast
    ? `“${output}” is written, and the translation is cut here.`
    : `“${output}” is written, and the next step begins with it.`;
}

function endingInChinese(output: string, isLast: boolean): string {
  if (output === "</s>") return "选出“</s>”：句子到此结束。";
  return isLast ? `写出“${output}”，译文在这里被截断。` : `写出“${output}”，下一步从它开始。`;
}

const looking: readonly MomentKind[] = ["scores", "softmax", "weighting"];

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
        fed: "fed back",
        context: `context C${below(step)}`,
        attentional: `attentional vector h̃${below(step)}`,
        sums: "sums",
        readout: "the larger ones",
      })[name],
    cell: (kind, layer) => `${kind}${layer && `, layer ${layer}`}`,
    attention: "attention",
    maxout: "maxout",
    softmax: (count, isShort) => (isShort ? `softmax (${count})` : `softmax over ${count} tokens`),
    next: "next step",
    encoder: "encoder",
    encoderState: (token) => `Encoder state of “${token}”`,
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
    moves: (model, step, input, output, isLast) => {
      const cell = model.cell === "lstm" ? "LSTM (with its cell state beside)" : "GRU";
      const layers =
        model.layers > 1 ? `${model.layers} layers of ${model.cell.toUpperCase()}` : cell;
      const write: Move[] = [
        {
          kinds: ["distribution"],
          says: "Softmax gives every token of the vocabulary a probability.",
        },
        {
          kinds: ["choose", "end"],
          says: ending(output, isLast),
        },
      ];
      if (model.attention === "none") {
        return [
          {
            kinds: ["state"],
            says: `The embedding of “${input}” and the state before go through the ${layers}: the new state h${below(step)}. There is no attention: all that it knows of the source is in this state.`,
          },
          ...write,
        ];
      }
      if (model.attentionPlace === "before") {
        return [
          {
            kinds: looking,
            says: `The state before, s${below(step - 1)}, is compared with each encoder state: scores, then softmax, then weights.`,
          },
          {
            kinds: ["context"],
            says: `The weighted encoder states add up to the context C${below(step)}.`,
          },
          {
            kinds: ["state"],
            says: `The embedding of “${input}”, the context and the state before go through the ${layers}: the new state s${below(step)}. This word does not use it; the next step does.`,
          },
          {
            kinds: ["concatenate"],
            says: `The state before, the embedding and the context, each times its own matrix, are added up.`,
          },
          {
            kinds: ["feedForward"],
            says: "Of each neighbouring pair of sums the larger one is kept (maxout).",
          },
          ...write,
        ];
      }
      const fed = model.inputFeeding
        ? `, the state before and the attentional vector of the step before${step === 1 ? " (zero at first)" : ""} go`
        : ` and the state before go`;
      return [
        {
          kinds: ["state"],
          says: `The embedding of “${input}”${fed} through the ${layers}: the new state h${below(step)}. No word is made from it alone.`,
        },
        {
          kinds: looking,
          says: `h${below(step)} is compared with each encoder state: scores, then softmax, then weights.`,
        },
        {
          kinds: ["context"],
          says: `The weighted encoder states add up to the context C${below(step)}.`,
        },
        {
          kinds: ["concatenate"],
          says: `C${below(step)} and h${below(step)} are joined to one vector.`,
        },
        {
          kinds: ["feedForward"],
          says: `A feed-forward layer with tanh makes the attentional vector h̃${below(step)} of it${model.inputFeeding ? ", which the next step gets too" : ""}.`,
        },
        ...write,
      ];
    },
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
        fed: "送回的向量",
        context: `上下文 C${below(step)}`,
        attentional: `注意力向量 h̃${below(step)}`,
        sums: "各项之和",
        readout: "较大的",
      })[name],
    cell: (kind, layer) => `${kind}${layer && `，第 ${layer} 层`}`,
    attention: "注意力",
    maxout: "maxout",
    softmax: (count, isShort) =>
      isShort ? `softmax（${count}）` : `在 ${count} 个词元上做 softmax`,
    next: "下一步",
    encoder: "编码器",
    encoderState: (token) => `“${token}”的编码器状态`,
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
    moves: (model, step, input, output, isLast) => {
      const cell = model.cell === "lstm" ? "LSTM（还带着它的单元状态）" : "GRU";
      const layers = model.layers > 1 ? `${model.layers} 层 ${model.cell.toUpperCase()}` : cell;
      const write: Move[] = [
        { kinds: ["distribution"], says: "softmax 给词表中的每个词元一个概率。" },
        { kinds: ["choose", "end"], says: endingInChinese(output, isLast) },
      ];
      if (model.attention === "none") {
        return [
          {
            kinds: ["state"],
            says: `“${input}”的词向量和之前的状态经过 ${layers}，得到新状态 h${below(step)}。这里没有注意力：它对源句的全部了解都在这个状态里。`,
          },
          ...write,
        ];
      }
      if (model.attentionPlace === "before") {
        return [
          {
            kinds: looking,
            says: `之前的状态 s${below(step - 1)} 和每个编码器状态比较：先得分数，经过 softmax 成为权重。`,
          },
          { kinds: ["context"], says: `加权后的编码器状态相加，得到上下文 C${below(step)}。` },
          {
            kinds: ["state"],
            says: `“${input}”的词向量、上下文和之前的状态经过 ${layers}，得到新状态 s${below(step)}。这个词用不到它，下一步才用。`,
          },
          {
            kinds: ["concatenate"],
            says: "之前的状态、词向量和上下文各乘自己的矩阵，再加在一起。",
          },
          { kinds: ["feedForward"], says: "每相邻的一对和数只留下较大的一个（maxout）。" },
          ...write,
        ];
      }
      const fed = model.inputFeeding
        ? `、之前的状态和上一步的注意力向量${step === 1 ? "（起初为零）" : ""}`
        : "和之前的状态";
      return [
        {
          kinds: ["state"],
          says: `“${input}”的词向量${fed}经过 ${layers}，得到新状态 h${below(step)}。词并不单独由它产生。`,
        },
        {
          kinds: looking,
          says: `h${below(step)} 和每个编码器状态比较：先得分数，经过 softmax 成为权重。`,
        },
        { kinds: ["context"], says: `加权后的编码器状态相加，得到上下文 C${below(step)}。` },
        { kinds: ["concatenate"], says: `C${below(step)} 和 h${below(step)} 拼接成一个向量。` },
        {
          kinds: ["feedForward"],
          says: `带 tanh 的前馈层把它变成注意力向量 h̃${below(step)}${model.inputFeeding ? "，它也会交给下一步" : ""}。`,
        },
        ...write,
      ];
    },
  },
};
