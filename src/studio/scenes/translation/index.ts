import { closedBox } from "../../parts/modelBox/played.ts";
import { withoutSteps } from "../../words/nothingToShow.ts";
import type { SceneDefinition } from "../scene.ts";
import Translation from "./Translation.svelte";
import { captions, ofPictures, text } from "./text.ts";

export const scene: SceneDefinition = {
  text,
  ofPictures,
  component: Translation,
  isArticle: true,
  captions,
  plays: () => closedBox,
  lacks: withoutSteps,
};
