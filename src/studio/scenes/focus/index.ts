import { decoderMoments } from "../../timeline/script.ts";
import { withoutAttention } from "../../words/nothingToShow.ts";
import type { SceneDefinition } from "../scene.ts";
import { between } from "../scene.ts";
import Focus from "./Focus.svelte";
import { ofPictures, text } from "./text.ts";

export const scene: SceneDefinition = {
  text,
  ofPictures,
  component: Focus,
  isArticle: true,
  range: (moments, { model }) =>
    between(
      moments,
      ({ kind }) => kind === decoderMoments(model)[0],
      ({ kind }) => kind === "end",
    ),
  lacks: withoutAttention,
};
