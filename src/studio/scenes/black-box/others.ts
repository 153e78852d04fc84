/** @file Which models can show the kinds of items that the page's own does not read. Pure. */

import type { ModelEntry } from "../../../modelFolder/modelList.ts";
import type { SourceKind } from "../../parts/modelBox/text.ts";
import { readsPictures, readsText } from "../../state/models.ts";
import { firstExample } from "../../state/pictures.ts";
import type { Shown } from "./text.ts";

/** What items are called where a kind is chosen. */
export const shownKinds: Readonly<Record<SourceKind, Shown>> = {
  word: "words",
  piece: "words",
  letter: "letters",
  patch: "patches",
};

/** A vocabulary of letters is small; what an entry really reads is known when it has been opened. */
const largestAlphabet = 400;

function kindOf(entry: ModelEntry): Shown | null {
  if (readsPictures(entry)) return "patches";
  if (!readsText(entry)) return null;
  return (entry.sizes?.sourceVocabulary ?? 0) <= largestAlphabet ? "letters" : "words";
}

/** The first model of each other kind that brings an example. */
export function otherModels(
  models: readonly ModelEntry[],
  own: Shown,
): Partial<Record<Shown, ModelEntry>> {
  const found: Partial<Record<Shown, ModelEntry>> = {};
  for (const entry of models) {
    const kind = kindOf(entry);
    if (kind !== null && kind !== own && firstExample(entry) !== "") found[kind] ??= entry;
  }
  return found;
}
