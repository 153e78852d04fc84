import { withoutSteps } from "../../words/nothingToShow.ts";
import type { SceneDefinition } from "../scene.ts";
import ContextVector from "./ContextVector.svelte";
import { captions, ofPictures, text } from "./text.ts";

export const scene: SceneDefinition = {
  text,
  ofPictures,
  component: ContextVector,
  isArticle: true,
  captions,
  // What the encoder hands over, and with attention the context of each word.
  plays: ({ model }) => [
    { times: { handover: 2400 } },
    ...(model.attention === "none" ? [] : [{ times: { context: 2000 } }]),
  ],
  lacks: withoutSteps,
};
