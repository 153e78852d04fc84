import { wiringOf } from "../../../models/wiring.ts";
import { withoutSteps } from "../../words/nothingToShow.ts";
import type { SceneDefinition } from "../scene.ts";
import { between } from "../scene.ts";
import ContextVector from "./ContextVector.svelte";
import { ofPictures, text } from "./text.ts";

export const scene: SceneDefinition = {
  text,
  ofPictures,
  component: ContextVector,
  isArticle: true,
  // From the last word that is read to what the decoder gets: once, or with attention at each step.
  range: (moments, { model, source }) =>
    between(
      moments,
      ({ kind, step, layer }) =>
        kind === "encode" &&
        layer === wiringOf(model).encoder.length - 1 &&
        step === source.tokens.length - 1,
      ({ kind, step }) =>
        model.attention === "none" ? kind === "state" && step === 0 : kind === "context",
    ),
  poster: (moments) => moments.findIndex(({ kind }) => kind === "handover"),
  lacks: withoutSteps,
};
