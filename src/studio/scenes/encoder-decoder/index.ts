import { withoutSteps } from "../../words/nothingToShow.ts";
import type { SceneDefinition } from "../scene.ts";
import EncoderDecoder from "./EncoderDecoder.svelte";
import { ofPictures, text } from "./text.ts";

export const scene: SceneDefinition = {
  text,
  ofPictures,
  component: EncoderDecoder,
  isArticle: true,
  lacks: withoutSteps,
};
