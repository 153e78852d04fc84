import { describe, expect, test } from "vitest";
import { UserError } from "../tensor/errors.ts";
import { type CalendarDate, dateStyles } from "./dateStyles.ts";
import { dateSamples, readDate, writtenDays } from "./dates.ts";

const dateOf = (year: number, month: number, day: number): CalendarDate => ({
  year,
  month,
  day,
  weekday: new Date(Date.UTC(year, month - 1, day)).getUTCDay(),
});
const partsOf = (iso: string): [number, number, number] =>
  iso.split("-").map(Number) as [number, number, number];
const written = (...date: [number, number, number]): string[] =>
  dateStyles.map((style) => style.write(dateOf(...date)));

test("the third of March 1987 is written in all these ways", () => {
  expect(written(1987, 3, 3)).toEqual([
    "3 March 1987",
    "March 3 1987",
    "March 3, 1987",
    "the 3rd of March, 1987",
    "Tuesday, 3 March 1987",
    "third of March nineteen eighty-seven",
    "le 3 mars 1987",
    "mardi 3 mars 1987",
    "3. März 1987",
    "Dienstag, 3. März 1987",
    "3 de marzo de 1987",
    "martes, 3 de marzo de 1987",
    "1987年3月3日",
    "一九八七年三月三日",
  ]);
});

test.each<[[number, number, number], string]>([
  [[1984, 5, 23], "twenty-third of May nineteen eighty-four"],
  [[2005, 1, 20], "twentieth of January two thousand and five"],
  [[2000, 2, 29], "twenty-ninth of February two thousand"],
  [[2010, 12, 12], "twelfth of December twenty ten"],
  [[1900, 1, 30], "thirtieth of January nineteen hundred"],
  [[1809, 2, 31], "thirty-first of February eighteen oh nine"],
  [[1815, 6, 1], "le 1er juin 1815"],
  [[1815, 6, 11], "the 11th of June, 1815"],
  [[1815, 6, 21], "the 21st of June, 1815"],
  [[1815, 6, 22], "the 22nd of June, 1815"],
  [[2010, 10, 31], "二〇一〇年十月三十一日"],
  [[2012, 12, 20], "二〇一二年十二月二十日"],
])("%j may be %s", (date, words) => {
  expect(written(...date)).toContain(words);
});

test.each(["en", "fr", "de", "es"])(
  "the months and weekdays of %s are those of the calendar",
  (language) => {
    const format = (options: Intl.DateTimeFormatOptions) =>
      new Intl.DateTimeFormat(language, { ...options, timeZone: "UTC" });
    const [month, weekday] = [format({ month: "long" }), format({ weekday: "long" })];
    const week = Array.from({ length: 7 }, (_, day) => weekday.format(Date.UTC(2000, 0, day)));
    const styles = dateStyles.filter((style) => style.language === language);
    for (const { target } of dateSamples(1000, 5)) {
      const time = Date.parse(`${target}T00:00:00Z`);
      const [year, monthNumber, day] = partsOf(target);
      const texts = styles.map((style) => style.write(dateOf(year, monthNumber, day)));
      for (const text of texts)
        expect(text).toMatch(new RegExp(`(^| )${month.format(time)}[ ,]`, "u"));
      const weekdays = texts.flatMap((text) => week.filter((name) => text.startsWith(name)));
      expect(weekdays, target).toEqual([weekday.format(time)]);
    }
  },
);

test("the weekday of every sample is right, and its Chinese date that of the calendar", () => {
  const weekday = new Intl.DateTimeFormat("en", { weekday: "long", timeZone: "UTC" });
  const chinese = new Intl.DateTimeFormat("zh", { dateStyle: "long", timeZone: "UTC" });
  let seen = 0;
  for (const { source, target } of dateSamples(5000, 6)) {
    const time = Date.parse(`${target}T00:00:00Z`);
    const [, name] = /^(\p{L}+day), /u.exec(source) ?? [];
    if (name !== undefined) expect(name, source).toBe(weekday.format(time));
    const isChinese = /^\d+年/u.test(source);
    if (isChinese) expect(source).toBe(chinese.format(time));
    if (name !== undefined || isChinese) seen++;
  }
  expect(seen).toBeGreaterThan(500);
});

describe("samples", () => {
  const samples = dateSamples(13_000, 1);
  test("depend on the seed alone", () => {
    expect(dateSamples(13_000, 1)).toEqual(samples);
    expect(dateSamples(13_000, 2)).not.toEqual(samples);
  });
  test("never have a day or a text twice", () => {
    expect(new Set(samples.map(({ target }) => target)).size).toBe(samples.length);
    expect(new Set(samples.map(({ source }) => source)).size).toBe(samples.length);
  });
  test("are real dates of the years 1800 to 2099, of every century alike", () => {
    for (const { target } of samples) {
      expect(new Date(`${target}T00:00:00Z`).toISOString().slice(0, 10)).toBe(target);
    }
    for (const century of ["18", "19", "20"]) {
      const share = samples.filter(({ target }) => target.startsWith(century)).length;
      expect(share / samples.length).toBeGreaterThan(0.3);
    }
  });
  test("are at most 109,572", () => {
    expect(() => dateSamples(200_000, 1)).toThrow(UserError);
    expect(dateSamples(109_572, 1).length).toBe(109_572);
  });
});

test("no text means two dates", () => {
  const meanings = new Map<string, string>();
  const ambiguous: string[] = [];
  for (const { target } of dateSamples(20_000, 1)) {
    for (const text of written(...partsOf(target))) {
      if (meanings.has(text)) ambiguous.push(text);
      meanings.set(text, target);
    }
  }
  expect(ambiguous).toEqual([]);
  expect(meanings.size).toBe(20_000 * dateStyles.length);
});

test("days that are drawn are written in every style, among them the sample's own", () => {
  const days = writtenDays(40, 9);
  const samples = dateSamples(40, 9);
  expect(days.map(({ iso }) => iso)).toEqual(samples.map(({ target }) => target));
  days.forEach(({ iso, texts }, index) => {
    expect(texts).toEqual(written(...partsOf(iso)));
    expect(texts).toContain(samples[index]?.source);
  });
});

describe("a date in words is read", () => {
  test("in every format", () => {
    for (const { iso, texts } of writtenDays(40, 3)) {
      for (const text of texts) expect(readDate(text), text).toBe(iso);
    }
  });
  test.each(["", "1987", "3 March 2187", "Monday, 3 March 1987", "30 février 1987", "3 March"])(
    "but %j is none",
    (text) => {
      expect(readDate(text)).toBeNull();
    },
  );
});
