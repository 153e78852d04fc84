import { withoutAttention } from "../../words/nothingToShow.ts";
import type { SceneDefinition } from "../scene.ts";
import Alignment from "./Alignment.svelte";
import { captions, ofPictures, text } from "./text.ts";

export const scene: SceneDefinition = {
  text,
  ofPictures,
  component: Alignment,
  isArticle: true,
  captions,
  // The whole matrix is always there; playing points at the row of each word.
  plays: () => [{ times: { choose: 900 } }],
  lacks: withoutAttention,
};
