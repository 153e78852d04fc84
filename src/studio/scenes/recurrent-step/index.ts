import { withoutEncoder } from "../../words/nothingToShow.ts";
import type { SceneDefinition } from "../scene.ts";
import { between } from "../scene.ts";
import RecurrentStep from "./RecurrentStep.svelte";
import { ofPictures, text } from "./text.ts";

export const scene: SceneDefinition = {
  text,
  ofPictures,
  component: RecurrentStep,
  isArticle: true,
  range: (moments) =>
    between(
      moments,
      ({ kind }) => kind === "encode",
      ({ kind }) => kind === "encode",
    ),
  // Hidden state #1 and input vector #2 make hidden state #2.
  poster: (moments, { source }) => {
    const second = Math.min(1, source.tokens.length - 1);
    return moments.findIndex(({ kind, step }) => kind === "encode" && step === second);
  },
  lacks: withoutEncoder,
};
