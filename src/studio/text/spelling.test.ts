import { describe, expect, it } from "vitest";
import { firstThatFits, fitted, shortened } from "./spelling.ts";

describe("shortened", () => {
  it("cuts only what is too long", () => {
    expect(shortened("étudiant", 100, 14)).toBe("étudiant");
    expect(shortened("anticonstitutionnellement", 80, 14)).toMatch(/^anti.*…$/);
  });
});

describe("fitted", () => {
  it("leaves a word that has room as it is", () => {
    expect(fitted("étudiant", 100, 14)).toEqual({ text: "étudiant", size: 14 });
  });

  it("makes letters smaller before it cuts", () => {
    expect(fitted("吃晚饭", 38, 14)).toEqual({ text: "吃晚饭", size: 12 });
  });

  it("cuts what is too long even in small letters", () => {
    const { text, size } = fitted("anticonstitutionnellement", 80, 14);
    expect(text).toMatch(/^anti.*…$/);
    expect(size).toBe(14);
  });
});

describe("firstThatFits", () => {
  const texts = ["With attention: French → English", "With attention"];
  it("takes the longest for which there is room, and the shortest if there is none", () => {
    expect(firstThatFits(texts, 600, 14)).toBe(texts[0]);
    expect(firstThatFits(texts, 200, 14)).toBe(texts[1]);
    expect(firstThatFits(texts, 20, 14)).toBe(texts[1]);
  });
});
