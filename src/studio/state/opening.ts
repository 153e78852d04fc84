/** @file Which model a page begins with. Pure. */

import type { ModelEntry } from "../../modelFolder/modelList.ts";
import { isChineseText } from "../text/scripts.ts";
import type { Locale } from "../text/translated.ts";

const opensIn = ({ card }: ModelEntry): readonly unknown[] | null => {
  const list = card?.["opensIn"];
  return Array.isArray(list) ? list : null;
};

/**
 * The model to begin with, if the address names none: the first one, but of models that say in which language of the
 * page they are to be opened, the one for this page.
 *
 * @param models those that the page can open, in their order.
 * @param text   what the address gives to translate: Chinese asks for a model of Chinese readers, and anything else
 *   for another.
 */
export function openingModel(
  models: readonly ModelEntry[],
  locale: Locale,
  text?: string,
): ModelEntry | undefined {
  const [first] = models;
  // A model of the reader's own says nothing, and comes first.
  if (!first || opensIn(first) === null) return first;
  const wanted = text === undefined ? locale : isChineseText(text) ? "zh" : "en";
  return models.find((model) => opensIn(model)?.includes(wanted)) ?? first;
}
