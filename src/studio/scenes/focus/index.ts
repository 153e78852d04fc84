import { withoutAttention } from "../../words/nothingToShow.ts";
import type { SceneDefinition } from "../scene.ts";
import Focus from "./Focus.svelte";
import { captions, ofPictures, text } from "./text.ts";

export const scene: SceneDefinition = {
  text,
  ofPictures,
  component: Focus,
  isArticle: true,
  captions,
  // One moment for each column.
  plays: () => [{ times: { softmax: 800, context: 600, choose: 700 } }],
  lacks: withoutAttention,
};
