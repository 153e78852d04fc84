import { counted } from "../../../../tensor/counted.ts";
import { formatCount } from "../../../text/numbers.ts";
import type { Translated } from "../../../text/translated.ts";

interface FilmText {
  readonly matrix: (step: number) => string;
  readonly matrixLabel: (step: number, target: string, source: string, share: string) => string;
  readonly cell: (target: string, source: string, isRight: boolean) => string;
  readonly noEnd: (more: number) => string;
  readonly weight: string;
  readonly output: string;
  readonly wanted: string;
  readonly film: string;
  readonly filmLabel: (count: number, first: number, last: number) => string;
  readonly frame: (step: number, output: string, isRight: boolean | null) => string;
  readonly noAttention: string;
  readonly probabilities: (step: number) => string;
  readonly token: (token: string, probability: string, isRight: boolean | null) => string;
  readonly probability: string;
  readonly outputs: string;
  readonly step: (step: number) => string;
  readonly none: string;
}

/** The words of the alignment as it forms. */
export const filmText: Translated<FilmText> = {
  en: {
    matrix: (step) => `Attention after ${counted(step, "step")}`,
    matrixLabel: (step, target, source, share) =>
      `Attention after ${counted(step, "step")}. The clearest row: “${target}” gives ${share} of its weight to “${source}”.`,
    cell: (target, source, isRight) => `“${target}”${isRight ? "" : " (wrong)"} from “${source}”`,
    noEnd: (more) => `${formatCount(more)} more without an end`,
    weight: "Weight",
    output: "output",
    wanted: "right answer",
    film: "How it came about",
    filmLabel: (count, first, last) =>
      `The same source at ${count} checkpoints, from step ${formatCount(first)} to step ${formatCount(last)}`,
    frame: (step, output, isRight) =>
      `step ${formatCount(step)}, output ${output === "" ? "empty" : output}${isRight === null ? "" : isRight ? ", right" : ", wrong"}`,
    noAttention:
      "This model has no attention: the decoder only gets the encoder’s last state, so there are no weights to show. Here is what it says, and how sure it is of each token.",
    probabilities: (step) => `Probability of each token after ${counted(step, "step")}`,
    token: (token, probability, isRight) =>
      `“${token}” ${probability}${isRight === false ? ", wrong" : ""}`,
    probability: "probability",
    outputs: "Its output at each checkpoint",
    step: (step) => `step ${formatCount(step)}`,
    none: "The first checkpoint is not there yet.",
  },
  zh: {
    matrix: (step) => `训练 ${formatCount(step)} 步之后的注意力`,
    matrixLabel: (step, target, source, share) =>
      `训练 ${formatCount(step)} 步之后的注意力。最清楚的一行：“${target}”有 ${share} 的权重在“${source}”上。`,
    cell: (target, source, isRight) => `“${target}”${isRight ? "" : "（错误）"}来自“${source}”`,
    noEnd: (more) => `后面还有 ${formatCount(more)} 个，没有结束`,
    weight: "权重",
    output: "输出",
    wanted: "正确答案",
    film: "它是怎样形成的",
    filmLabel: (count, first, last) =>
      `同一个输入在 ${count} 个检查点上的样子，从第 ${formatCount(first)} 步到第 ${formatCount(last)} 步`,
    frame: (step, output, isRight) =>
      `第 ${formatCount(step)} 步，输出${output === "" ? "为空" : output}${isRight === null ? "" : isRight ? "，正确" : "，错误"}`,
    noAttention:
      "这个模型没有注意力：解码器只得到编码器的最后一个状态，所以没有权重可看。下面是它的输出，以及它对每个词元有多大把握。",
    probabilities: (step) => `训练 ${formatCount(step)} 步之后每个词元的概率`,
    token: (token, probability, isRight) =>
      `“${token}” ${probability}${isRight === false ? "，错误" : ""}`,
    probability: "概率",
    outputs: "各个检查点上的输出",
    step: (step) => `第 ${formatCount(step)} 步`,
    none: "还没有第一个检查点。",
  },
};
