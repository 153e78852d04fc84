/** @file What the page's translation is compared with; it outlives the scene's being scrolled away. */

import type { ModelEntry } from "../../../modelFolder/modelList.ts";
import { exampleTexts } from "../../examples/groups.ts";
import { readsText } from "../../state/models.ts";
import { Session } from "../../state/session.svelte.ts";
import { readsAlike } from "../../text/modelNames.ts";

class Comparison {
  isShown: boolean = $state(false);
  /** The other side: a model and a sentence of its own. */
  readonly other: Session = new Session();
}

export const comparison = new Comparison();

/**
 * What a model and its sentence are first compared with: another model of the same language with the
 * same sentence, another kind of attention before all; else the same model with another sentence.
 */
export function firstComparison(
  models: readonly ModelEntry[],
  entry: ModelEntry,
  text: string,
): { entry: ModelEntry; text: string } {
  const others = models.filter(
    (each) => readsText(each) && each.name !== entry.name && readsAlike(each, entry),
  );
  const other =
    others.find(({ sizes }) => sizes?.attention !== entry.sizes?.attention) ?? others[0];
  if (other) return { entry: other, text };
  const example = exampleTexts(entry).find((each) => each !== text);
  return { entry, text: example ?? text };
}
