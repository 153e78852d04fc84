import { decoderMoments, momentOf } from "../../timeline/script.ts";
import { withoutSteps } from "../../words/nothingToShow.ts";
import type { SceneDefinition } from "../scene.ts";
import { between } from "../scene.ts";
import { ofPictures, text } from "./text.ts";
import WhatIf from "./WhatIf.svelte";

export const scene: SceneDefinition = {
  text,
  ofPictures,
  component: WhatIf,
  isArticle: false,
  range: (moments, { model }) =>
    between(
      moments,
      ({ kind }) => kind === decoderMoments(model)[0],
      ({ kind }) => kind === "choose",
    ),
  poster: (moments, { steps }) =>
    momentOf(moments, "choose", Math.max(0, Math.min(1, steps.length - 1))).index,
  lacks: withoutSteps,
};
