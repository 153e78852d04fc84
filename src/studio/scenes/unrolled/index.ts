import { withoutEncoder } from "../../words/nothingToShow.ts";
import type { SceneDefinition } from "../scene.ts";
import { ofPictures, text } from "./text.ts";
import Unrolled from "./Unrolled.svelte";

export const scene: SceneDefinition = {
  text,
  ofPictures,
  component: Unrolled,
  isArticle: true,
  plays: () => [
    { times: { encode: 900, handover: 1200 } },
    { times: { state: 800, context: 700, upper: 500, distribution: 300, choose: 500 } },
  ],
  lacks: withoutEncoder,
};
