/** @file Which phrases a map begins with: some that the language of the model's sources knows. Pure. */

import type { ModelEntry } from "../../../../modelFolder/modelList.ts";
import { writtenDays } from "../../../../samples/dates.ts";
import { unknownId } from "../../../../tensor/specialIds.ts";
import type { TextTokenizer } from "../../../../text/tokenizer.ts";
import { exampleTexts } from "../../../examples/groups.ts";
import { languagesOf } from "../../../text/modelNames.ts";
import { isUnspaced } from "../../../text/shownWords.ts";
import { chinesePhrases } from "./chinese.ts";
import { englishPhrases } from "./english.ts";
import { frenchPhrases } from "./french.ts";
import { groupNames, type PhraseGroup } from "./groupNames.ts";

/** Days, each in all the ways that the generator of dates has: what they mean is the same day. */
const datePhrases = (): PhraseGroup[] =>
  writtenDays(7, 3).map(({ iso, texts }) => ({ name: { en: iso, zh: iso }, phrases: texts }));

/** The lists by the code of their language. */
const lists: Readonly<Record<string, readonly PhraseGroup[]>> = {
  en: englishPhrases,
  fr: frenchPhrases,
  zh: chinesePhrases,
};

/** The list of the language that a card names; none if there is no such list. */
function listFor(entry: Pick<ModelEntry, "card">): readonly PhraseGroup[] | null {
  const { source } = languagesOf(entry);
  if (source === null) return null;
  if (/\bdates?\b/i.test(source.en)) return datePhrases();
  return (source.code !== undefined && lists[source.code]) || [];
}

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
  const ofLanguage = listFor(entry) ?? leastCut(tokenizer);
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
  const [best] = Object.values(lists)
    .map((groups) => ({ groups, cost: tokensPerWord(groups, tokenizer) }))
    .sort((one, other) => one.cost - other.cost);
  return best && best.cost <= mostTokens ? best.groups : [];
}

/** Tokens a word on average, an unknown one counted as many; in Chinese, two characters count as a word. */
function tokensPerWord(
  groups: readonly PhraseGroup[],
  tokenizer: Pick<TextTokenizer, "encodeIds">,
): number {
  let [tokens, words] = [0, 0];
  for (const phrase of groups.flatMap(({ phrases }) => phrases)) {
    words += isUnspaced(phrase) ? [...phrase].length / 2 : phrase.split(" ").length;
    for (const id of tokenizer.encodeIds(phrase)) tokens += id === unknownId ? 5 : 1;
  }
  return tokens / words;
}
