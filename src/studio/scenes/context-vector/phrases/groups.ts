/** @file Which phrases a map begins with: some that the language of the model's sources knows. Pure. */

import type { ModelEntry } from "../../../../modelFolder/modelList.ts";
import { writtenDays } from "../../../../samples/dates.ts";
import { unknownId } from "../../../../tensor/specialIds.ts";
import type { TextTokenizer } from "../../../../text/tokenizer.ts";
import { exampleTexts } from "../../../examples/groups.ts";
import { englishPhrases } from "./english.ts";
import { frenchPhrases } from "./french.ts";
import { groupNames, type PhraseGroup } from "./groupNames.ts";

/** Days, each in all the ways that the generator of dates has: what they mean is the same day. */
const datePhrases = (): PhraseGroup[] =>
  writtenDays(7, 3).map(({ iso, texts }) => ({ name: { en: iso, zh: iso }, phrases: texts }));

/** The lists, with what a card may call their language. */
const languages: readonly (readonly [RegExp, () => readonly PhraseGroup[]])[] = [
  [/\bdates?\b/i, datePhrases],
  [/\b(french|français|fr)\b|法/i, () => frenchPhrases],
  [/\b(english|anglais|en)\b|英/i, () => englishPhrases],
];

/**
 * The groups of phrases for a model: those of its language, by its card or else by what its tokenizer
 * cuts least, and the card's own examples; where there are neither, sources of pairs that its training kept.
 *
 * @returns no groups if the language is none of the lists' and there are neither.
 */
export function phraseGroups(
  entry: Pick<ModelEntry, "card" | "samples">,
  tokenizer: Pick<TextTokenizer, "kind" | "encodeIds">,
): readonly PhraseGroup[] {
  const { card } = entry;
  const named = card?.languages?.source;
  const ofLanguage =
    named === undefined
      ? leastCut(tokenizer)
      : (languages.find(([pattern]) => pattern.test(named))?.[1]() ?? []);
  const known = new Set(ofLanguage.flatMap(({ phrases }) => phrases));
  const own = ofLanguage.length > 0 ? (card?.examples ?? []) : exampleTexts(entry);
  const examples = [...new Set(own)].filter((example) => !known.has(example));
  return [
    ...ofLanguage,
    ...(examples.length > 0 ? [{ name: groupNames.examples, phrases: examples }] : []),
  ];
}

/** Tokens a word may take in a language that a tokenizer has learned. */
const mostTokens = 2;

/** The list that takes the fewest tokens a word, if a tokenizer of words or pieces knows one well enough. */
function leastCut(tokenizer: Pick<TextTokenizer, "kind" | "encodeIds">): readonly PhraseGroup[] {
  // Letters are the same in many languages.
  if (tokenizer.kind === "char") return [];
  const [best] = [frenchPhrases, englishPhrases]
    .map((groups) => ({ groups, cost: tokensPerWord(groups, tokenizer) }))
    .sort((one, other) => one.cost - other.cost);
  return best && best.cost <= mostTokens ? best.groups : [];
}

/** Tokens a word on average, an unknown one counted as many. */
function tokensPerWord(
  groups: readonly PhraseGroup[],
  tokenizer: Pick<TextTokenizer, "encodeIds">,
): number {
  let [tokens, words] = [0, 0];
  for (const phrase of groups.flatMap(({ phrases }) => phrases)) {
    words += phrase.split(" ").length;
    for (const id of tokenizer.encodeIds(phrase)) tokens += id === unknownId ? 5 : 1;
  }
  return tokens / words;
}
