import { describe, expect, test } from "vitest";
import {
  chineseCount,
  chineseDigits,
  chineseNumeral,
  englishNumeral,
  frenchNumeral,
} from "./numerals.ts";

describe("numbers in words", () => {
  test.each([
    [0, "zero", "zéro", "零"],
    [7, "seven", "sept", "七"],
    [10, "ten", "dix", "十"],
    [13, "thirteen", "treize", "十三"],
    [20, "twenty", "vingt", "二十"],
    [21, "twenty-one", "vingt et un", "二十一"],
    [35, "thirty-five", "trente-cinq", "三十五"],
    [70, "seventy", "soixante-dix", "七十"],
    [71, "seventy-one", "soixante et onze", "七十一"],
    [80, "eighty", "quatre-vingts", "八十"],
    [81, "eighty-one", "quatre-vingt-un", "八十一"],
    [91, "ninety-one", "quatre-vingt-onze", "九十一"],
    [99, "ninety-nine", "quatre-vingt-dix-neuf", "九十九"],
    [100, "one hundred", "cent", "一百"],
    [105, "one hundred and five", "cent cinq", "一百零五"],
    [110, "one hundred and ten", "cent dix", "一百一十"],
    [200, "two hundred", "deux cents", "二百"],
    [342, "three hundred and forty-two", "trois cent quarante-deux", "三百四十二"],
    [1000, "one thousand", "mille", "一千"],
    [1010, "one thousand and ten", "mille dix", "一千零一十"],
    [3500, "three thousand five hundred", "trois mille cinq cents", "三千五百"],
    [10_001, "ten thousand and one", "dix mille un", "一万零一"],
    [80_000, "eighty thousand", "quatre-vingt mille", "八万"],
    [120_000, "one hundred and twenty thousand", "cent vingt mille", "十二万"],
    [200_000, "two hundred thousand", "deux cent mille", "二十万"],
    [1_000_000, "one million", "un million", "一百万"],
    [
      10_020_300,
      "ten million twenty thousand three hundred",
      "dix millions vingt mille trois cents",
      "一千零二万零三百",
    ],
    [300_000_000, "three hundred million", "trois cents millions", "三亿"],
  ])("%d", (number, english, french, chinese) => {
    expect([englishNumeral(number), frenchNumeral(number), chineseNumeral(number)]).toEqual([
      english,
      french,
      chinese,
    ]);
  });

  test("two is another character before a measure word", () => {
    expect([2, 12, 20, 200, 2000, 20_000, 25].map(chineseCount)).toEqual([
      ..."两 十二 二十 两百 两千 两万 二十五".split(" "),
    ]);
  });

  test("years are read digit by digit", () => {
    expect(chineseDigits(2008)).toBe("二〇〇八");
  });

  test("no two numbers have the same words", () => {
    for (const numeral of [englishNumeral, frenchNumeral, chineseNumeral]) {
      expect(new Set(Array.from({ length: 20_000 }, (_, number) => numeral(number))).size).toBe(
        20_000,
      );
    }
  });
});
