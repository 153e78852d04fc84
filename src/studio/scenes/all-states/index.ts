import { withoutEncoder } from "../../words/nothingToShow.ts";
import type { SceneDefinition } from "../scene.ts";
import AllStates from "./AllStates.svelte";
import { captions, ofPictures, text } from "./text.ts";

export const scene: SceneDefinition = {
  text,
  ofPictures,
  component: AllStates,
  isArticle: true,
  captions,
  // What the decoder does with the states is told by the scenes after this one.
  plays: () => [{ times: { begin: 700, encode: 1000, handover: 1600 } }],
  lacks: withoutEncoder,
};
