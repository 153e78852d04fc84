import { decoderMoments, momentOf } from "../../timeline/script.ts";
import { withoutAttention } from "../../words/nothingToShow.ts";
import type { SceneDefinition } from "../scene.ts";
import { between } from "../scene.ts";
import { ofPictures } from "./pictureText.ts";
import { text } from "./text.ts";
import WhereItLooks from "./WhereItLooks.svelte";

export const scene: SceneDefinition = {
  text,
  ofPictures,
  component: WhereItLooks,
  isArticle: true,
  range: (moments, { model }) =>
    between(
      moments,
      ({ kind }) => kind === decoderMoments(model)[0],
      ({ kind }) => kind === "choose",
    ),
  poster: (moments, { steps }) =>
    momentOf(moments, "choose", Math.max(0, Math.min(3, steps.length - 1))).index,
  lacks: withoutAttention,
};
