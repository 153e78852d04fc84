import { apart } from "../../timeline/beats.ts";
import { withoutSteps } from "../../words/nothingToShow.ts";
import type { SceneDefinition } from "../scene.ts";
import DecoderMechanism from "./DecoderMechanism.svelte";
import { captions, text } from "./text.ts";

export const scene: SceneDefinition = {
  text,
  component: DecoderMechanism,
  isArticle: true,
  captions,
  // All decoder steps, so that each hands over to the next.
  plays: () => [
    ...apart({ state: 1200, context: 900, upper: 1100, concatenate: 800, feedForward: 900 }),
    ...apart({ distribution: 1000, choose: 1000 }),
    { times: { scores: 500, softmax: 600, weighting: 600 } },
  ],
  lacks: withoutSteps,
};
