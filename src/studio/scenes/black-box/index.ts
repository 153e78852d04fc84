import { closedBox } from "../../parts/modelBox/played.ts";
import { withoutSteps } from "../../words/nothingToShow.ts";
import type { SceneDefinition } from "../scene.ts";
import BlackBox from "./BlackBox.svelte";
import { captions, text } from "./text.ts";

export const scene: SceneDefinition = {
  text,
  component: BlackBox,
  isArticle: true,
  captions,
  plays: () => closedBox,
  lacks: withoutSteps,
};
