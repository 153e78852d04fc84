import { expect, test } from "vitest";
import type { Translation } from "../decoding/textModel.ts";
import { alignmentPicture } from "./alignmentPicture.ts";
import { columnsOf } from "./columns.ts";

/** A translation that looks at each source token as at each other. */
function translationOf(tokens: readonly string[], sourceTokens: readonly string[]): Translation {
  const row = new Float32Array(sourceTokens.length).fill(1 / sourceTokens.length);
  return {
    text: tokens.join(" "),
    tokens,
    sourceTokens,
    logProbability: 0,
    logProbabilities: [],
    score: 0,
    alignment: [],
    finished: true,
    attention: [...tokens, "</s>"].map(() => row),
  };
}

test.each([
  ["marks", ["नमस्ते", "ab", "क्षि", "e\u0301"]],
  ["emoji", ["👩\u200d👩\u200d👧", "ab", "👍🏽", "🇫🇷"]],
  ["wide letters", ["中文", "ab", "한국어", "ｱ"]],
  ["words from right to left", ["שָׁלוֹם", "ab", "مَرْحَبًا", "a"]],
])("the bars of rows with %s stand under each other, and under the heads'", (_, tokens) => {
  const lines = alignmentPicture(translationOf(tokens, tokens)).split("\n");
  const rows = lines.filter((line) => line.includes("▏"));
  expect(rows).toHaveLength(tokens.length + 1);
  const bars = rows.map((row) => columnsOf(row.slice(0, row.indexOf("▏"))));
  expect(new Set(bars).size).toBe(1);
  const heads = lines.slice(0, tokens.length);
  heads.forEach((head, index) => {
    const start = head.indexOf(tokens[index] as string);
    // One column for the bar, and two for each source token before it.
    expect(columnsOf(head.slice(0, start))).toBe((bars[0] as number) + 1 + 2 * index);
  });
});

test("source tokens of one column are written side by side", () => {
  const [head, row] = alignmentPicture(translationOf(["a"], ["e\u0301", "x", "ש"])).split("\n");
  expect(head).toBe("      e\u0301x\u200eש\u200e");
  expect(row).toBe("   a ▏░░░▕");
});

test("a document is too wide for a picture", () => {
  const many = Array.from({ length: 150_000 }, () => "word");
  expect(alignmentPicture(translationOf(["b"], many))).toBe(
    "(The source has 150,000 tokens; a picture shows at most 1,000.)",
  );
});
