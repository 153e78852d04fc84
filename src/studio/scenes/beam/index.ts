import { decoderMoments } from "../../timeline/script.ts";
import { withoutSteps } from "../../words/nothingToShow.ts";
import type { SceneDefinition } from "../scene.ts";
import { between } from "../scene.ts";
import BeamTree from "./BeamTree.svelte";
import { text, withoutSearch } from "./text.ts";

export const scene: SceneDefinition = {
  text,
  component: BeamTree,
  isArticle: false,
  range: (moments, { model }) =>
    between(
      moments,
      ({ kind }) => kind === decoderMoments(model)[0],
      ({ kind }) => kind === "end",
    ),
  poster: (moments) => moments.length - 1,
  lacks: (trace) => withoutSteps(trace) ?? (trace.search.length === 0 ? withoutSearch : null),
};
