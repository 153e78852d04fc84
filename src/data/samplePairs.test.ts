import { expect, test } from "vitest";
import { pairsInMemory } from "./pairs.ts";
import { samplePairs } from "./samplePairs.ts";

const texts = Array.from({ length: 2000 }, (_, index) => ({ source: `s ${index}`, target: "t" }));
const sourcesOf = async (pairs: typeof texts, most: number): Promise<string[]> =>
  (await samplePairs(pairsInMemory(pairs, "set"), most)).map(({ source }) => source);

test("a sample is the same whatever the order, and is spread over the set", async () => {
  const sample = await sourcesOf(texts, 100);
  expect(new Set(sample).size).toBe(100);
  expect(await sourcesOf(texts.toReversed(), 100)).toEqual(sample);
  expect(await sourcesOf(texts, 3)).toEqual(sample.slice(0, 3));
  const early = sample.filter((source) => Number(source.slice(2)) < 1000);
  expect(early.length).toBeGreaterThan(30);
  expect(early.length).toBeLessThan(70);
});

test("a small set is a sample of itself, without blank and very long texts", async () => {
  const odd = [
    ...texts.slice(0, 3),
    { source: " ", target: "t" },
    { source: "x".repeat(401), target: "t" },
  ];
  expect((await sourcesOf(odd, 100)).sort()).toEqual(["s 0", "s 1", "s 2"]);
});

test("a set of very long texts alone is sampled too", async () => {
  const long = Array.from({ length: 5 }, (_, index) => ({
    source: `${index}`.repeat(401),
    target: "t",
  }));
  expect(await sourcesOf([...long, { source: "", target: "t" }], 3)).toHaveLength(3);
});
