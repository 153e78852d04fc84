/** @file Sentences with open places, which values fill at random: the same in the other language and in English. */

import type { Random } from "../../src/tensor/random.ts";
import type { NamePair } from "./names.ts";

/** What stands in an open place, in the other language and in English. */
export type Filling = readonly [other: string, english: string];

/** Draws what fills a place. */
export type Slot = (random: Random) => Filling;

/** The places that a language's frames may have, by their names. */
export type Slots = Readonly<Record<string, Slot>>;

/**
 * A sentence in the other language and in English. Both have the same places, `{age}`; a digit tells two of a kind
 * apart, `{man1}` and `{man2}`.
 */
export type Frame = readonly [other: string, english: string];

const place = /\{(\w+?)(\d?)\}/g;

/** The names of the places of a text, with their digits: `man1`. */
export function placesOf(text: string): string[] {
  return Array.from(text.matchAll(place), ([, kind, digit]) => `${kind}${digit}`);
}

/** Begins each filling, so that the grammar around it can be mended before the mark is taken out. */
const mark = "\uE000";

/**
 * Fills the places of a frame.
 *
 * @param mend changes a text in the other language, in which the mark `at` begins every filling.
 */
export function fill(
  [other, english]: Frame,
  slots: Slots,
  random: Random,
  mend: (text: string, at: string) => string = (text) => text,
): Filling {
  const values = new Map<string, Filling>();
  for (const [, kind = "", digit = ""] of other.matchAll(place)) {
    const slot = slots[kind];
    if (slot === undefined) throw new Error(`{${kind}} is no place that can be filled`);
    if (!values.has(kind + digit)) values.set(kind + digit, slot(random));
  }
  const filled = (text: string, side: 0 | 1): string =>
    text.replace(place, (_, kind: string, digit: string) => {
      const value = values.get(kind + digit);
      if (value === undefined)
        throw new Error(`{${kind}${digit}} is only in the English of a frame`);
      return mark + value[side];
    });
  // A full stop after "a.m." is one stop.
  const clean = (text: string): string =>
    beginningLarge(text.replaceAll(mark, "").replace(/\.\.$/, "."));
  return [clean(mend(filled(other, 0), mark)), clean(filled(english, 1))];
}

/** A sentence may begin with a filling, such as a number in words. */
function beginningLarge(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** One of several, all as often. */
export function oneOf<Item>(random: Random, items: readonly Item[]): Item {
  return items[random.integer(items.length)] as Item;
}

/** A whole number from `from` to `to`, both included. */
export function between(random: Random, from: number, to: number): number {
  return from + random.integer(to - from + 1);
}

/** A place for one of several names. */
export const nameSlot =
  (names: readonly NamePair[]): Slot =>
  (random) =>
    oneOf(random, names);

/** The months in English. */
export const englishMonths: readonly string[] = [
  ..."January February March April May June July".split(" "),
  ..."August September October November December".split(" "),
];

/** A number in digits as English writes it: 3,500; but 1998 as a year has no comma. */
export const englishDigits = (number: number): string => number.toLocaleString("en");

/** A time of day in English: 6:45 p.m. */
export function englishClock(hour: number, minute: number): string {
  const half = hour < 12 ? "a.m." : "p.m.";
  const shown = hour % 12 === 0 ? 12 : hour % 12;
  return `${shown}${minute === 0 ? "" : `:${String(minute).padStart(2, "0")}`} ${half}`;
}
