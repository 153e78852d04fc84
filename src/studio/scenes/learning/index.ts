import type { SceneDefinition } from "../scene.ts";
import Learning from "./Learning.svelte";
import { text } from "./text.ts";

export const scene: SceneDefinition = {
  text,
  component: Learning,
  isArticle: false,
  isOfFiles: true,
  isOfTraining: true,
};
