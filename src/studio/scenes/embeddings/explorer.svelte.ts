/** @file What a reader has chosen in this scene; it outlives the scene's being scrolled away. */

import type { Side } from "../../../library/embeddings.ts";
import type { View } from "../../parts/pointMap/mapView.ts";
import { wholeView } from "../../parts/pointMap/mapView.ts";
import { pretrainedTriples, type Triple } from "./triples.ts";

/** What the map can show. */
export type MapKind = "pretrained" | Side;

class Explorer {
  /** The side whose neighbours are shown, and the word asked for; empty: the one in the picture. */
  neighbourSide: Side = $state("source");
  neighbourWord: string = $state("");
  pretrained: Triple = $state.raw(pretrainedTriples[0] as Triple);
  ownSide: Side = $state("target");
  /** The triples chosen for models, by model and side. */
  own: Readonly<Record<string, Triple>> = $state.raw({});
  mapKind: MapKind = $state("pretrained");
  view: View = $state.raw(wholeView);
  /** The word that is chosen on the map. */
  selected: string | null = $state(null);
  /** What the sums are about, to be marked on the maps: the three words, then the answer. */
  marks: Readonly<Partial<Record<MapKind, readonly string[]>>> = $state.raw({});

  mark(kind: MapKind, words: readonly string[]): void {
    if (this.marks[kind]?.join(" ") !== words.join(" "))
      this.marks = { ...this.marks, [kind]: words };
  }
}

export const explorer = new Explorer();
