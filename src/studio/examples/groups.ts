/** @file Which texts a page offers to try with a model. Pure. */

import type { ModelEntry } from "../../modelFolder/modelList.ts";
import { cardMeaning, languagesOf } from "../text/modelNames.ts";
import { chineseExamples } from "./chinese.ts";
import { dateExamples } from "./dates.ts";
import { englishExamples } from "./english.ts";
import type { Example, ExampleGroup } from "./example.ts";
import { frenchExamples } from "./french.ts";

/** The lists by the code of their language. */
const lists: Readonly<Record<string, readonly ExampleGroup[]>> = {
  en: englishExamples,
  fr: frenchExamples,
  zh: chineseExamples,
};

/** The texts in the language that a model reads; none if nobody has written some. */
function listFor(entry: Pick<ModelEntry, "card">): readonly ExampleGroup[] {
  const { source } = languagesOf(entry);
  if (source === null) return [];
  if (/\bdates?\b/i.test(source.en)) return dateExamples;
  return (source.code !== undefined && lists[source.code]) || [];
}

const names = {
  ofCard: { en: "The model's own examples", zh: "模型自带的例句" },
  ofData: { en: "From the data of its training", zh: "来自训练时的数据" },
};

/**
 * The texts to try with a model, in groups: examples of its card, and those in its language; where there is no list
 * of these, pairs that its training kept. None is there twice.
 */
export function exampleGroups(entry: ModelEntry): readonly ExampleGroup[] {
  const { card, samples } = entry;
  const listed = listFor(entry);
  const known = new Set(listed.flatMap(({ examples }) => examples.map(({ text }) => text)));
  const unlisted = (examples: readonly Example[]): Example[] =>
    examples.filter(({ text }) => !known.has(text) && known.add(text));
  const ofCard = unlisted(
    (card?.examples ?? []).map((text, index) => ({ text, meaning: cardMeaning(card, index) })),
  );
  const ofData = unlisted(
    (samples ?? []).map(({ source, target }) => ({ text: source, meaning: null, target })),
  );
  return [
    { name: names.ofCard, examples: ofCard },
    ...(listed.length > 0 ? listed : [{ name: names.ofData, examples: ofData }]),
  ].filter(({ examples }) => examples.length > 0);
}

/** Texts that a model knows how to read: the examples of its card, else sources of pairs that its training kept. */
export function exampleTexts({
  card,
  samples,
}: Pick<ModelEntry, "card" | "samples">): readonly string[] {
  const ofCard = card?.examples ?? [];
  return ofCard.length > 0 ? ofCard : (samples ?? []).map(({ source }) => source);
}

/** What a page begins with: the card's first example, else the first pair that was kept, else one in its language. */
export function firstText(entry: ModelEntry): string {
  const { card, samples } = entry;
  return (
    card?.examples?.[0] ?? samples?.[0]?.source ?? exampleGroups(entry)[0]?.examples[0]?.text ?? ""
  );
}
