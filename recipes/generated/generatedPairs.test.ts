import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { Random } from "../../src/tensor/random.ts";
import { everydaySentences } from "../everyday.ts";
import { type Frame, placesOf, type Slot, type Slots } from "./frames.ts";
import { frenchElision } from "./french.ts";
import { framesOf, type GeneratedLanguage, generatedPairs, slotsOf } from "./generatedPairs.ts";
import { substituted } from "./substitution.ts";

const languages: readonly GeneratedLanguage[] = ["fr", "zh"];
const options = (language: GeneratedLanguage, seed = 1) =>
  ({ language, count: 3000, seed, corpusShare: 0.5 }) as const;
const corpus = {
  fr: [
    ["Tom est en retard.", "Tom is late."],
    ["C'est le chat de Marie.", "It's Mary's cat."],
    ["Il est né en 1960.", "He was born in 1960."],
  ],
  zh: [
    ["汤姆迟到了。", "Tom is late."],
    ["我们有25个学生。", "We have 25 students."],
  ],
} as const;
const wanted = (): boolean => false;

/** The sentences that measure everyday speech, as bare words. */
const bare = (text: string): string =>
  text
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, " ")
    .trim();
const everyday = (name: string): string[] =>
  readFileSync(everydaySentences(name), "utf8")
    .trimEnd()
    .split("\n")
    .slice(1)
    .map((line) => bare(line.split("\t")[0] as string));

/** All sentences that one side of a frame can become, with any words in its places of as many as those that are put there. */
function pattern(frame: Frame, side: 0 | 1, slots: Slots): RegExp {
  const unit = (text: string): string[] =>
    /\p{Script=Han}/u.test(text) ? [...text] : bare(text).split(" ");
  const mostUnits = (place: string): number => {
    const slot = slots[place.replace(/\d$/, "")] as Slot;
    const random = new Random(1);
    return Math.max(...Array.from({ length: 300 }, () => unit(slot(random)[side]).length));
  };
  const filled = frame[side].split(/\{(\w+)\}/).map((part, index) => {
    if (index % 2 === 0) return bare(part).replaceAll(" ", " ?");
    const one = side === 0 && slots === slotsOf("zh") ? "\\S" : "\\S+ ?";
    return ` ?(?:${one}){1,${mostUnits(part)}} ?`;
  });
  return new RegExp(`^${filled.join("")}$`);
}

describe.each(languages)("pairs about names and numbers, %s", (language) => {
  const pairs = generatedPairs(options(language), corpus[language], wanted);

  test("are the same of one seed, others of another, and none twice", () => {
    expect(generatedPairs(options(language), corpus[language], wanted)).toEqual(pairs);
    expect(generatedPairs(options(language, 2), corpus[language], wanted)).not.toEqual(pairs);
    expect(new Set(pairs.map((pair) => pair.join("\t"))).size).toBe(pairs.length);
    expect(pairs.length).toBeGreaterThan(1500);
  });

  test("are whole sentences with the same digits on both sides", () => {
    for (const [other, english] of pairs) {
      expect(`${other}${english}`).not.toMatch(/[{}\uE000]|undefined|NaN| {2}|\.\./);
      expect(english, english).toMatch(/^\p{Lu}|^\d/u);
      expect(english, english).toMatch(/[.!?]$/);
      // Chinese counts in 万, French writes 18 h: numbers from hundred on that are no clock are the same.
      const years = other.match(/\b(1[5-9]|20)\d\d\b/g) ?? [];
      for (const year of years) expect(english.replaceAll(",", ""), other).toContain(year);
    }
  });

  test("frames have the same places on both sides, all of which can be filled", () => {
    for (const [other, english] of framesOf(language)) {
      expect(placesOf(english).toSorted(), other).toEqual(placesOf(other).toSorted());
    }
  });

  test("no frame can become a sentence that measures everyday speech", () => {
    const sides = [
      [0, `${language}-en`] as const,
      ...(language === "zh" ? [[1, "en-zh"] as const] : []),
    ];
    for (const [side, name] of sides) {
      const measured = everyday(name);
      for (const frame of framesOf(language)) {
        const shape = pattern(frame, side, slotsOf(language));
        expect(
          measured.filter((text) => shape.test(text)),
          frame[side],
        ).toEqual([]);
      }
    }
  });

  test("a text of a set that measures is left out", () => {
    const [[unwanted]] = pairs as [[string, string]];
    const others = generatedPairs(options(language), corpus[language], (text) => text === unwanted);
    expect(others.map(([other]) => other)).not.toContain(unwanted);
    expect(others.length).toBeLessThan(pairs.length);
  });
});

describe("other names and numbers in a sentence", () => {
  const random = () => new Random(1);
  const names = [
    { other: "Tom", english: "Tom", slot: () => ["Émile", "Émile"] as const },
    { other: "Marie", english: "Mary", slot: () => ["Alice", "Alice"] as const },
    { other: "Mary", english: "Mary", slot: () => ["Alice", "Alice"] as const },
  ];
  const rules = { names, mend: frenchElision };
  test.each([
    [
      ["Le chat de Tom dort.", "Tom's cat sleeps."],
      ["Le chat d'Émile dort.", "Émile's cat sleeps."],
    ],
    [
      ["Je crois que Mary rit.", "I think Mary laughs."],
      ["Je crois qu'Alice rit.", "I think Alice laughs."],
    ],
    [
      ["Marie rit.", "Mary laughs."],
      ["Alice rit.", "Alice laughs."],
    ],
    [["Tom aime Marie.", "Tom loves Mary."], null],
    [["Tom et Tom.", "Tom and Tom."], null],
    [["Une tomate.", "A tomato."], null],
    [["Tomates.", "Tomatoes."], null],
    [["Il a 5 ans.", "He is 5."], null],
    [["Il a 35 ans.", "He is thirty-five."], null],
    [["De 10 à 20.", "From 10 to 20."], null],
    [["Il est 12:30.", "It is 12:30."], null],
  ] as const)("%s", (pair, expected) => {
    expect(substituted(pair, rules, random())).toEqual(expected);
  });

  test("a number keeps its digits, and a year is a year", () => {
    for (let seed = 0; seed < 50; seed++) {
      const [text] = substituted(["Né en 1960.", "Born in 1960."], rules, new Random(seed)) as [
        string,
        string,
      ];
      const year = Number(text.match(/\d+/)?.[0]);
      expect(year).toBeGreaterThanOrEqual(1500);
      expect(year).toBeLessThanOrEqual(2035);
      const [round] = substituted(
        ["Il a 350 livres.", "He has 350 books."],
        rules,
        new Random(seed),
      ) as [string, string];
      expect(round).toMatch(/^Il a [1-9]\d0 livres\.$/);
    }
  });
});
