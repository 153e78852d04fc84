import type { Scene } from "../scene.ts";
import { withoutEncoder } from "../withoutAttention.ts";
import { ofPictures, text } from "./text.ts";
import Unrolled from "./Unrolled.svelte";

export const scene: Scene = {
  number: 8,
  name: "unrolled",
  text,
  ofPictures,
  component: Unrolled,
  isArticle: true,
  lacks: withoutEncoder,
};
