/** @file BLEU by source length: how a system performs on short and on long sentences. */

import { OptionError } from "../options/optionError.ts";
import type { BleuOptions } from "./bleu.ts";
import { corpusBleu } from "./bleu.ts";
import type { References } from "./references.ts";
import { fixed, wordsOf } from "./text.ts";
import { charactersOf, type TextUnit } from "./textUnit.ts";

/** Lengths in source words or characters, both ends included; no upper end if `to` is null. */
export interface LengthRange {
  readonly from: number;
  readonly to: number | null;
}

/** BLEU of the sentences whose source length lies in a range. */
export interface LengthScore extends LengthRange {
  readonly sentences: number;
  /** From 0 to 100; null if the range has no sentence. */
  readonly bleu: number | null;
}

/** How to compute BLEU by length. */
export interface LengthOptions extends BleuOptions {
  readonly ranges: readonly LengthRange[];
  /** The unit of a source's length. Default: words. */
  readonly sourceUnit?: TextUnit;
}

/** The default ranges. */
export const defaultLengthRanges = "1-5,6-10,11-15,16-20,21-30,31+";

/**
 * Parses ranges such as `1-5,6-10,11+`.
 *
 * @throws UserError if they have another form, overlap or do not ascend.
 */
export function parseLengthRanges(typed: string): LengthRange[] {
  const fail = (fault: string): never => {
    const remedy = `write ranges as ${defaultLengthRanges}`;
    throw new OptionError({ key: "byLength", value: typed, problem: fault, remedy });
  };
  const ranges: LengthRange[] = [];
  let before: number | null = 0;
  for (const part of typed.split(",")) {
    const [, from, isOpen, to] = /^\s*(\d{1,6})(?:(\+)|-(\d{1,6}))?\s*$/.exec(part) ?? [];
    if (from === undefined) return fail(`"${part}" is not a range`);
    const range = { from: Number(from), to: isOpen ? null : Number(to ?? from) };
    if (range.from < 1) fail("lengths start at 1");
    if (range.to !== null && range.to < range.from) fail(`"${part}" ends before it begins`);
    if (before === null || range.from <= before)
      fail(`"${part}" does not follow the previous range`);
    before = range.to;
    ranges.push(range);
  }
  return ranges;
}

/** Formats a range as the user types it. */
export function lengthRangeText({ from, to }: LengthRange): string {
  return to === null ? `${from}+` : from === to ? `${from}` : `${from}-${to}`;
}

/**
 * Returns BLEU of a corpus for each range. The length of a sentence is the number of its source's words,
 * separated by white space, or characters in scripts without spaces. Sentences outside all ranges are ignored.
 *
 * @param hypotheses the translation of each source.
 * @param references one list or several, each with a line for every source.
 */
export function bleuByLength(
  sources: readonly string[],
  hypotheses: readonly string[],
  references: References,
  { ranges, sourceUnit, ...options }: LengthOptions,
): LengthScore[] {
  const unitsOf = sourceUnit === "characters" ? charactersOf : wordsOf;
  const lengths = sources.map((source) => unitsOf(source).length);
  return ranges.map(({ from, to }) => {
    const isIn = (_: string | undefined, index: number): boolean => {
      const length = lengths[index] as number;
      return length >= from && (to === null || length <= to);
    };
    const inRange = hypotheses.filter(isIn);
    const own = references.map((list) => list.filter(isIn));
    const score = inRange.length > 0 ? corpusBleu(inRange, own, options).score : null;
    return { from, to, sentences: inRange.length, bleu: score };
  });
}

/** Returns the scores as a table for a terminal. */
export function lengthTable(
  scores: readonly LengthScore[],
  sourceUnit: TextUnit = "words",
): string {
  const title = `source ${sourceUnit}`;
  const rows = [
    [title, "sentences", "BLEU"],
    ...scores.map((score) => [
      lengthRangeText(score),
      String(score.sentences),
      score.bleu === null ? "-" : fixed(score.bleu, 2),
    ]),
  ];
  return rows
    .map(([range, sentences, bleu]) =>
      [
        (range as string).padEnd(title.length),
        (sentences as string).padStart(11),
        (bleu as string).padStart(8),
      ].join(""),
    )
    .join("\n");
}
