/** @file Days to try with a model of dates, as they are written in its five languages. */

import { languageNamed } from "../text/languages.ts";
import type { Example, ExampleGroup } from "./example.ts";

const months = [
  ..."January February March April May June July August".split(" "),
  ..."September October November December".split(" "),
];

/** A written day, which means `iso`: year, month and day. */
function day(text: string, iso: string): Example {
  const [year, month, date] = iso.split("-").map(Number) as [number, number, number];
  return {
    text,
    meaning: {
      en: `${date} ${months[month - 1]} ${year}`,
      zh: `${year} 年 ${month} 月 ${date} 日`,
    },
  };
}

const group = (language: string, examples: readonly Example[]): ExampleGroup => {
  const { en, zh } = languageNamed(language);
  return { name: { en, zh }, examples };
};

export const dateExamples: readonly ExampleGroup[] = [
  group("English", [
    day("the 3rd of March, 1987", "1987-03-03"),
    day("July 20, 1969", "1969-07-20"),
    day("Tuesday, 4 July 1826", "1826-07-04"),
    day("twenty-second of November nineteen sixty", "1960-11-22"),
  ]),
  group("French", [
    day("le 14 juillet 1989", "1989-07-14"),
    day("mercredi 1er janvier 1800", "1800-01-01"),
  ]),
  group("German", [
    day("9. November 1989", "1989-11-09"),
    day("Sonntag, 29. Februar 2032", "2032-02-29"),
  ]),
  group("Spanish", [
    day("20 de julio de 1969", "1969-07-20"),
    day("miércoles, 12 de octubre de 1892", "1892-10-12"),
  ]),
  group("Chinese", [
    day("1949年10月1日", "1949-10-01"),
    day("二〇二四年二月二十九日", "2024-02-29"),
  ]),
];
