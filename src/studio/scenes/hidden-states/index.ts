import type { Scene } from "../scene.ts";
import { between } from "../scene.ts";
import { withoutEncoder } from "../withoutAttention.ts";
import HiddenStates from "./HiddenStates.svelte";
import { ofPictures, text } from "./text.ts";

export const scene: Scene = {
  number: 7,
  name: "hidden-states",
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
