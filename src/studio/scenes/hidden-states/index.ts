import { withoutEncoder } from "../../words/nothingToShow.ts";
import type { SceneDefinition } from "../scene.ts";
import HiddenStates from "./HiddenStates.svelte";
import { captions, ofPictures, text } from "./text.ts";

export const scene: SceneDefinition = {
  text,
  ofPictures,
  component: HiddenStates,
  isArticle: true,
  captions,
  plays: () => [{ times: { encode: 1000, handover: 1600 } }],
  lacks: withoutEncoder,
};
