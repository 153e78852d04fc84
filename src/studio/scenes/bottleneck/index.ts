import { isOfPicture } from "../../picture/picture.ts";
import type { Translated } from "../../text/translated.ts";
import type { SceneDefinition } from "../scene.ts";
import Bottleneck from "./Bottleneck.svelte";
import { text } from "./text.ts";

const ofPicture: Translated<string> = {
  en: "All pictures have the same number of patches, so models cannot be compared by length here. Choose a model that reads text at the top to see this picture.",
  zh: "所有图片都切成同样多的图像块，因此无法按长度比较模型。在页面上方换一个读取文字的模型就能看到这幅图。",
};

export const scene: SceneDefinition = {
  text,
  component: Bottleneck,
  isArticle: false,
  isOfFiles: true,
  // It compares whole translations; a translation's moments change nothing here.
  lacks: (trace) => (isOfPicture(trace) ? ofPicture : null),
};
