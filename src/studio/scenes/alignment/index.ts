import { decoderMoments } from "../../timeline/script.ts";
import { withoutAttention } from "../../words/nothingToShow.ts";
import type { SceneDefinition } from "../scene.ts";
import { between } from "../scene.ts";
import Alignment from "./Alignment.svelte";
import { ofPictures, text } from "./text.ts";

export const scene: SceneDefinition = {
  text,
  ofPictures,
  component: Alignment,
  isArticle: true,
  // The whole matrix is always there; playing points at the row of each step.
  range: (moments, { model }) =>
    between(
      moments,
      ({ kind }) => kind === decoderMoments(model)[0],
      ({ kind }) => kind === "end",
    ),
  lacks: withoutAttention,
};
