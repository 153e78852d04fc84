import { withoutSteps } from "../../words/nothingToShow.ts";
import type { SceneDefinition } from "../scene.ts";
import { comparison } from "./comparison.svelte.ts";
import { captions, ofPictures, text } from "./text.ts";
import WhatIf from "./WhatIf.svelte";

export const scene: SceneDefinition = {
  text,
  ofPictures,
  component: WhatIf,
  isArticle: false,
  captions,
  // A comparison is of whole translations.
  plays: () => (comparison.isShown ? [] : [{ times: { choose: 900 } }]),
  lacks: withoutSteps,
};
