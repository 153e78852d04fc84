import type { Scene } from "../scene.ts";
import { withoutSteps } from "../withoutAttention.ts";
import BlackBox from "./BlackBox.svelte";
import { text } from "./text.ts";

export const scene: Scene = {
  number: 1,
  name: "black-box",
  text,
  component: BlackBox,
  isArticle: true,
  lacks: withoutSteps,
};
