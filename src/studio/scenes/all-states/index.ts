import { withoutEncoder } from "../../words/nothingToShow.ts";
import type { SceneDefinition } from "../scene.ts";
import { between } from "../scene.ts";
import AllStates from "./AllStates.svelte";
import { ofPictures, text } from "./text.ts";

export const scene: SceneDefinition = {
  text,
  ofPictures,
  component: AllStates,
  isArticle: true,
  // What the decoder does with the states is told by the scenes after this one.
  range: (moments) =>
    between(
      moments,
      ({ kind }) => kind === "begin",
      ({ kind }) => kind === "handover",
    ),
  lacks: withoutEncoder,
};
