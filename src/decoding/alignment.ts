/** @file Converts attention between tokens into alignments between words. */

import { largestOf } from "../tensor/extremes.ts";
import { splitWords } from "../text/normalize.ts";
import type { TextTokenizer, WordSpan } from "../text/tokenizer.ts";
import { spaceMark } from "../text/tokenizerJson.ts";

/** A word's tokens, from `start` up to but not including `end`. */
export interface TokenSpan {
  readonly start: number;
  readonly end: number;
}

/**
 * Attention between words: sums the weights over the pieces of a source word, and averages them over the
 * pieces of a target word.
 *
 * @param attention one row per target token, with a weight for each source token.
 * @returns one row per target word, with a weight for each source word.
 */
export function wordAttention(
  attention: readonly ArrayLike<number>[],
  source: readonly TokenSpan[],
  target: readonly TokenSpan[],
): number[][] {
  return target.map(({ start, end }) =>
    source.map((word) => {
      let sum = 0;
      for (let row = start; row < end; row++) {
        for (let column = word.start; column < word.end; column++) {
          sum += attention[row]?.[column] ?? 0;
        }
      }
      return sum / Math.max(1, end - start);
    }),
  );
}

/** Links each target word to the source word with the most attention; ties go to the first. */
export function hardLinks(
  weights: readonly (readonly number[])[],
): [source: number, target: number][] {
  return weights.flatMap((row, target): [number, number][] => {
    if (row.length === 0) return [];
    return [[row.indexOf(largestOf(row)), target]];
  });
}

/**
 * Returns the tokens of each word of an output, in order. Unlike tokenizing its text again, this keeps the
 * tokens that the model wrote, even if other tokens have the same spelling.
 */
export function tokenWords(tokenizer: TextTokenizer, ids: readonly number[]): TokenSpan[] {
  if (tokenizer.kind === "word") return ids.map((_, start) => ({ start, end: start + 1 }));
  const words: { start: number; end: number }[] = [];
  let isInside = false;
  ids.forEach((id, index) => {
    const token = tokenizer.tokenOf(id);
    if (token === " " || token.startsWith(spaceMark)) isInside = false;
    if (token === " ") return;
    const word = words.at(-1);
    if (isInside && word) word.end = index + 1;
    else words.push({ start: index, end: index + 1 });
    isInside = !tokenizer.endsWord(token);
  });
  // A space mark alone is not a word.
  return words.filter(
    ({ start, end }) => end - start > 1 || tokenizer.tokenOf(ids[start] as number) !== spaceMark,
  );
}

/**
 * Returns the tokens of each word separated by white space, which alignment files count. Tokenizers that
 * split punctuation report a word and its punctuation marks separately; where spaces beside Chinese go, a reported word is
 * several of the text.
 *
 * @param text      the tokenized text.
 * @param words     the words reported by the tokenizer.
 * @param tokenizer brings the text to its form.
 */
export function spacedWords(
  text: string,
  words: readonly WordSpan[],
  tokenizer: Pick<TextTokenizer, "normalization" | "normalize">,
): TokenSpan[] {
  const typed = splitWords(text);
  return tokenizer.normalization.chinese
    ? wordsOfForm(typed, words, tokenizer)
    : wordsOfMarks(typed, words);
}

/** A typed word is one or several reported ones. */
function wordsOfMarks(typed: readonly string[], words: readonly WordSpan[]): TokenSpan[] {
  let at = 0;
  let span: TokenSpan = { start: 0, end: 0 };
  return typed.map((word) => {
    const { length } = word.normalize("NFC");
    const first = words[at];
    if (first === undefined) return span;
    at++;
    let spelled = first.text.normalize("NFC");
    while (spelled.length < length && at < words.length) {
      spelled += (words[at++] as WordSpan).text.normalize("NFC");
    }
    span = { start: first.start, end: (words[at - 1] as WordSpan).end };
    return span;
  });
}

/** A reported word may also be several typed ones, or parts of them, and marks may be fewer than were typed. */
function wordsOfForm(
  typed: readonly string[],
  words: readonly WordSpan[],
  tokenizer: Pick<TextTokenizer, "normalize">,
): TokenSpan[] {
  // Where each reported word ends, counted in characters without spaces.
  let total = 0;
  const ends = words.map((word) => {
    total += word.text.normalize("NFC").length;
    return total;
  });
  let from = 0;
  return typed.map((_, at) => {
    const read = tokenizer.normalize(typed.slice(0, at + 1).join(" "));
    const to = Math.min(total, splitWords(read).join("").length);
    const first = words[ends.findIndex((end) => end > Math.min(from, to - 1))];
    const last = words[ends.findIndex((end) => end >= to)];
    from = Math.max(from, to);
    return { start: first?.start ?? 0, end: last?.end ?? 0 };
  });
}
