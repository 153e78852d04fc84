import { withoutEncoder } from "../../words/nothingToShow.ts";
import type { SceneDefinition } from "../scene.ts";
import { ofPictures, text } from "./text.ts";
import Unrolled from "./Unrolled.svelte";

export const scene: SceneDefinition = {
  text,
  ofPictures,
  component: Unrolled,
  isArticle: true,
  lacks: withoutEncoder,
};
