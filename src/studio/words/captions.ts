/** @file What the bar says of a moment. */

import { isolated } from "../../text/direction.ts";
import type { Trace } from "../../trace/trace.ts";
import { hasNoEncoder, isOfPicture } from "../picture/picture.ts";
import { spelled } from "../text/spelling.ts";
import type { Translated } from "../text/translated.ts";
import type { Moment, MomentKind } from "../timeline/script.ts";

type Captions = Readonly<Record<MomentKind, (input: string, output: string) => string>>;

const ofText: Translated<Captions> = {
  en: {
    begin: () => "The sentence is there, nothing has been read yet",
    embed: () => "All places of the source become vectors at once",
    encode: (input) => `The encoder reads “${input}”`,
    handover: () => "The encoder hands over what it has read",
    state: (input) => `The decoder takes “${input}” and makes a new state`,
    scores: () => "Each source state gets a score",
    softmax: () => "Softmax turns the scores into weights",
    weighting: () => "Each source state is multiplied by its weight",
    context: () => "The weighted states add up to the context",
    upper: () => "The layers above take in the state below and the context",
    concatenate: () => "Context and state are joined",
    feedForward: () => "A feed-forward layer makes one vector of them",
    distribution: () => "Every word of the vocabulary gets a probability",
    choose: (_, output) => `The word is “${output}”`,
    end: () => "The translation is complete",
  },
  zh: {
    begin: () => "句子已经就绪，还没有读入任何词",
    embed: () => "源端的所有位置同时变成向量",
    encode: (input) => `编码器读入“${input}”`,
    handover: () => "编码器把读到的内容交给解码器",
    state: (input) => `解码器收到“${input}”，产生新的状态`,
    scores: () => "给每个源语言状态打分",
    softmax: () => "softmax 把分数变成权重",
    weighting: () => "每个源语言状态乘以自己的权重",
    context: () => "加权后的状态相加，得到上下文向量",
    upper: () => "上面各层收到下层的状态和上下文",
    concatenate: () => "把上下文和状态拼接起来",
    feedForward: () => "前馈层把它们变成一个向量",
    distribution: () => "词表中的每个词都得到一个概率",
    choose: (_, output) => `选出的词是“${output}”`,
    end: () => "译文完成",
  },
};

const ofPicture: Translated<Partial<Captions>> = {
  en: {
    begin: () => "The picture is there, cut into patches; nothing has been read yet",
    embed: () => "All patches become vectors at once",
    encode: (input) => `The encoder reads the patch ${input} (row, column)`,
    scores: () => "Each patch gets a score",
    weighting: () => "The vector of each patch is multiplied by its weight",
    context: () => "The weighted vectors add up to the context",
    end: () => "The caption is complete",
  },
  zh: {
    begin: () => "图片已经就绪，切成了小块；还没有读入任何内容",
    embed: () => "所有小块同时变成向量",
    encode: (input) => `编码器读入小块 ${input}（行,列）`,
    scores: () => "给每个小块打分",
    weighting: () => "每个小块的向量乘以自己的权重",
    context: () => "加权后的向量相加，得到上下文向量",
    end: () => "说明完成",
  },
};

const meanHandedOver: Translated<string> = {
  en: "The mean of all patches makes the decoder’s first state",
  zh: "所有小块的平均成为解码器的初始状态",
};

/** Tells a moment of a translation, or of a caption, in a sentence. */
export function captionOf(
  trace: Trace,
  { kind, step }: Moment,
  locale: keyof Translated<string>,
): string {
  if (kind === "handover" && hasNoEncoder(trace) && trace.model.bridge !== "zero")
    return meanHandedOver[locale];
  const decoderStep = kind === "encode" ? undefined : trace.steps[step ?? -1];
  const position = kind === "encode" ? trace.encoder.order[step as number] : undefined;
  const read = position === undefined ? decoderStep?.input : trace.source.tokens[position];
  const captions = { ...ofText[locale], ...(isOfPicture(trace) && ofPicture[locale]) };
  return captions[kind](
    isolated(spelled(read ?? "")),
    isolated(spelled(decoderStep?.output ?? "")),
  );
}
