import type { SceneDefinition } from "../scene.ts";
import Learning from "./Learning.svelte";
import { text } from "./text.ts";

export const scene: SceneDefinition = {
  text,
  component: Learning,
  isArticle: false,
  isOfTraining: true,
  // It tells of a training and has a bar of its own; a translation's moments change nothing here.
  range: (moments) => [moments.length - 1, moments.length - 1],
};
