/** @file What the bar says of a moment. */

import { wiringOf } from "../../models/wiring.ts";
import { indexOfLargest } from "../../tensor/extremes.ts";
import { endId } from "../../tensor/specialIds.ts";
import { isolated } from "../../text/direction.ts";
import type { Trace } from "../../trace/trace.ts";
import { hasNoEncoder, isOfPicture } from "../picture/picture.ts";
import { vectorAt } from "../scale/domain.ts";
import { formatShare } from "../text/numbers.ts";
import { spelled } from "../text/spelling.ts";
import type { Locale, Translated } from "../text/translated.ts";
import type { Moment, MomentKind } from "../timeline/script.ts";

/** What a caption can tell of a moment. */
export interface Told {
  /** What the encoder or the decoder reads, as it is named in a sentence: a token in quotes, or a patch. */
  readonly input: string;
  /** The token that the decoder writes, in quotes. */
  readonly output: string;
  /** Whether what it writes ends the sentence. */
  readonly isEnd: boolean;
  /** Which step of the encoder or the decoder it is, from 1, and of how many. */
  readonly step: number;
  readonly steps: number;
  /** What of the source has the largest attention weight, and that weight; "" without attention. */
  readonly attended: string;
  readonly share: string;
}

/** A caption for each kind of moment that a scene describes its own way. */
export type SceneCaptions = Readonly<Partial<Record<MomentKind, (told: Told) => string>>>;

type Captions = Readonly<Record<MomentKind, (told: Told) => string>>;

const ofText: Translated<Captions> = {
  en: {
    begin: () => "The sentence is ready; nothing has been read yet",
    embed: () => "All source positions become vectors at once",
    encode: ({ input }) => `The encoder reads ${input}`,
    handover: () => "The encoder hands its states over to the decoder",
    state: ({ input }) => `The decoder reads ${input} and computes a new state`,
    scores: () => "Each encoder state gets a score",
    softmax: () => "Softmax turns the scores into weights",
    weighting: () => "Each encoder state is multiplied by its weight",
    context: () => "The weighted states add up to the context",
    upper: () => "The layers above read the state below and the context",
    concatenate: () => "Context and state are concatenated",
    feedForward: () => "A feed-forward layer turns them into one vector",
    distribution: () => "Every token of the vocabulary gets a probability",
    choose: ({ output }) => `The decoder writes ${output}`,
    end: () => "The translation is complete",
  },
  zh: {
    begin: () => "句子已经就绪，还没有读入任何词",
    embed: () => "源端的所有位置同时变成向量",
    encode: ({ input }) => `编码器读入${input}`,
    handover: () => "编码器把状态传给解码器",
    state: ({ input }) => `解码器读入${input}，算出新的状态`,
    scores: () => "给每个编码器状态打分",
    softmax: () => "softmax 把分数变成权重",
    weighting: () => "每个编码器状态乘以自己的权重",
    context: () => "加权后的状态相加，得到上下文向量",
    upper: () => "上面各层读取下层的状态和上下文",
    concatenate: () => "把上下文和状态拼接起来",
    feedForward: () => "前馈层把它们变成一个向量",
    distribution: () => "词表中的每个词元都得到一个概率",
    choose: ({ output }) => `解码器写出${output}`,
    end: () => "译文完成",
  },
};

const ofPicture: Translated<SceneCaptions> = {
  en: {
    begin: () => "The picture is cut into patches; nothing has been read yet",
    embed: () => "All patches become vectors at once",
    scores: () => "Each patch gets a score",
    weighting: () => "The vector of each patch is multiplied by its weight",
    context: () => "The weighted vectors add up to the context",
    end: () => "The caption is complete",
  },
  zh: {
    begin: () => "图片已经切成图像块，还没有读入任何内容",
    embed: () => "所有图像块同时变成向量",
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

/** How a token or a patch is named in a sentence. */
const names: Translated<Readonly<Record<"token" | "patch", (name: string) => string>>> = {
  en: { token: (name) => `“${name}”`, patch: (name) => `patch ${name} (row, column)` },
  zh: { token: (name) => `“${name}”`, patch: (name) => `图像块 ${name}（行,列）` },
};

/**
 * Tells a moment of a translation, or of a caption, in a sentence.
 *
 * @param own what the scene that shows it says of its moments.
 */
export function captionOf(
  trace: Trace,
  moment: Moment,
  locale: Locale,
  own?: Translated<SceneCaptions>,
): string {
  const { kind } = moment;
  const told = toldOf(trace, moment, locale);
  const isMean = kind === "handover" && hasNoEncoder(trace);
  if (isMean && !wiringOf(trace.model).startsAtZero) return meanHandedOver[locale];
  const captions = {
    ...ofText[locale],
    ...(isOfPicture(trace) && ofPicture[locale]),
    ...own?.[locale],
  };
  const caption = captions[kind](told);
  return caption.charAt(0).toUpperCase() + caption.slice(1);
}

function toldOf(trace: Trace, { kind, step }: Moment, locale: Locale): Told {
  const { source, encoder, steps } = trace;
  const { token, patch } = names[locale];
  const written = (text: string | undefined): string => token(isolated(spelled(text ?? "")));
  const place = (at: number): string =>
    isOfPicture(trace) ? patch(source.tokens[at] ?? "") : written(source.tokens[at]);
  if (kind === "encode") {
    const nothing = { output: "", isEnd: false, attended: "", share: "" };
    const at = step as number;
    const input = place(encoder.order[at] as number);
    return { ...nothing, input, step: at + 1, steps: source.tokens.length };
  }
  const current = steps[step ?? -1];
  const isAttending = current !== undefined && trace.model.attention !== "none";
  const weights = isAttending
    ? vectorAt(trace, "decoder", "attention.weights", step as number)
    : [];
  const best = indexOfLargest(weights);
  return {
    input: written(current?.input),
    output: written(current?.output),
    isEnd: current?.outputId === endId,
    step: (step ?? 0) + 1,
    steps: steps.length,
    attended: isAttending ? place(best) : "",
    share: isAttending ? formatShare(weights[best] ?? 0) : "",
  };
}
