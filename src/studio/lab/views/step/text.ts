import { formatCount } from "../../../text/numbers.ts";
import type { Translated } from "../../../text/translated.ts";

interface StepText {
  readonly title: (step: number) => string;
  readonly lead: (pairs: number, tokens: number) => string;
  readonly isRandom: string;
  readonly batch: string;
  readonly choose: (pair: number) => string;
  /** What stands before the pair that is looked at more closely. */
  readonly chosen: (pair: number) => string;
  readonly source: string;
  readonly target: string;
  readonly padding: (count: number) => string;
  readonly tokenLoss: (token: string, loss: string) => string;
  readonly sum: string;
  readonly all: (count: number) => string;
  readonly fewer: string;
  readonly pair: (source: string, target: string) => string;
  readonly place: string;
  readonly input: string;
  readonly wanted: string;
  readonly loss: string;
  readonly probability: string;
  readonly best: string;
  readonly attention: string;
  readonly cell: (target: string, source: string) => string;
  readonly weight: string;
  readonly masked: string;
  readonly noAttention: string;
  readonly norms: string;
  readonly normsLabel: string;
  readonly normSum: (sum: string, norm: string) => string;
  readonly made: string;
  readonly softmax: (token: string, place: number) => string;
  readonly logarithm: (token: string, probability: string, loss: string) => string;
  readonly unlisted: string;
  readonly pairSum: string;
  readonly batchSum: (pairs: number, tokens: number) => string;
  readonly shade: string;
}

/** The words of one step in full. */
export const stepText: Translated<StepText> = {
  en: {
    title: (step) => `Step ${formatCount(step)} in full`,
    lead: (pairs, tokens) =>
      `The batch has ${formatCount(pairs)} pairs with ${formatCount(tokens)} target tokens in all.`,
    isRandom:
      "Dropout, or tokens that the model wrote in place of the right ones, took part in this step; another draw would give other losses.",
    batch: "The batch: its tokens, its padding, and the loss of each target token",
    choose: (pair) => `Pair ${formatCount(pair)}`,
    chosen: (pair) => `Pair ${formatCount(pair)}:`,
    source: "source",
    target: "target",
    padding: (count) => `${formatCount(count)} places of padding`,
    tokenLoss: (token, loss) => `${token}: loss ${loss}`,
    sum: "sum of losses",
    all: (count) => `Show all ${formatCount(count)} pairs`,
    fewer: "Show fewer pairs",
    pair: (source, target) => `${source} → ${target}`,
    place: "place",
    input: "decoder’s input",
    wanted: "right token",
    loss: "−ln p",
    probability: "p",
    best: "most probable tokens",
    attention: "Attention of this pair in this step",
    cell: (target, source) => `“${target}” from “${source}”`,
    weight: "Weight",
    masked: "The mask gives padding the weight 0.",
    noAttention: "This model has no attention.",
    norms: "Gradient norm by part",
    normsLabel: "How steep the loss is along the weights of each part",
    normSum: (sum, norm) => `√(${sum}) = ${norm}, the norm of the whole gradient`,
    made: "How the loss is made",
    softmax: (token, place) =>
      `1. At place ${formatCount(place)} the softmax gives each token a probability. The right token is “${token}”.`,
    logarithm: (token, probability, loss) => `−ln p(${token}) = −ln ${probability} = ${loss}`,
    unlisted: "It is not among the most probable ones; its p is e to the power of −loss.",
    pairSum: "2. The losses of the pair’s tokens are added; padding adds nothing.",
    batchSum: (pairs, tokens) =>
      `3. The sums of all ${formatCount(pairs)} pairs are added and divided by the ${formatCount(tokens)} target tokens.`,
    shade:
      "The darker a target token, the larger its loss. Hatched places are padding, which the mask leaves out.",
  },
  zh: {
    title: (step) => `第 ${formatCount(step)} 步的全部`,
    lead: (pairs, tokens) =>
      `这一批有 ${formatCount(pairs)} 对数据，共 ${formatCount(tokens)} 个目标词元。`,
    isRandom:
      "这一步用了 dropout，或用模型自己写出的词元代替了正确的词元；重新抽样会得到不同的损失。",
    batch: "这一批：词元、填充，以及每个目标词元的损失",
    choose: (pair) => `第 ${formatCount(pair)} 对`,
    chosen: (pair) => `第 ${formatCount(pair)} 对：`,
    source: "输入",
    target: "目标",
    padding: (count) => `${formatCount(count)} 个填充位置`,
    tokenLoss: (token, loss) => `${token}：损失 ${loss}`,
    sum: "损失之和",
    all: (count) => `显示全部 ${formatCount(count)} 对`,
    fewer: "少显示一些",
    pair: (source, target) => `${source} → ${target}`,
    place: "位置",
    input: "解码器的输入",
    wanted: "正确词元",
    loss: "−ln p",
    probability: "p",
    best: "概率最大的词元",
    attention: "这一步里这对数据的注意力",
    cell: (target, source) => `“${target}”来自“${source}”`,
    weight: "权重",
    masked: "掩码让填充的权重为 0。",
    noAttention: "这个模型没有注意力。",
    norms: "各部分的梯度范数",
    normsLabel: "损失沿各部分权重的陡峭程度",
    normSum: (sum, norm) => `√(${sum}) = ${norm}，即整个梯度的范数`,
    made: "损失是怎样算出来的",
    softmax: (token, place) =>
      `1. 在第 ${formatCount(place)} 个位置，softmax 给每个词元一个概率。正确的词元是“${token}”。`,
    logarithm: (token, probability, loss) => `−ln p(${token}) = −ln ${probability} = ${loss}`,
    unlisted: "它不在概率最大的词元之中；它的 p 由 e 的 −损失 次方得到。",
    pairSum: "2. 把这一对各词元的损失相加；填充不增加任何损失。",
    batchSum: (pairs, tokens) =>
      `3. 把全部 ${formatCount(pairs)} 对的和相加，再除以 ${formatCount(tokens)} 个目标词元。`,
    shade: "目标词元颜色越深，损失越大。带斜线的位置是填充，掩码会把它们排除在外。",
  },
};
