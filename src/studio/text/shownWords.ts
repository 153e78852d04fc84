/** @file The words of a text as they are shown: also of scripts that are written without spaces. Pure. */

import type { WordSpan } from "../../text/tokenizer.ts";
import { endMark, withoutMarks } from "../../text/tokenizerJson.ts";

/** Scripts whose words no spaces part. */
const unspaced =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u;

/** Whether a text is written without spaces between its words. */
export function isUnspaced(text: string): boolean {
  return unspaced.test(text);
}

const isSpecial = (token: string): boolean => /^<.*>$/.test(token);

/** What a token spells. What is unknown stands for one mark that belongs to no word. */
const spellingOf = (token: string): string =>
  isSpecial(token) ? "\ufffc" : token.replace(/^\u2581/, "");

/**
 * Parts what is written without spaces into words. A token is never cut: one that reaches over the end of a word joins
 * its words. Everything else stays as it is.
 *
 * @param tokens all tokens of the text.
 * @param words  what the tokenizer takes for words: what stands between two spaces.
 */
export function shownWords(
  tokens: readonly string[],
  words: readonly WordSpan[],
): readonly WordSpan[] {
  if (!words.some(({ text }) => isUnspaced(text))) return words;
  return words.flatMap((word) => (isUnspaced(word.text) ? partsOf(word, tokens) : [word]));
}

/** The words that pieces spell, see {@link shownWords}: "▁" begins one, and so does what is no text; "</w>" ends one. */
export function wordsOfPieces(tokens: readonly string[]): readonly WordSpan[] {
  const words: WordSpan[] = [];
  let isNext = true;
  for (const [at, token] of tokens.entries()) {
    const isMark = isSpecial(token);
    const before = words.at(-1);
    const text = isMark ? token : withoutMarks(token);
    if (isNext || isMark || token.startsWith("\u2581") || !before) {
      words.push({ text, start: at, end: at + 1 });
    } else {
      words[words.length - 1] = { ...before, text: before.text + text, end: at + 1 };
    }
    isNext = isMark || token.endsWith(endMark);
  }
  return shownWords(tokens, words);
}

function partsOf({ start, end }: WordSpan, tokens: readonly string[]): WordSpan[] {
  const spellings = tokens.slice(start, end).map(spellingOf);
  const begins = wordBegins(spellings);
  const parts: WordSpan[] = [];
  let offset = 0;
  for (const [index, spelling] of spellings.entries()) {
    const at = start + index;
    const before = parts.at(-1);
    // The mark of a beginning can be a token by itself: it belongs to what it begins.
    if (!before || (before.text !== "" && begins(offset))) {
      parts.push({ text: spelling, start: at, end: at + 1 });
    } else {
      parts[parts.length - 1] = { ...before, text: before.text + spelling, end: at + 1 };
    }
    offset += spelling.length;
  }
  return parts.map((part) => ({ ...part, text: part.text.replaceAll("\ufffc", "<unk>") }));
}

/** Tells where words begin in a text; a browser that cannot part them has each token be one. */
function wordBegins(spellings: readonly string[]): (offset: number) => boolean {
  if (typeof Intl.Segmenter === "undefined") return () => true;
  const segmenter = new Intl.Segmenter(undefined, { granularity: "word" });
  const begins = new Set<number>();
  for (const { index } of segmenter.segment(spellings.join(""))) begins.add(index);
  return (offset) => begins.has(offset);
}
