import { withoutSteps } from "../../words/nothingToShow.ts";
import type { SceneDefinition } from "../scene.ts";
import EncoderDecoder from "./EncoderDecoder.svelte";
import { ofPictures, text } from "./text.ts";

export const scene: SceneDefinition = {
  text,
  ofPictures,
  component: EncoderDecoder,
  isArticle: true,
  plays: () => [
    { times: { begin: 700, embed: 1600, encode: 1000, handover: 1400 } },
    {
      times: {
        state: 800,
        context: 700,
        upper: 500,
        concatenate: 200,
        distribution: 200,
        choose: 600,
      },
    },
  ],
  lacks: withoutSteps,
};
