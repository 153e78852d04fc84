import type { Translated } from "../../text/translated.ts";
import type { SceneCaptions } from "../../words/captions.ts";
import type { SceneText } from "../scene.ts";

export const text: Translated<SceneText> = {
  en: {
    title: "Where it looks",
    before: [
      "All encoder states are available, but not all of them matter for the next word. At each step the decoder gives every source word a weight between 0 and 1; the weights add up to 1.",
      "The ribbons show how the context is mixed. At its lower end, each ribbon is as wide as the weight of its word; together they are as wide as the context.",
    ],
    after: [
      "Step from word to word and watch the light move over the source. Nobody labelled where to look: the model has learned these weights from translations alone. The next picture shows how they are computed.",
    ],
  },
  zh: {
    title: "它关注哪里",
    before: [
      "所有编码器状态都可以使用，但对下一个词来说并非个个重要。解码器在每一步给每个源词一个 0 到 1 之间的权重，全部权重之和为 1。",
      "色带表示上下文向量怎样由各个状态加权混合而成：每条色带下端的宽度就是那个词的权重，合起来正好是整个上下文向量的宽度。",
    ],
    after: [
      "逐词往下走，看亮处怎样在源句上移动。没有人标注过该关注哪里：模型只从译文中学到了这些权重。下一幅图展示它们的计算过程。",
    ],
  },
};

/** The words inside the picture. */
export const pictureText: Translated<{
  readonly step: string;
  readonly context: string;
  readonly decoder: (step: number) => string;
  readonly written: string;
  readonly nothingYet: string;
  readonly weightOf: (token: string) => string;
  readonly weight: string;
  readonly label: (output: string, source: string, share: string) => string;
}> = {
  en: {
    step: "Step that writes",
    context: "context",
    decoder: (step) => `decoder, step ${step}`,
    written: "written so far",
    nothingYet: "nothing is written yet",
    weightOf: (token) => `Weight of “${token}”`,
    weight: "Weight",
    label: (output, source, share) =>
      `Before writing “${output}”, the decoder attends most to “${source}”: ${share} of the weight`,
  },
  zh: {
    step: "正在写的词",
    context: "上下文",
    decoder: (step) => `解码器，第 ${step} 步`,
    written: "已经写出的词",
    nothingYet: "还没有写出任何词",
    weightOf: (token) => `“${token}”的权重`,
    weight: "权重",
    label: (output, source, share) =>
      `写出“${output}”之前，解码器最关注“${source}”：占 ${share} 的权重`,
  },
};

export const captions: Translated<SceneCaptions> = {
  en: {
    choose: ({ output, attended, share }) =>
      `The decoder writes ${output} and looks most at ${attended} (${share})`,
  },
  zh: {
    choose: ({ output, attended, share }) => `解码器写出${output}，最关注${attended}（${share}）`,
  },
};
