/**
 * @file Whether a text looks like what a model has learned to read. Its tokenizers tell: they cut the words of the
 * language that they were learned from into few pieces, and those of others into many. Pure.
 */

import { unknownId } from "../../tensor/specialIds.ts";
import type { TextTokenizer } from "../../text/tokenizer.ts";
import { chineseShare, otherScriptShare } from "../text/scripts.ts";

type Splitter = Pick<TextTokenizer, "kind" | "encode">;

/** What a text looks like: of unknown letters, in the model's target language, or in some other language. */
export type Misfit = "letters" | "target" | "other";

/** What judges a text. */
export interface FitJudge {
  readonly source: Splitter;
  readonly target: Splitter;
  /** Texts in the source language. Without any, only letters and the target language are told. */
  readonly known: readonly string[];
}

/** From this share of unknown letters on, a text is none of the model's. */
const mostUnknown = 0.5;
/** Names and rare words are in every language, so fewer words tell nothing. */
const fewestWords = 2;
/** How many letters a piece has, as a part of those in known texts: fewer are of another language. */
const leastCoverage = 0.62;
/** So many times as many pieces as by the target language's tokenizer are a sign of that language. */
const targetFactor = 1.15;
/** Far fewer pieces than by that one are a sign of the source language, whatever the words. */
const ownFactor = 0.82;
/** From this share of a script's letters on, texts are of a language that is written in it; other texts have few. */
const mostly = 0.5;
const hardly = 0.2;
/** Letters a piece, from which on the target language's tokenizer knows the words. */
const wellKnown = 3;
/** With a smaller share of the letters a piece that known texts have in the source, the target is of another script. */
const foreign = 0.5;
/** What an unknown word of a vocabulary of whole words counts, in pieces. */
const unknownCost = 4;

/** Letters and pieces of the words of a text that are no names, and the share of its letters that is unknown. */
interface Cut {
  readonly words: number;
  readonly letters: number;
  readonly pieces: number;
  readonly unknown: number;
}

const lettersOf = (text: string): number => text.match(/\p{L}/gu)?.length ?? 0;

function cutOf(text: string, tokenizer: Splitter): Cut {
  const { ids, tokens, words } = tokenizer.encode(text);
  const cut = { words: 0, letters: 0, pieces: 0 };
  let [all, unknown] = [0, 0];
  for (const word of words) {
    const length = lettersOf(word.text);
    if (length === 0) continue;
    let [strange, pieces] = [0, 0];
    for (let at = word.start; at < word.end; at++) {
      if (ids[at] === unknownId) strange++;
      else if (lettersOf(tokens[at] as string) > 0) pieces++;
    }
    all += length;
    unknown += tokenizer.kind === "word" ? 0 : Math.min(length, strange);
    // Names keep their spelling in other languages. Only scripts with small letters have names that can be told.
    if (!/^\P{L}*\p{Ll}/u.test(word.text)) continue;
    cut.words++;
    cut.letters += length;
    cut.pieces += pieces + strange * unknownCost;
  }
  return { ...cut, unknown: all === 0 ? 0 : unknown / all };
}

/** Letters a piece, over some texts; 0 without any. */
function coverageOf(texts: readonly string[], tokenizer: Splitter): number {
  const { letters, pieces } = cutOf(texts.join(" "), tokenizer);
  return pieces === 0 ? 0 : letters / pieces;
}

/** Whether only one of a text and the texts that a model knows is in Chinese characters. */
function isOtherScript(text: string, known: readonly string[]): boolean {
  const [one, other] = [text, known.join(" ")].map(chineseShare) as [number, number];
  return known.length > 0 && Math.max(one, other) >= mostly && Math.min(one, other) < hardly;
}

/**
 * Whether a text is in Cyrillic, Japanese or other letters, while the texts that a model knows have only Latin and
 * Chinese ones. Large corpora quote such words, so a tokenizer may well know the letters.
 */
function isOtherAlphabet(text: string, known: readonly string[]): boolean {
  return (
    known.length > 0 &&
    otherScriptShare(text) >= mostly &&
    otherScriptShare(known.join(" ")) < hardly
  );
}

/**
 * Says what speaks against a text being in the source language.
 *
 * @returns null if nothing does, or the text is too short to tell.
 */
export function misfitOf(text: string, { source, target, known }: FitJudge): Misfit | null {
  const own = cutOf(text, source);
  const asTarget = cutOf(text, target);
  if (own.unknown >= mostUnknown) {
    const isTarget = target.kind !== "char" && isOtherScript(text, known);
    return isTarget && asTarget.unknown < hardly ? "target" : "letters";
  }
  if (isOtherAlphabet(text, known)) {
    const { letters, pieces } = asTarget;
    return pieces > 0 && letters >= pieces * wellKnown ? "target" : "letters";
  }
  // Letters are the same in many languages.
  if (source.kind === "char" || own.words < fewestWords) return null;
  if (isOtherScript(text, known)) {
    return asTarget.letters >= asTarget.pieces * wellKnown ? "target" : "other";
  }
  const coverage = coverageOf(known, source);
  if (target.kind !== "char" && coverageOf(known, target) >= coverage * foreign) {
    const factor = own.pieces / asTarget.pieces;
    if (factor >= targetFactor) return "target";
    if (factor < ownFactor) return null;
  }
  return own.letters < own.pieces * coverage * leastCoverage ? "other" : null;
}
