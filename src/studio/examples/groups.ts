/** @file Which texts a page offers to try with a model. Pure. */

import type { ModelEntry } from "../../modelFolder/modelList.ts";
import { dateExamples } from "./dates.ts";
import type { Example, ExampleGroup } from "./example.ts";
import { frenchExamples } from "./french.ts";

/** The lists, with what a card may call what their texts are in. */
const lists: readonly (readonly [RegExp, readonly ExampleGroup[]])[] = [
  [/\bdates?\b/i, dateExamples],
  [/^(french|français|fr)$|法/i, frenchExamples],
];

const names = {
  ofCard: { en: "The model's own examples", zh: "模型自带的例句" },
  ofData: { en: "From the data of its training", zh: "来自训练时的数据" },
};

/**
 * The texts to try with a model, in groups: examples of its card, and those in its language; where there is no list
 * of these, pairs that its training kept. None is there twice.
 */
export function exampleGroups({ card, samples }: ModelEntry): readonly ExampleGroup[] {
  const language = card?.languages?.source?.trim();
  const listed =
    language === undefined ? [] : (lists.find(([pattern]) => pattern.test(language))?.[1] ?? []);
  const known = new Set(listed.flatMap(({ examples }) => examples.map(({ text }) => text)));
  const unlisted = (examples: readonly Example[]): Example[] =>
    examples.filter(({ text }) => !known.has(text) && known.add(text));
  const ofCard = unlisted((card?.examples ?? []).map((text) => ({ text, meaning: null })));
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
