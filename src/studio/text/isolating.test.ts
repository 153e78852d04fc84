import { expect, test } from "vitest";
import { isolating } from "./isolating.ts";

const words = {
  title: "Title",
  pair: (target: string, source: string, share: number): string =>
    `“${target}” ← “${source}” ${share}`,
  named: ({ token, at }: { token: string; at: number }): string => `“${token}” ${at}`,
  rows: { of: (token: string): string => `of “${token}”` },
  list: [(token: string): string => token, "plain"] as const,
};

test("words from right to left are set apart in the sentence that they are put into", () => {
  const { pair, named, rows, list } = isolating(words);
  expect(pair("בית", "maison", 1)).toBe("“\u2068בית\u2069” ← “maison” 1");
  expect(named({ token: "ספר", at: 2 })).toBe("“\u2068ספר\u2069” 2");
  expect(rows.of("ספר")).toBe("of “\u2068ספר\u2069”");
  expect(list[0]("ספר")).toBe("\u2068ספר\u2069");
});

test("all else stays as it is, and is the same each time", () => {
  expect(isolating(words).title).toBe("Title");
  expect(isolating(words).pair("a", "b", 2)).toBe(words.pair("a", "b", 2));
  expect(isolating(words)).toBe(isolating(words));
  expect(isolating("text")).toBe("text");
  expect(isolating(null)).toBeNull();
});
