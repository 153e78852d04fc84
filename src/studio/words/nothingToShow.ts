import type { Trace } from "../../trace/trace.ts";
import { hasNoEncoder } from "../picture/picture.ts";
import type { Translated } from "../text/translated.ts";
import { sceneReference } from "./scenes.ts";

/** What scenes of attention say of a model that has none, or of a translation without a step. */
export function withoutAttention(trace: Trace): Translated<string> | null {
  if (trace.model.attention === "none") {
    return {
      en: "This model has no attention: all that its decoder knows of the source is the one context vector. Choose another model at the top to see this picture.",
      zh: "这个模型没有注意力：解码器对源句的全部了解就是那一个上下文向量。在页面上方换一个模型就能看到这幅图。",
    };
  }
  return withoutSteps(trace);
}

/** What scenes of the encoder say of a model that has none, or of a translation without a step. */
export function withoutEncoder(trace: Trace): Translated<string> | null {
  if (!hasNoEncoder(trace)) return withoutSteps(trace);
  return {
    en: `This model has no recurrent encoder: its decoder sees all patches of the picture as they are, in no order. You see in ${sceneReference("encoder-decoder", "en")} how they become vectors, and in ${sceneReference("where-it-looks", "en")} where the decoder looks.`,
    zh: `这个模型没有循环编码器：解码器直接看图片的全部小块，不分先后。${sceneReference("encoder-decoder", "zh")}画出小块怎样变成向量，${sceneReference("where-it-looks", "zh")}画出解码器看向哪里。`,
  };
}

/** What scenes of the decoder say of a translation without a step. */
export function withoutSteps({ steps }: Trace): Translated<string> | null {
  return steps.length > 0
    ? null
    : {
        en: "There is nothing to translate yet: type a sentence.",
        zh: "还没有要翻译的内容：请输入一个句子。",
      };
}
