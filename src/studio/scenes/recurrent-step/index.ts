import { withoutEncoder } from "../../words/nothingToShow.ts";
import type { SceneDefinition } from "../scene.ts";
import RecurrentStep from "./RecurrentStep.svelte";
import { captions, ofPictures, text } from "./text.ts";

export const scene: SceneDefinition = {
  text,
  ofPictures,
  component: RecurrentStep,
  isArticle: true,
  captions,
  plays: () => [{ times: { encode: 1400 } }],
  lacks: withoutEncoder,
};
