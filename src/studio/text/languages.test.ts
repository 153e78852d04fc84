import { expect, test } from "vitest";
import { languageNamed } from "./languages.ts";

test.each(["French", "french ", "fr", "法语", "Français"])(
  "%j is French in both languages of the page",
  (name) => {
    expect(languageNamed(name)).toEqual({ en: "French", zh: "法语", code: "fr" });
  },
);

test("what is no known language is called as its card calls it", () => {
  expect(languageNamed("Klingon")).toEqual({ en: "Klingon", zh: "Klingon" });
});
