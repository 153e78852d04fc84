import type { Scene } from "../scene.ts";
import { withoutSteps } from "../withoutAttention.ts";
import EncoderDecoder from "./EncoderDecoder.svelte";
import { ofPictures, text } from "./text.ts";

export const scene: Scene = {
  number: 3,
  name: "encoder-decoder",
  text,
  ofPictures,
  component: EncoderDecoder,
  isArticle: true,
  lacks: withoutSteps,
};
