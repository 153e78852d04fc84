import { isOfPicture } from "../../picture/picture.ts";
import type { Translated } from "../../text/translated.ts";
import type { SceneDefinition } from "../scene.ts";
import Bottleneck from "./Bottleneck.svelte";
import { text } from "./text.ts";

const ofPicture: Translated<string> = {
  en: "Pictures have no length by which this model could be compared with one without attention: all are cut into equally many patches. Choose a model that reads text at the top to see this picture.",
  zh: "图片没有长短之分：每张都切成同样多的小块，因此无法按长度和没有注意力的模型比较。在页面上方换一个读取文字的模型就能看到这幅图。",
};

export const scene: SceneDefinition = {
  text,
  component: Bottleneck,
  isArticle: false,
  // It compares whole translations; a translation's moments change nothing here.
  lacks: (trace) => (isOfPicture(trace) ? ofPicture : null),
  range: (moments) => [moments.length - 1, moments.length - 1],
};
