import { withoutSteps } from "../../words/nothingToShow.ts";
import type { SceneDefinition } from "../scene.ts";
import BlackBox from "./BlackBox.svelte";
import { text } from "./text.ts";

export const scene: SceneDefinition = {
  text,
  component: BlackBox,
  isArticle: true,
  lacks: withoutSteps,
};
