import { apart } from "../../timeline/beats.ts";
import { withoutSteps } from "../../words/nothingToShow.ts";
import type { SceneDefinition } from "../scene.ts";
import { captions, text } from "./text.ts";
import WhichWord from "./WhichWord.svelte";

export const scene: SceneDefinition = {
  text,
  component: WhichWord,
  isArticle: false,
  captions,
  plays: () => apart({ distribution: 1300, choose: 1100 }),
  lacks: withoutSteps,
};
