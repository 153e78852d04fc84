import { isOfPicture } from "../../picture/picture.ts";
import { withoutAttention } from "../../words/nothingToShow.ts";
import type { SceneDefinition } from "../scene.ts";
import { ofPictures } from "./pictureText.ts";
import { captions, text } from "./text.ts";
import WhereItLooks from "./WhereItLooks.svelte";

export const scene: SceneDefinition = {
  text,
  ofPictures,
  component: WhereItLooks,
  isArticle: true,
  captions,
  // One moment a word. Of a picture only the light is seen, and the word.
  plays: (trace) => [
    {
      times: isOfPicture(trace)
        ? { softmax: 900, choose: 900 }
        : { scores: 700, softmax: 900, context: 600, choose: 900 },
    },
  ],
  lacks: withoutAttention,
};
