import { decoderMoments, momentOf } from "../../timeline/script.ts";
import { withoutAttention } from "../../words/nothingToShow.ts";
import type { SceneDefinition } from "../scene.ts";
import { between } from "../scene.ts";
import FiveMoves from "./FiveMoves.svelte";
import { ofPictures, text } from "./text.ts";

export const scene: SceneDefinition = {
  text,
  ofPictures,
  component: FiveMoves,
  isArticle: true,
  // All decoder steps, so that playing goes from word to word.
  range: (moments, { model }) =>
    between(
      moments,
      ({ kind }) => kind === decoderMoments(model)[0],
      ({ kind }) => kind === "context",
    ),
  poster: (moments, { steps }) => momentOf(moments, "context", Math.min(3, steps.length - 1)).index,
  lacks: withoutAttention,
};
