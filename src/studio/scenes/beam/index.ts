import { decoderMoments } from "../../timeline/script.ts";
import type { Scene } from "../scene.ts";
import { between } from "../scene.ts";
import { withoutSteps } from "../withoutAttention.ts";
import BeamTree from "./BeamTree.svelte";
import { text, withoutSearch } from "./text.ts";

export const scene: Scene = {
  number: 16,
  name: "beam",
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
