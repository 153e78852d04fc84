import { expect, test } from "vitest";
import { largestNumber, numberInWords, numberLanguages } from "./numberWords.ts";

test.each([
  [0, "zero", "zéro", "null", "零"],
  [7, "seven", "sept", "sieben", "七"],
  [12, "twelve", "douze", "zwölf", "十二"],
  [21, "twenty-one", "vingt et un", "einundzwanzig", "二十一"],
  [71, "seventy-one", "soixante et onze", "einundsiebzig", "七十一"],
  [77, "seventy-seven", "soixante-dix-sept", "siebenundsiebzig", "七十七"],
  [80, "eighty", "quatre-vingts", "achtzig", "八十"],
  [91, "ninety-one", "quatre-vingt-onze", "einundneunzig", "九十一"],
  [100, "one hundred", "cent", "einhundert", "一百"],
  [105, "one hundred five", "cent cinq", "einhundertfünf", "一百零五"],
  [112, "one hundred twelve", "cent douze", "einhundertzwölf", "一百一十二"],
  [200, "two hundred", "deux cents", "zweihundert", "二百"],
  [
    241,
    "two hundred forty-one",
    "deux cent quarante et un",
    "zweihunderteinundvierzig",
    "二百四十一",
  ],
  [1005, "one thousand five", "mille cinq", "eintausendfünf", "一千零五"],
  [1050, "one thousand fifty", "mille cinquante", "eintausendfünfzig", "一千零五十"],
  [
    9800,
    "nine thousand eight hundred",
    "neuf mille huit cents",
    "neuntausendachthundert",
    "九千八百",
  ],
])("%d is %s, %s, %s, %s", (number, ...words) => {
  expect(numberLanguages.map((language) => numberInWords(number, language))).toEqual(words);
});

test("no words mean two numbers", () => {
  const meanings = new Map<string, number>();
  for (let number = 0; number <= largestNumber; number++) {
    for (const language of numberLanguages) {
      const words = numberInWords(number, language);
      expect(meanings.get(words) ?? number, words).toBe(number);
      meanings.set(words, number);
    }
  }
  expect(meanings.size).toBeGreaterThan(3 * largestNumber);
});

test.each([-1, 0.5, 10_000])("%d has no words", (number) => {
  expect(() => numberInWords(number, "en")).toThrow(RangeError);
});
