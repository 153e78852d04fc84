import type { Trace } from "../../trace/trace.ts";
import { hasNoEncoder } from "../picture/picture.ts";
import type { Translated } from "../text/translated.ts";
import { sceneReference } from "./scenes.ts";

/** What scenes of attention say of a model that has none, or of a translation without a step. */
export function withoutAttention(trace: Trace): Translated<string> | null {
  if (trace.model.attention === "none") {
    return {
      en: "This model has no attention: its decoder sees the source only as one context vector. Choose another model at the top to see this picture.",
      zh: "这个模型没有注意力：解码器看到的源句只是一个上下文向量。在页面上方换一个模型就能看到这幅图。",
    };
  }
  return withoutSteps(trace);
}

/** What scenes of the encoder say of a model that has none, or of a translation without a step. */
export function withoutEncoder(trace: Trace): Translated<string> | null {
  if (!hasNoEncoder(trace)) return withoutSteps(trace);
  return {
    en: `This model has no recurrent encoder: its decoder attends to the patches of the picture directly, in no order. See ${sceneReference("encoder-decoder", "en")} for how the patches become vectors and ${sceneReference("where-it-looks", "en")} for where the decoder looks.`,
    zh: `这个模型没有循环编码器：解码器直接关注图片的全部图像块，不分先后。${sceneReference("encoder-decoder", "zh")}展示图像块怎样变成向量，${sceneReference("where-it-looks", "zh")}展示解码器关注哪里。`,
  };
}

/** What scenes of the decoder say of a translation without a step. */
export function withoutSteps({ steps }: Trace): Translated<string> | null {
  return steps.length > 0
    ? null
    : {
        en: "There is nothing to translate yet. Type a sentence.",
        zh: "还没有要翻译的内容：请输入一个句子。",
      };
}
