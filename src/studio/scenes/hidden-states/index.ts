import { withoutEncoder } from "../../words/nothingToShow.ts";
import type { SceneDefinition } from "../scene.ts";
import { between } from "../scene.ts";
import HiddenStates from "./HiddenStates.svelte";
import { ofPictures, text } from "./text.ts";

export const scene: SceneDefinition = {
  text,
  ofPictures,
  component: HiddenStates,
  isArticle: true,
  range: (moments) =>
    between(
      moments,
      ({ kind }) => kind === "begin",
      ({ kind }) => kind === "handover",
    ),
  lacks: withoutEncoder,
};
