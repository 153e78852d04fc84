/**
 * @file The formats of dates in words that the sample model learns to read. Every format contains the
 * day, the month and all four digits of the year, so that it is unambiguous.
 */

/** A day of the Gregorian calendar. */
export interface CalendarDate {
  readonly year: number;
  /** From 1. */
  readonly month: number;
  /** From 1. */
  readonly day: number;
  /** From 0 for Sunday. */
  readonly weekday: number;
}

/** A format for dates, and its language (ISO 639-1). */
export interface DateStyle {
  readonly language: "en" | "fr" | "de" | "es" | "zh";
  readonly write: (date: CalendarDate) => string;
}

const english = {
  months: named(
    "January February March April May June July August September October November December",
  ),
  weekdays: named("Sunday Monday Tuesday Wednesday Thursday Friday Saturday"),
};
const french = {
  months: named(
    "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
  ),
  weekdays: named("dimanche lundi mardi mercredi jeudi vendredi samedi"),
};
const german = {
  months: named(
    "Januar Februar März April Mai Juni Juli August September Oktober November Dezember",
  ),
  weekdays: named("Sonntag Montag Dienstag Mittwoch Donnerstag Freitag Samstag"),
};
const spanish = {
  months: named(
    "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
  ),
  weekdays: named("domingo lunes martes miércoles jueves viernes sábado"),
};

/** The styles, a few for each language. */
export const dateStyles: readonly DateStyle[] = [
  { language: "en", write: (date) => `${date.day} ${monthOf(date, english)} ${date.year}` },
  { language: "en", write: (date) => `${monthOf(date, english)} ${date.day} ${date.year}` },
  { language: "en", write: (date) => `${monthOf(date, english)} ${date.day}, ${date.year}` },
  {
    language: "en",
    write: (date) => `the ${ordinal(date.day)} of ${monthOf(date, english)}, ${date.year}`,
  },
  {
    language: "en",
    write: (date) =>
      `${weekdayOf(date, english)}, ${date.day} ${monthOf(date, english)} ${date.year}`,
  },
  {
    language: "en",
    write: (date) =>
      `${ordinalWords(date.day)} of ${monthOf(date, english)} ${yearWords(date.year)}`,
  },
  { language: "fr", write: (date) => `le ${frenchDay(date)}` },
  { language: "fr", write: (date) => `${weekdayOf(date, french)} ${frenchDay(date)}` },
  { language: "de", write: (date) => `${date.day}. ${monthOf(date, german)} ${date.year}` },
  {
    language: "de",
    write: (date) =>
      `${weekdayOf(date, german)}, ${date.day}. ${monthOf(date, german)} ${date.year}`,
  },
  { language: "es", write: (date) => spanishDay(date) },
  { language: "es", write: (date) => `${weekdayOf(date, spanish)}, ${spanishDay(date)}` },
  { language: "zh", write: (date) => `${date.year}年${date.month}月${date.day}日` },
  {
    language: "zh",
    write: (date) =>
      `${chineseDigits(date.year)}年${chineseNumber(date.month)}月${chineseNumber(date.day)}日`,
  },
];

/** The forms in which a style writes a year; each date in words contains one of them. */
export function spellingsOfYear(year: number): string[] {
  return [String(year), yearWords(year), chineseDigits(year)];
}

interface Names {
  readonly months: readonly string[];
  readonly weekdays: readonly string[];
}

function named(names: string): string[] {
  return names.split(" ");
}

function monthOf({ month }: CalendarDate, { months }: Names): string {
  return months[month - 1] as string;
}

function weekdayOf({ weekday }: CalendarDate, { weekdays }: Names): string {
  return weekdays[weekday] as string;
}

// French uses an ordinal only for the first day of a month: le 1er mars, le 2 mars.
function frenchDay(date: CalendarDate): string {
  return `${date.day === 1 ? "1er" : date.day} ${monthOf(date, french)} ${date.year}`;
}

function spanishDay(date: CalendarDate): string {
  return `${date.day} de ${monthOf(date, spanish)} de ${date.year}`;
}

/** Returns 1st, 2nd, 3rd, 4th, … 11th, … 21st. */
function ordinal(number: number): string {
  const isTeen = number >= 11 && number <= 13;
  return `${number}${isTeen ? "th" : (["th", "st", "nd", "rd"][number % 10] ?? "th")}`;
}

const units = [
  ...named("zero one two three four five six seven eight nine ten eleven twelve thirteen"),
  ...named("fourteen fifteen sixteen seventeen eighteen nineteen"),
];
const tens = ["", "", ...named("twenty thirty forty fifty sixty seventy eighty ninety")];
const ordinals = [
  ...named("zeroth first second third fourth fifth sixth seventh eighth ninth tenth eleventh"),
  ...named("twelfth thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth"),
];

/** Returns a number below 100 as "eighty-four". */
function words(number: number): string {
  if (number < 20) return units[number] as string;
  const ten = tens[Math.floor(number / 10)] as string;
  return number % 10 === 0 ? ten : `${ten}-${units[number % 10]}`;
}

/** Returns a day of the month as "twenty-third". */
function ordinalWords(day: number): string {
  if (day < 20) return ordinals[day] as string;
  const ten = tens[Math.floor(day / 10)] as string;
  return day % 10 === 0 ? ten.replace(/y$/, "ieth") : `${ten}-${ordinals[day % 10]}`;
}

/** Returns a year as it is spoken: nineteen eighty-four, nineteen oh five, two thousand and one. */
function yearWords(year: number): string {
  const rest = year % 100;
  if (year >= 2000 && year < 2010) return `two thousand${rest === 0 ? "" : ` and ${words(rest)}`}`;
  const century = words(Math.floor(year / 100));
  if (rest === 0) return `${century} hundred`;
  return rest < 10 ? `${century} oh ${words(rest)}` : `${century} ${words(rest)}`;
}

const hanDigits = [..."〇一二三四五六七八九"];

/** Returns a number digit by digit: 一九八七. */
function chineseDigits(number: number): string {
  return [...String(number)].map((digit) => hanDigits[Number(digit)]).join("");
}

/** Returns a number below 100 as it is counted: 三, 十, 十二, 二十, 三十一. */
function chineseNumber(number: number): string {
  const [ten, unit] = [Math.floor(number / 10), number % 10];
  const tensPart = ten === 0 ? "" : `${ten === 1 ? "" : hanDigits[ten]}十`;
  return tensPart + (unit === 0 ? "" : hanDigits[unit]);
}
