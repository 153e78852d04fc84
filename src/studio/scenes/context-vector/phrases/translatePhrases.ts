/** @file What a model makes of phrases, each translated once. */

import type { Seq2Seq } from "../../../../library/webSeq2Seq.ts";
import { inTurn } from "../../../state/models.ts";

/** As much of a model as translates. */
export type PhraseTranslator = Pick<Seq2Seq, "translateAll">;

const known = new WeakMap<PhraseTranslator, Map<string, string>>();

/** The translations of phrases, with the beam of the page; of those before as well. */
export async function translatedPhrases(
  model: PhraseTranslator,
  phrases: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const found = known.get(model) ?? new Map<string, string>();
  known.set(model, found);
  const missing = [...new Set(phrases)].filter((phrase) => !found.has(phrase));
  if (missing.length > 0) {
    const translations = await inTurn(() => model.translateAll(missing, { beam: 5 }));
    missing.forEach((phrase, at) => {
      found.set(phrase, translations[at]?.[0]?.text ?? "");
    });
  }
  return new Map(found);
}
