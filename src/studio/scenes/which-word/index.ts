import { momentOf } from "../../timeline/script.ts";
import { withoutSteps } from "../../words/nothingToShow.ts";
import type { SceneDefinition } from "../scene.ts";
import { between } from "../scene.ts";
import { text } from "./text.ts";
import WhichWord from "./WhichWord.svelte";

export const scene: SceneDefinition = {
  text,
  component: WhichWord,
  isArticle: false,
  range: (moments) =>
    between(
      moments,
      ({ kind }) => kind === "distribution",
      ({ kind }) => kind === "choose",
    ),
  poster: (moments, { steps }) =>
    momentOf(moments, "choose", Math.max(0, Math.min(3, steps.length - 1))).index,
  lacks: withoutSteps,
};
