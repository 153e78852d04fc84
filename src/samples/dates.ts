import { UserError } from "../tensor/errors.ts";
import { Random } from "../tensor/random.ts";
import { type CalendarDate, dateStyles, spellingsOfYear } from "./dateStyles.ts";

/** A date in words and in ISO 8601: "le 3 mars 1987" and "1987-03-03". */
export interface DateSample {
  readonly source: string;
  readonly target: string;
}

const dayMilliseconds = 24 * 60 * 60 * 1000;
const firstYear = 1800;
const yearCount = 300;
const firstDay = Date.UTC(firstYear, 0, 1) / dayMilliseconds;
const dayCount = Date.UTC(firstYear + yearCount, 0, 1) / dayMilliseconds - firstDay;

/**
 * Returns dates of the years 1800 to 2099 in words, in five languages, with the target that a model
 * should learn. The same seed gives the same samples. No day occurs twice, so no part of them contains
 * answers to another.
 *
 * @throws UserError if `count` is above 109,572, the number of days.
 */
export function dateSamples(count: number, seed: number): DateSample[] {
  if (!(count <= dayCount)) {
    throw new UserError(`Only ${dayCount} days can be sampled, not ${count}; ask for fewer.`);
  }
  const random = new Random(seed);
  const days = random.shuffle(Int32Array.from({ length: dayCount }, (_, index) => index));
  return Array.from(days.subarray(0, count), (day) => {
    const date = dateOf(firstDay + day);
    const style = dateStyles[random.integer(dateStyles.length)];
    if (style === undefined) throw new Error("a random index is out of range");
    return { source: style.write(date), target: isoOf(date) };
  });
}

/** A day in all its formats. */
export interface WrittenDay {
  /** In ISO 8601. */
  readonly iso: string;
  /** One text per format, in five languages. */
  readonly texts: readonly string[];
}

/**
 * Returns days as drawn by {@link dateSamples}, each in every format.
 *
 * @throws UserError if `count` is above 109,572, the number of days.
 */
export function writtenDays(count: number, seed: number): WrittenDay[] {
  return dateSamples(count, seed).map(({ target: iso }) => {
    const date = dateOf(Date.parse(`${iso}T00:00:00Z`) / dayMilliseconds);
    return { iso, texts: dateStyles.map((style) => style.write(date)) };
  });
}

/**
 * Reads a date in one of the formats that {@link dateSamples} writes, of the same years.
 *
 * @returns the date in ISO 8601; null if the text is none, such as one whose weekday is wrong.
 */
export function readDate(text: string): string | null {
  const wanted = text.trim();
  for (let year = firstYear; year < firstYear + yearCount; year++) {
    if (!spellingsOfYear(year).some((spelling) => wanted.includes(spelling))) continue;
    const [first, end] = [year, year + 1].map((each) => Date.UTC(each, 0, 1) / dayMilliseconds);
    for (let day = first as number; day < (end as number); day++) {
      const date = dateOf(day);
      if (dateStyles.some((style) => style.write(date) === wanted)) return isoOf(date);
    }
  }
  return null;
}

/** Returns the date of a day counted from 1 January 1970. */
function dateOf(day: number): CalendarDate {
  const date = new Date(day * dayMilliseconds);
  return {
    year: date.getUTCFullYear(),
    month: date.getUTCMonth() + 1,
    day: date.getUTCDate(),
    weekday: date.getUTCDay(),
  };
}

function isoOf({ year, month, day }: CalendarDate): string {
  return [String(year), String(month).padStart(2, "0"), String(day).padStart(2, "0")].join("-");
}
