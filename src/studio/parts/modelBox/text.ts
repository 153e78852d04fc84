import { wiringOf } from "../../../models/wiring.ts";
import type { Trace } from "../../../trace/trace.ts";
import { hasNoEncoder, isOfPicture } from "../../picture/picture.ts";
import { spelled } from "../../text/spelling.ts";
import type { Translated } from "../../text/translated.ts";
import type { Moment } from "../../timeline/script.ts";

/** What the items of a source are. */
export type SourceKind = "word" | "piece" | "letter" | "patch";

/** What the items of a sequence are; tokens, where it is not known whether they are words. */
export type ItemKind = SourceKind | "token";

/** What the box of the encoder is called, and what it makes. */
interface EncoderWords {
  readonly encoder: string;
  readonly encoderState: (token: string) => string;
  readonly scale: string;
}

interface BoxText {
  readonly model: string;
  readonly encoder: string;
  readonly decoder: string;
  readonly goesIn: string;
  readonly comesOut: string;
  readonly items: (count: number, kind: ItemKind) => string;
  readonly progress: (done: number, of: number, kind: ItemKind) => string;
  readonly waits: string;
  readonly reads: (token: string) => string;
  readonly readsAgain: (layer: number, of: number) => string;
  readonly readsPatch: (place: string) => string;
  readonly takesAll: (count: number) => string;
  readonly hasRead: string;
  readonly works: (place: number, kind: ItemKind) => string;
  readonly writes: (token: string) => string;
  readonly stops: string;
  readonly isDone: string;
  readonly encoderState: (token: string) => string;
  /** The same where there is no encoder, and the decoder sees each patch as it is. */
  readonly patches: EncoderWords;
  readonly half: Readonly<Record<"forward" | "backward", string>>;
  readonly scales: Readonly<Record<"encoder" | "decoder" | "context", string>>;
  readonly cellNote: string;
}

const nouns: Readonly<Record<ItemKind, readonly [string, string]>> = {
  word: ["word", "words"],
  piece: ["piece", "pieces"],
  letter: ["character", "characters"],
  patch: ["patch", "patches"],
  token: ["token", "tokens"],
};
const chineseNouns: Readonly<Record<ItemKind, string>> = {
  word: "个词",
  piece: "个词元",
  letter: "个字符",
  patch: "个图像块",
  token: "个词元",
};

/** The words that the scenes of the model's box share. */
export const boxText: Translated<BoxText> = {
  en: {
    model: "Sequence-to-sequence model",
    encoder: "Encoder",
    decoder: "Decoder",
    goesIn: "goes in",
    comesOut: "comes out",
    items: (count, kind) => `${count} ${nouns[kind][count === 1 ? 0 : 1]}`,
    progress: (done, of, kind) => `${done} of ${of} ${nouns[kind][of === 1 ? 0 : 1]}`,
    waits: "waits",
    reads: (token) => `reads “${token}”`,
    readsAgain: (layer, of) => `reads the states below, in layer ${layer} of ${of}`,
    readsPatch: (place) => `reads the patch ${place} (row, column)`,
    takesAll: (count) => `reads all ${count} patches at once`,
    hasRead: "has read the whole source",
    works: (place, kind) => `works on ${nouns[kind][0]} ${place}`,
    writes: (token) => `writes “${token}”`,
    stops: "writes the end of the sentence",
    isDone: "has finished",
    encoderState: (token) => `Encoder state at “${token}”`,
    patches: {
      encoder: "Patches as vectors",
      encoderState: (token) => `Vector of patch ${token}`,
      scale: "patch vectors",
    },
    half: { forward: "forward half", backward: "backward half" },
    scales: { encoder: "encoder states", decoder: "decoder states", context: "context" },
    cellNote:
      "An LSTM also carries a cell state beside the hidden state. It takes the same path and is not drawn here.",
  },
  zh: {
    model: "序列到序列模型",
    encoder: "编码器",
    decoder: "解码器",
    goesIn: "输入",
    comesOut: "输出",
    items: (count, kind) => `${count} ${chineseNouns[kind]}`,
    progress: (done, of, kind) => `${done} / ${of} ${chineseNouns[kind]}`,
    waits: "等待中",
    reads: (token) => `读入“${token}”`,
    readsAgain: (layer, of) => `读取下面一层的状态：第 ${layer} 层，共 ${of} 层`,
    readsPatch: (place) => `读入图像块 ${place}（行,列）`,
    takesAll: (count) => `同时读入全部 ${count} 个图像块`,
    hasRead: "已经全部读完",
    works: (place, kind) => `正在算第 ${place} ${chineseNouns[kind]}`,
    writes: (token) => `写出“${token}”`,
    stops: "写出句末符号",
    isDone: "完成",
    encoderState: (token) => `“${token}”处的编码器状态`,
    patches: {
      encoder: "图像块向量",
      encoderState: (token) => `图像块 ${token} 的向量`,
      scale: "图像块的向量",
    },
    half: { forward: "正向部分", backward: "反向部分" },
    scales: { encoder: "编码器状态", decoder: "解码器状态", context: "上下文" },
    cellNote: "LSTM 除了隐藏状态之外还有单元状态；它沿同样的路径传递，这里没有画出。",
  },
};

/** What kind of items a sequence has, judged by its spellings. */
function itemKind(tokens: readonly string[]): Exclude<SourceKind, "patch"> {
  if (tokens.some((token) => token.startsWith("\u2581"))) return "piece";
  const spellings = tokens.filter((token) => !/^<.*>$/.test(token));
  const areLetters = spellings.length > 0 && spellings.every((token) => [...token].length === 1);
  return areLetters ? "letter" : "word";
}

/** What the items of a source are. */
export function sourceKind(trace: Trace): SourceKind {
  return isOfPicture(trace) ? "patch" : itemKind(trace.source.tokens);
}

/** What the items of a translation are. Of letters, a model may make words, or the sounds of one word. */
export function targetKind(trace: Trace): ItemKind {
  const kind = itemKind(trace.steps.map(({ output }) => output));
  return kind === "word" && sourceKind(trace) === "letter" ? "token" : kind;
}

/** How the encoder is spoken of; where there is none, the patches that stand in its place. */
export function encoderWords(trace: Trace, text: BoxText): EncoderWords {
  if (hasNoEncoder(trace)) return text.patches;
  const { encoder, encoderState, scales } = text;
  return { encoder, encoderState, scale: scales.encoder };
}

/** What the model is doing at a moment. */
export function statusAt(trace: Trace, moment: Moment, text: BoxText): string {
  const { kind, step, layer } = moment;
  if (kind === "begin") return text.waits;
  if (kind === "end") return text.isDone;
  if (kind === "embed") return text.takesAll(trace.source.tokens.length);
  if (kind === "handover") return text.hasRead;
  if (kind === "encode") {
    if ((layer ?? 0) > 0)
      return text.readsAgain((layer ?? 0) + 1, wiringOf(trace.model).encoder.length);
    const token = spelled(trace.source.tokens[trace.encoder.order[step ?? 0] ?? 0] ?? "");
    return isOfPicture(trace) ? text.readsPatch(token) : text.reads(token);
  }
  const { output = "" } = trace.steps[step ?? 0] ?? {};
  if (kind === "choose") return output === "</s>" ? text.stops : text.writes(spelled(output));
  return text.works((step ?? 0) + 1, targetKind(trace));
}

/** What has come out so far, as a sentence without its end sign. */
export function writtenText(tokens: readonly string[], writing: readonly number[]): string {
  const shown = tokens.filter((token, step) => (writing[step] ?? 0) >= 1 && !/^<.*>$/.test(token));
  const glue = itemKind(tokens) === "word" ? " " : "";
  return shown.join(glue).replaceAll("\u2581", " ").trim();
}
