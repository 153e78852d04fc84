import { decoderMoments, momentOf } from "../../timeline/script.ts";
import { withoutSteps } from "../../words/nothingToShow.ts";
import type { SceneDefinition } from "../scene.ts";
import { between } from "../scene.ts";
import DecoderMechanism from "./DecoderMechanism.svelte";
import { text } from "./text.ts";

export const scene: SceneDefinition = {
  text,
  component: DecoderMechanism,
  isArticle: true,
  // All decoder steps, so that each hands over to the next.
  range: (moments, { model }) =>
    between(
      moments,
      ({ kind }) => kind === decoderMoments(model)[0],
      ({ kind }) => kind === "choose",
    ),
  poster: (moments, { steps }) =>
    momentOf(moments, "choose", Math.max(0, Math.min(3, steps.length - 1))).index,
  lacks: withoutSteps,
};
