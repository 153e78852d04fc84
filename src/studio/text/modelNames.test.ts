import { expect, test } from "vitest";
import { cardMeaning, languagesOf, titleOf } from "./modelNames.ts";

const languages = { source: "Chinese", target: "dates" };

test("a model is called as its card calls it, in both languages of the page", () => {
  const named = { name: "a", title: "Dates", card: { zh: { title: "日期" } } };
  expect(titleOf(named)).toEqual({ en: "Dates", zh: "日期" });
  expect(titleOf({ name: "a", title: "Dates" })).toEqual({ en: "Dates", zh: "Dates" });
  expect(titleOf({ name: "a" })).toEqual({ en: "a", zh: "a" });
});

test("its languages are those of the card, known ones also without Chinese words of the card", () => {
  const card = { languages, zh: { languages: { source: " ", target: "日期" } } };
  expect(languagesOf({ card })).toEqual({
    source: { en: "Chinese", zh: "中文", code: "zh" },
    target: { en: "dates", zh: "日期" },
  });
  expect(languagesOf({})).toEqual({ source: null, target: null });
  expect(languagesOf(null)).toEqual({ source: null, target: null });
});

test("a card that is not as it should be says nothing", () => {
  for (const zh of [null, "x", 3, [], { title: 3, languages: "x", meanings: "x" }]) {
    expect(titleOf({ name: "a", card: { zh } }).zh).toBe("a");
    expect(languagesOf({ card: { languages, zh } }).target?.zh).toBe("dates");
    expect(cardMeaning({ zh }, 0)).toBeNull();
  }
});
