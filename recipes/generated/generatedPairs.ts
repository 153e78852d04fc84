/** @file Pairs about names, numbers and times, which corpora of everyday sentences have too few of. */

import { Random } from "../../src/tensor/random.ts";
import { chineseFrames, chineseSlots } from "./chinese.ts";
import { type Filling, type Frame, fill, oneOf, type Slots } from "./frames.ts";
import { frenchElision, frenchFrames, frenchSlots } from "./french.ts";
import { type SubstitutionRules, substituted } from "./substitution.ts";

/** A language that is translated from or into English. */
export type GeneratedLanguage = "fr" | "zh";

interface Rules {
  readonly frames: readonly Frame[];
  readonly slots: Slots;
  readonly substitution: SubstitutionRules;
}

const slotOf = (slots: Slots, name: string) => (random: Random) => {
  const slot = slots[name];
  if (slot === undefined) throw new Error(`There is no place ${name}.`);
  return slot(random);
};

const ofFrench = (name: string) => slotOf(frenchSlots, name);
const ofChinese = (name: string) => slotOf(chineseSlots, name);

const rules: Readonly<Record<GeneratedLanguage, Rules>> = {
  fr: {
    frames: frenchFrames,
    slots: frenchSlots,
    substitution: {
      names: [
        { other: "Tom", english: "Tom", slot: ofFrench("man") },
        { other: "Marie", english: "Mary", slot: ofFrench("woman") },
        { other: "Mary", english: "Mary", slot: ofFrench("woman") },
        { other: "Boston", english: "Boston", slot: ofFrench("town") },
      ],
      mend: frenchElision,
    },
  },
  zh: {
    frames: chineseFrames,
    slots: chineseSlots,
    substitution: {
      names: [
        { other: "汤姆", english: "Tom", slot: ofChinese("man") },
        { other: "玛丽", english: "Mary", slot: ofChinese("woman") },
        { other: "波士顿", english: "Boston", slot: ofChinese("town") },
      ],
    },
  },
};

/** The hand-written sentences of a language, with places to fill. */
export const framesOf = (language: GeneratedLanguage): readonly Frame[] => rules[language].frames;

/** What fills their places. */
export const slotsOf = (language: GeneratedLanguage): Slots => rules[language].slots;

/** What to generate. */
export interface GeneratedOptions {
  readonly language: GeneratedLanguage;
  /** How many pairs to try for; equal and unwanted ones are left out. */
  readonly count: number;
  readonly seed: number;
  /** The share that comes from pairs of the corpora, with other names and numbers in them. */
  readonly corpusShare: number;
}

/**
 * Generates pairs, the other language first: sentences with open places, and sentences of the corpora with other names
 * and numbers. The same seed and corpora give the same pairs; none is there twice.
 *
 * @param corpus     pairs of the corpora, the other language first.
 * @param isUnwanted whether a text occurs in a set that measures models.
 */
export function generatedPairs(
  { language, count, seed, corpusShare }: GeneratedOptions,
  corpus: readonly Filling[],
  isUnwanted: (text: string) => boolean,
): Filling[] {
  const random = new Random(seed);
  const { frames, slots, substitution } = rules[language];
  const found = new Map<string, Filling>();
  const add = (pair: Filling): void => {
    if (!pair.some(isUnwanted)) found.set(pair.join("\t"), pair);
  };
  const replaceable = corpus.filter((pair) => substituted(pair, substitution, random) !== null);
  const fromCorpus = replaceable.length === 0 ? 0 : Math.round(count * corpusShare);
  for (let made = 0; made < fromCorpus; made++) {
    const pair = substituted(oneOf(random, replaceable), substitution, random);
    if (pair !== null) add(pair);
  }
  for (let made = fromCorpus; made < count; made++) {
    add(fill(oneOf(random, frames), slots, random, substitution.mend));
  }
  return [...found.values()];
}
