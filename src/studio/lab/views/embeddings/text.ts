import { counted } from "../../../../tensor/counted.ts";
import { formatCount } from "../../../text/numbers.ts";
import type { Translated } from "../../../text/translated.ts";

interface EmbeddingsText {
  readonly lead: string;
  readonly label: (tokens: number, step: number) => string;
  readonly loading: string;
  readonly failed: (reason: string) => string;
  readonly none: string;
  readonly side: string;
  readonly sides: { readonly source: string; readonly target: string };
  readonly variance: (share: string) => string;
  readonly way: (token: string, nearest: string) => string;
  readonly keys: string;
  readonly step: (step: number) => string;
}

/** The words of the map of embeddings. */
export const embeddingsText: Translated<EmbeddingsText> = {
  en: {
    lead: "Each token is where its vector lies in the plane that keeps most of the variance of the newest checkpoint. All checkpoints are drawn in this one plane, so what moves on the map has moved in the model.",
    label: (tokens, step) =>
      `The vectors of ${formatCount(tokens)} tokens after ${counted(step, "step")}`,
    loading: "Loading the embeddings…",
    failed: (reason) => `The embeddings could not be drawn: ${reason}`,
    none: "This model has no embeddings of tokens.",
    side: "Whose tokens",
    sides: { source: "source", target: "target" },
    variance: (share) => `The plane keeps ${share} of the variance; the rest cannot be seen here.`,
    way: (token, nearest) =>
      `“${token}” and its way from the first checkpoint on. Nearest now: ${nearest}.`,
    keys: "Select a token to see its way; the arrow keys go from token to token.",
    step: (step) => `Step ${formatCount(step)}`,
  },
  zh: {
    lead: "每个词元画在它的向量所在的位置，平面取最新检查点方差最大的那个平面。所有检查点都画在这同一个平面上，所以地图上移动的，就是模型里移动的。",
    label: (tokens, step) => `训练 ${formatCount(step)} 步之后 ${formatCount(tokens)} 个词元的向量`,
    loading: "正在读取词向量……",
    failed: (reason) => `无法画出词向量：${reason}`,
    none: "这个模型没有词元的词向量。",
    side: "哪一侧的词元",
    sides: { source: "源端", target: "目标端" },
    variance: (share) => `这个平面保留了 ${share} 的方差；其余的在这里看不到。`,
    way: (token, nearest) => `“${token}”和它从第一个检查点以来的路线。现在离它最近的：${nearest}。`,
    keys: "选中一个词元可以看到它的路线；方向键从一个词元走到下一个。",
    step: (step) => `第 ${formatCount(step)} 步`,
  },
};
