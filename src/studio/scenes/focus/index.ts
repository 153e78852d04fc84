import { decoderMoments } from "../../timeline/script.ts";
import type { Scene } from "../scene.ts";
import { between } from "../scene.ts";
import { withoutAttention } from "../withoutAttention.ts";
import Focus from "./Focus.svelte";
import { ofPictures, text } from "./text.ts";

export const scene: Scene = {
  number: 13,
  name: "focus",
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
