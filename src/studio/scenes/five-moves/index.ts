import { wiringOf } from "../../../models/wiring.ts";
import { apart } from "../../timeline/beats.ts";
import { withoutAttention } from "../../words/nothingToShow.ts";
import type { SceneDefinition } from "../scene.ts";
import FiveMoves from "./FiveMoves.svelte";
import { ofPictures, text } from "./text.ts";

export const scene: SceneDefinition = {
  text,
  ofPictures,
  component: FiveMoves,
  isArticle: true,
  // All decoder steps, so that playing goes from word to word. An old query is there from the beginning.
  plays: ({ model }) =>
    apart({
      ...(wiringOf(model).attention?.query.time === "previous" ? {} : { state: 1000 }),
      scores: 1200,
      softmax: 1100,
      weighting: 1100,
      context: 1200,
    }),
  lacks: withoutAttention,
};
