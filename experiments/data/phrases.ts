/** @file Pairs of phrases that translate each other, extracted from sentence pairs. */

import type { AlignmentLink } from "../../src/evaluation/alignment.ts";
import type { Pair } from "./corpora.ts";
import type { Lexicon, WordPair } from "./lexicon.ts";
import { learnLexicon } from "./lexicon.ts";

/** An elided French word, but not a word before English 's, 'm, 't, 'd, 'll, 're, 've. */
const elided = "\\p{L}{1,2}['’](?!(?:s|m|t|d|ll|re|ve)(?!\\p{L}))(?=\\p{L})";
const word = "[\\p{L}\\p{N}]+(?:['’-][\\p{L}\\p{N}]+)*";
const anyWord = new RegExp(`${elided}|${word}|[^\\s\\p{L}\\p{N}]`, "gu");

/** The words of a French or English text in lower case, with punctuation marks as separate words. */
export function phraseWords(text: string): string[] {
  return text.toLowerCase().match(anyWord) ?? [];
}

/** Links each target word to its most probable source word, unless the empty word is more probable. */
function viterbiLinks({ source, target }: WordPair, lexicon: Lexicon): AlignmentLink[] {
  return target.flatMap((word, position): AlignmentLink[] => {
    let [best, most] = [-1, lexicon.emptyProbability(word)];
    source.forEach((other, index) => {
      const probability = lexicon.probability(other, word);
      if (probability > most) [best, most] = [index, probability];
    });
    return best < 0 ? [] : [[best, position]];
  });
}

/** The links on which two models, one for each direction, agree. */
export function agreedLinks(pair: WordPair, forward: Lexicon, backward: Lexicon): AlignmentLink[] {
  const turned = { source: pair.target, target: pair.source };
  const back = new Set(
    viterbiLinks(turned, backward).map(([target, source]) => `${source}-${target}`),
  );
  return viterbiLinks(pair, forward).filter(([source, target]) => back.has(`${source}-${target}`));
}

/**
 * Extracts the phrase pairs that are consistent with the links: no word of one phrase is linked to a word outside
 * the other (Och and Ney 2004, section 3, https://aclanthology.org/J04-4002). First and last words must be linked,
 * so that no phrase starts or ends with words unrelated to the other phrase.
 *
 * @param most the maximum number of words in a phrase.
 */
export function extractPhrases(
  { source, target }: WordPair,
  links: readonly AlignmentLink[],
  most: number,
): Pair[] {
  const found: Pair[] = [];
  const linkedSources = new Set(links.map(([word]) => word));
  for (let from = 0; from < source.length; from++) {
    for (let to = from; to < Math.min(source.length, from + most); to++) {
      if (!linkedSources.has(from) || !linkedSources.has(to)) continue;
      const inside = links.filter(([word]) => word >= from && word <= to);
      const targets = inside.map(([, word]) => word);
      const [first, last] = [Math.min(...targets), Math.max(...targets)];
      if (last - first >= most) continue;
      const isConsistent = links.every(
        ([word, other]) => other < first || other > last || (word >= from && word <= to),
      );
      if (!isConsistent) continue;
      found.push({
        source: source.slice(from, to + 1).join(" "),
        target: target.slice(first, last + 1).join(" "),
      });
    }
  }
  return found;
}

/**
 * Returns the distinct phrase pairs of a corpus, most frequent first. Words are aligned by IBM model 1 in both
 * directions, and only links found in both count.
 *
 * @param least the minimum count of a pair.
 */
export function phraseTable(
  pairs: readonly Pair[],
  { most, least }: { readonly most: number; readonly least: number },
): Pair[] {
  const words = pairs.map(({ source, target }) => ({
    source: phraseWords(source),
    target: phraseWords(target),
  }));
  const forward = learnLexicon(words);
  const backward = learnLexicon(
    words.map(({ source, target }) => ({ source: target, target: source })),
  );
  const counts = new Map<string, number>();
  for (const pair of words) {
    for (const { source, target } of extractPhrases(
      pair,
      agreedLinks(pair, forward, backward),
      most,
    )) {
      if (!isWords(source) || !isWords(target)) continue;
      const key = `${source}\t${target}`;
      counts.set(key, (counts.get(key) ?? 0) + 1);
    }
  }
  return [...counts]
    .filter(([, count]) => count >= least)
    .sort(([, one], [, other]) => other - one)
    .map(([key]) => {
      const [source, target] = key.split("\t") as [string, string];
      return { source, target };
    });
}

/** Whether a phrase contains no punctuation. */
const isWords = (phrase: string): boolean => /^[\p{L}\p{N}'’ -]+$/u.test(phrase);
