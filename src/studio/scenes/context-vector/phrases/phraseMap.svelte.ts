/** @file What a reader has chosen on the map of phrases; it outlives the scene's being scrolled away. */

import type { View } from "../../../parts/pointMap/mapView.ts";
import { wholeView } from "../../../parts/pointMap/mapView.ts";

/** A group by its number, or the reader's own phrases. */
export type GroupChoice = number | "own";

class PhraseMapChoices {
  view: View = $state.raw(wholeView);
  /** The phrase that is chosen; null for the sentence of the page. */
  selected: string | null = $state(null);
  /** The group that is brought out; null for none. */
  group: GroupChoice | null = $state(null);
  /** The layer whose first state is shown, where there are several. */
  layer: number = $state(0);
  /** What map the choices are of, so that another one begins anew. */
  private of = "";

  /** Begins anew if the map is another one than before. */
  enter(map: string): void {
    if (this.of === map) return;
    this.of = map;
    this.view = wholeView;
    this.group = null;
    this.selected = null;
  }
}

export const choices = new PhraseMapChoices();
