/** @file What the bar says of a moment. */

import { wiringOf } from "../../models/wiring.ts";
import { isolated } from "../../text/direction.ts";
import type { Trace } from "../../trace/trace.ts";
import { hasNoEncoder, isOfPicture } from "../picture/picture.ts";
import { spelled } from "../text/spelling.ts";
import type { Translated } from "../text/translated.ts";
import type { Moment, MomentKind } from "../timeline/script.ts";

type Captions = Readonly<Record<MomentKind, (input: string, output: string) => string>>;

const ofText: Translated<Captions> = {
  en: {
    begin: () => "The sentence is ready; nothing has been read yet",
    embed: () => "All source positions become vectors at once",
    encode: (input) => `The encoder reads “${input}”`,
    handover: () => "The encoder hands its states over to the decoder",
    state: (input) => `The decoder reads “${input}” and computes a new state`,
    scores: () => "Each encoder state gets a score",
    softmax: () => "Softmax turns the scores into weights",
    weighting: () => "Each encoder state is multiplied by its weight",
    context: () => "The weighted states add up to the context",
    upper: () => "The layers above read the state below and the context",
    concatenate: () => "Context and state are concatenated",
    feedForward: () => "A feed-forward layer turns them into one vector",
    distribution: () => "Every token of the vocabulary gets a probability",
    choose: (_, output) => `The decoder writes “${output}”`,
    end: () => "The translation is complete",
  },
  zh: {
    begin: () => "句子已经就绪，还没有读入任何词",
    embed: () => "源端的所有位置同时变成向量",
    encode: (input) => `编码器读入“${input}”`,
    handover: () => "编码器把状态传给解码器",
    state: (input) => `解码器读入“${input}”，算出新的状态`,
    scores: () => "给每个编码器状态打分",
    softmax: () => "softmax 把分数变成权重",
    weighting: () => "每个编码器状态乘以自己的权重",
    context: () => "加权后的状态相加，得到上下文向量",
    upper: () => "上面各层读取下层的状态和上下文",
    concatenate: () => "把上下文和状态拼接起来",
    feedForward: () => "前馈层把它们变成一个向量",
    distribution: () => "词表中的每个词元都得到一个概率",
    choose: (_, output) => `解码器写出“${output}”`,
    end: () => "译文完成",
  },
};

const ofPicture: Translated<Partial<Captions>> = {
  en: {
    begin: () => "The picture is cut into patches; nothing has been read yet",
    embed: () => "All patches become vectors at once",
    encode: (input) => `The encoder reads the patch ${input} (row, column)`,
    scores: () => "Each patch gets a score",
    weighting: () => "The vector of each patch is multiplied by its weight",
    context: () => "The weighted vectors add up to the context",
    end: () => "The caption is complete",
  },
  zh: {
    begin: () => "图片已经切成图像块，还没有读入任何内容",
    embed: () => "所有图像块同时变成向量",
    encode: (input) => `编码器读入图像块 ${input}（行,列）`,
    scores: () => "给每个图像块打分",
    weighting: () => "每个图像块的向量乘以自己的权重",
    context: () => "加权后的向量相加，得到上下文向量",
    end: () => "描述完成",
  },
};

const meanHandedOver: Translated<string> = {
  en: "The mean of all patches gives the decoder’s initial state",
  zh: "由全部图像块的平均得到解码器的初始状态",
};

/** Tells a moment of a translation, or of a caption, in a sentence. */
export function captionOf(
  trace: Trace,
  { kind, step }: Moment,
  locale: keyof Translated<string>,
): string {
  if (kind === "handover" && hasNoEncoder(trace) && !wiringOf(trace.model).startsAtZero)
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
