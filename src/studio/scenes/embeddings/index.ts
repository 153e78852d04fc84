import type { Moment } from "../../timeline/script.ts";
import { withoutSteps } from "../../words/nothingToShow.ts";
import type { SceneDefinition } from "../scene.ts";
import { between } from "../scene.ts";
import Embeddings from "./Embeddings.svelte";
import { ofPictures, text } from "./text.ts";

export const scene: SceneDefinition = {
  text,
  ofPictures,
  component: Embeddings,
  isArticle: true,
  // Words are looked up before the first layer reads them.
  range: (moments) =>
    between(
      moments,
      ({ kind }) => kind === "begin",
      ({ kind, layer }) => kind === "embed" || (kind === "encode" && layer === 0),
    ),
  poster: (moments, { source, encoder }) => {
    // The last one that is a word or a number, since marks at the end of a sentence say less.
    const tells = ({ layer, step }: Moment): boolean =>
      layer === 0 && /\p{L}\p{L}|\p{N}/u.test(source.tokens[encoder.order[step ?? 0] ?? 0] ?? "");
    const last = moments.findLastIndex((moment) => moment.kind === "encode" && tells(moment));
    return last >= 0 ? last : moments.findLastIndex(({ layer }) => layer === 0);
  },
  lacks: withoutSteps,
};
