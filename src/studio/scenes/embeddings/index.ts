import { withoutSteps } from "../../words/nothingToShow.ts";
import type { SceneDefinition } from "../scene.ts";
import Embeddings from "./Embeddings.svelte";
import { captions, ofPictures, text } from "./text.ts";

export const scene: SceneDefinition = {
  text,
  ofPictures,
  component: Embeddings,
  isArticle: true,
  captions,
  // Words are looked up before the first layer reads them; places of a picture are in no table.
  plays: ({ model }) =>
    model.sourceInput === "features"
      ? []
      : [{ times: { encode: 1400 }, isPlayed: ({ layer }) => layer === 0 }],
  lacks: withoutSteps,
};
