import { apart } from "../../timeline/beats.ts";
import { withoutSteps } from "../../words/nothingToShow.ts";
import type { SceneDefinition } from "../scene.ts";
import BeamTree from "./BeamTree.svelte";
import { captions, text, withoutSearch } from "./text.ts";

export const scene: SceneDefinition = {
  text,
  component: BeamTree,
  isArticle: false,
  captions,
  plays: () => apart({ distribution: 1000, choose: 1000, end: 900 }),
  lacks: (trace) => withoutSteps(trace) ?? (trace.search.length === 0 ? withoutSearch : null),
};
