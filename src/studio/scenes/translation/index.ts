import type { Scene } from "../scene.ts";
import { withoutSteps } from "../withoutAttention.ts";
import Translation from "./Translation.svelte";
import { ofPictures, text } from "./text.ts";

export const scene: Scene = {
  number: 2,
  name: "translation",
  text,
  ofPictures,
  component: Translation,
  isArticle: true,
  lacks: withoutSteps,
};
