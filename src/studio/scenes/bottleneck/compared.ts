/** @file Which models are compared, and on what. Pure. */

import type { EvaluationRecord, RecordedSet } from "../../../modelFolder/evaluationRecord.ts";
import type { ModelEntry } from "../../../modelFolder/modelList.ts";
import { largestOf } from "../../../tensor/extremes.ts";
import type { TextEncoding, TextTokenizer, WordSpan } from "../../../text/tokenizer.ts";
import { isUnspaced, shownWords } from "../../text/shownWords.ts";

/** What was measured of each model, by its name. */
export type Evaluations = ReadonlyMap<string, EvaluationRecord>;

/** A model with and one without attention. */
export interface Compared {
  readonly attending: ModelEntry | null;
  readonly plain: ModelEntry | null;
}

/** Whether a model has attention; null if it cannot be opened yet. */
export function hasAttention({ sizes }: ModelEntry): boolean | null {
  return sizes && sizes.attention !== "none";
}

/** Whether two models translate between the same languages, as far as is known. */
export function haveSameLanguages(one: ModelEntry, other: ModelEntry): boolean {
  const [a, b] = [one.card?.languages, other.card?.languages];
  if (a?.source && a.target && b?.source && b.target) {
    return a.source === b.source && a.target === b.target;
  }
  // Models that say nothing of languages were made of the same data if their vocabularies are as large.
  return (
    one.sizes?.sourceVocabulary === other.sizes?.sourceVocabulary &&
    one.sizes?.targetVocabulary === other.sizes?.targetVocabulary
  );
}

/** The opened model, and the best one to compare it with: of the same languages, measured, alike in size. */
export function comparedWith(
  opened: ModelEntry | null,
  models: readonly ModelEntry[],
  evaluations: Evaluations,
): Compared {
  const first = opened ?? models.find((model) => hasAttention(model) !== null) ?? null;
  if (!first) return { attending: null, plain: null };
  const isAttending = hasAttention(first) === true;
  const others = models
    .filter((model) => hasAttention(model) === !isAttending && haveSameLanguages(first, model))
    .map((model) => ({ model, worth: worthOf(model, first, evaluations) }))
    .sort((one, other) => other.worth - one.worth);
  const other = others[0]?.model ?? null;
  return isAttending ? { attending: first, plain: other } : { attending: other, plain: first };
}

/**
 * What the picture begins with: the opened model and its counterpart. If it has none, two other models that were measured
 * on the same sentences, if there are such: one curve alone compares nothing.
 */
export function firstCompared(
  opened: ModelEntry | null,
  models: readonly ModelEntry[],
  evaluations: Evaluations,
): Compared {
  const own = comparedWith(opened, models, evaluations);
  if (own.attending && own.plain) return own;
  const pairs = models
    .filter((model) => hasAttention(model) === true)
    .map((model) => comparedWith(model, models, evaluations));
  const isMeasured = ({ attending, plain }: Compared): boolean =>
    plain !== null && setsOf([attending, plain], evaluations).some(({ isShared }) => isShared);
  return pairs.find(isMeasured) ?? own;
}

function worthOf(model: ModelEntry, first: ModelEntry, evaluations: Evaluations): number {
  const shared = setsOf([first, model], evaluations).filter(({ isShared }) => isShared).length;
  const sizes = [model, first].map(({ sizes }) => Math.log2(sizes?.hidden ?? 1)) as [
    number,
    number,
  ];
  const difference = Math.min(9, Math.abs(sizes[0] - sizes[1]));
  return (shared > 0 ? 100 : 0) + (evaluations.has(model.name) ? 10 : 0) - difference;
}

/** A set that some of the models were measured on with one beam. */
export interface ComparedSet {
  readonly key: string;
  readonly set: string;
  readonly beam: number;
  /** For each of the models, what was measured of it. */
  readonly measured: readonly (RecordedSet | null)[];
  readonly isShared: boolean;
}

const keyOf = ({ set, beam }: RecordedSet): string => `${beam} ${set}`;

/** All sets with scores by length: first those that all models were measured on, the largest first. */
export function setsOf(
  models: readonly (ModelEntry | null)[],
  evaluations: Evaluations,
): ComparedSet[] {
  const records = models.map((model) =>
    ((model && evaluations.get(model.name)?.sets) ?? []).filter(
      ({ byLength }) => byLength.length > 0,
    ),
  );
  const keys = new Map(records.flat().map((set) => [keyOf(set), set]));
  return Array.from(keys, ([key, { set, beam }]): ComparedSet => {
    const measured = records.map((sets) => sets.find((one) => keyOf(one) === key) ?? null);
    return { key, set, beam, measured, isShared: measured.every((one) => one !== null) };
  }).sort(
    (one, other) => Number(other.isShared) - Number(one.isShared) || sizeOf(other) - sizeOf(one),
  );
}

const sizeOf = ({ measured }: ComparedSet): number =>
  largestOf(measured.map((set) => set?.sentences ?? 0));

/** What the lengths of a set's sources are counted in: words, unless spaces part none. */
export type LengthUnit = "words" | "characters";

/** Yields what a set's lengths are counted in; its sources are the same for all models. */
export function lengthUnitOf({ measured }: ComparedSet): LengthUnit {
  return measured.find((set) => set !== null)?.lengthUnit ?? "words";
}

/** A range of lengths with what each model has there. */
export interface ComparedLength {
  readonly from: number;
  readonly to: number | null;
  readonly bleu: readonly (number | null)[];
  readonly sentences: readonly (number | null)[];
}

/** The ranges of a set, from the shortest sentences to the longest, as far as there are sentences. */
export function lengthsOf({ measured }: ComparedSet): ComparedLength[] {
  const places = new Map<string, readonly [from: number, to: number | null]>();
  for (const { from, to, sentences } of measured.flatMap((set) => set?.byLength ?? [])) {
    if (sentences > 0) places.set(`${from} ${to}`, [from, to]);
  }
  const end = (to: number | null): number => to ?? Number.POSITIVE_INFINITY;
  return [...places.values()]
    .sort((one, other) => one[0] - other[0] || end(one[1]) - end(other[1]))
    .map(([from, to]) => {
      const found = measured.map((set) =>
        set?.byLength.find((range) => range.from === from && range.to === to),
      );
      return {
        from,
        to,
        bleu: found.map((range) => range?.bleu ?? null),
        sentences: found.map((range) => range?.sentences ?? null),
      };
    });
}

/** How a model's score changes from the shortest sentences to the longest. */
export interface LengthChange {
  readonly shortest: ComparedLength;
  readonly longest: ComparedLength;
  readonly from: number;
  readonly to: number;
}

/** What becomes of each model's score; null where it was not measured on two ranges. */
export function changesOf(set: ComparedSet): (LengthChange | null)[] {
  const lengths = lengthsOf(set);
  return set.measured.map((_, index) => {
    const known = lengths.filter(({ bleu }) => typeof bleu[index] === "number");
    const [shortest, longest] = [known[0], known.at(-1)];
    if (!shortest || !longest || shortest === longest) return null;
    const [from, to] = [shortest.bleu[index] as number, longest.bleu[index] as number];
    return { shortest, longest, from, to };
  });
}

/** How long the models were trained, if not equally long and both of them say it; else null. */
export function unequalSteps({ measured }: ComparedSet): readonly [number, number] | null {
  const [one, other] = measured.map((set) => set?.steps ?? null);
  if (typeof one !== "number" || typeof other !== "number") return null;
  // A step in a hundred explains nothing.
  return Math.abs(one - other) > 0.01 * Math.max(one, other) ? [one, other] : null;
}

/** How many hidden units the models have, if both are known and differ; else null. */
export function unequalHidden({ attending, plain }: Compared): readonly [number, number] | null {
  const [one, other] = [attending?.sizes?.hidden, plain?.sizes?.hidden];
  return one !== undefined && other !== undefined && one !== other ? [one, other] : null;
}

/** The words of a text; its letters, if it is one word to a model of letters. */
export function unitsOf(text: string, kind: TextTokenizer["kind"]): string[] {
  const words = text.split(" ").filter(Boolean);
  if (isUnspaced(text) && kind !== "char") return words.flatMap((word) => textsOf(word));
  return kind === "char" && words.length === 1 ? [...text.trim()] : words;
}

/** The same of a source that has been encoded, with the tokens of each. */
export function sourceUnits(
  { tokens, words }: Pick<TextEncoding, "tokens" | "words">,
  kind: TextTokenizer["kind"],
): readonly WordSpan[] {
  if (kind !== "char" || words.length !== 1) return shownWords(tokens, words);
  return tokens.map((text, start) => ({ text, start, end: start + 1 }));
}

/** A word of the source, and how much attention it got in all steps together. */
export interface AttendedWord {
  readonly text: string;
  readonly sum: number | null;
}

/**
 * Adds up for each word of the source the weights of all steps. What is of no word, such as a space
 * that is a token, counts with the word before it.
 *
 * @param attention a row for each step, a weight for each token; null without attention.
 */
export function attendedWords(
  words: readonly { readonly text: string; readonly start: number; readonly end: number }[],
  attention: readonly ArrayLike<number>[] | null,
): AttendedWord[] {
  return words.map(({ text, start }, index) => {
    if (!attention) return { text, sum: null };
    const from = index === 0 ? 0 : start;
    const to = words[index + 1]?.start ?? Number.POSITIVE_INFINITY;
    let sum = 0;
    for (const row of attention) {
      for (let at = from; at < Math.min(to, row.length); at++) sum += row[at] as number;
    }
    return { text, sum };
  });
}

/** From so many words on, a sentence is long enough for this picture. */
const longEnough = 15;

/** The words of a text without spaces. */
function textsOf(text: string): string[] {
  const tokens = [...text];
  return shownWords(tokens, [{ text, start: 0, end: tokens.length }]).map((word) => word.text);
}

/** In words; in characters, if there is only one. */
function lengthOf(text: string): number {
  if (isUnspaced(text)) return unitsOf(text, "word").length;
  const words = text.trim().split(/\s+/);
  return words.length > 1 ? words.length : [...text.trim()].length;
}

/** The long sentence to begin with: the page's if it is one, else the longest example there is. */
export function longSentence(text: string, examples: readonly string[]): string {
  if (lengthOf(text) >= longEnough) return text;
  const isLonger = (one: string, other: string): boolean => lengthOf(one) > lengthOf(other);
  return [text, ...examples].reduce((longest, one) => (isLonger(one, longest) ? one : longest));
}
