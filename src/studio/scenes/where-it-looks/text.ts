import type { Translated } from "../../text/translated.ts";
import type { SceneText } from "../scene.ts";

export const text: Translated<SceneText> = {
  en: {
    title: "Where it looks",
    before: [
      "All states are there, but not all matter for the next word. Before the decoder writes, it turns to those that help now: each source word gets a weight between 0 and 1, and the weights add up to 1.",
      "The ribbons show how the next context is mixed. Where they arrive, each is as wide as its word’s weight, and together they are as wide as the whole strip.",
    ],
    after: [
      "Go from word to word and see the light move over the source. It was never told where to look: these weights come from training on translations alone. The next picture shows how they are computed.",
    ],
  },
  zh: {
    title: "它看向哪里",
    before: [
      "所有的状态都在，但对下一个词来说并不是每一个都重要。解码器在写之前先转向此刻有用的那些：每个源词得到一个介于 0 和 1 之间的权重，全部加起来等于 1。",
      "色带画出了下一个上下文向量是怎样混合出来的。每条色带到达时的宽度就是那个词的权重，合在一起正好是整条向量的宽度。",
    ],
    after: [
      "一个词一个词地走下去，看光亮怎样在源句上移动。没有人告诉它该看哪里：这些权重完全来自在译文上的训练。下一幅图会展示它们是怎么算出来的。",
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
      `Before it writes “${output}”, the decoder looks most at “${source}”: ${share} of the weight`,
  },
  zh: {
    step: "写出哪个词的一步",
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
