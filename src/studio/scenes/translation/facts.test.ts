import { describe, expect, test } from "vitest";
import { factLines, trainedNumbers } from "./facts.ts";

describe("the facts on the box", () => {
  test("count every number of every tensor", () => {
    expect(trainedNumbers([{ shape: [3, 4] }, { shape: [5] }, { shape: [] }])).toBe(18);
  });

  test("stand in as few lines as there is room for", () => {
    expect(factLines(["aaaa", "bbbb", "cc"], 11, " · ")).toEqual(["aaaa · bbbb", "cc"]);
    expect(factLines(["aaaa", "bbbb", "cc"], 40, " · ")).toEqual(["aaaa · bbbb · cc"]);
  });

  test("never lose a fact that is too long for a line", () => {
    expect(factLines(["a long fact", "b"], 4, " · ")).toEqual(["a long fact", "b"]);
    expect(factLines(["隐藏状态", "两层"], 10, " · ")).toEqual(["隐藏状态", "两层"]);
  });
});
