import type { Scene } from "../scene.ts";
import Bottleneck from "./Bottleneck.svelte";
import { text } from "./text.ts";

export const scene: Scene = {
  number: 18,
  name: "bottleneck",
  text,
  component: Bottleneck,
  isArticle: false,
  // It compares whole translations; a translation's moments change nothing here.
  range: (moments) => [moments.length - 1, moments.length - 1],
};
