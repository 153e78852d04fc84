import { expect, test } from "vitest";
import { Random } from "../tensor/random.ts";
import { learnMerges } from "./pieceMerges.ts";

test("the most frequent pair of neighbours is merged first", () => {
  // The example of Sennrich et al. (2016), algorithm 1: 9 times "es", then "est", then 7 times "lo".
  const words = [
    ["newest", 6],
    ["low", 5],
    ["widest", 3],
    ["lower", 2],
  ] as const;
  const alphabet = [..."deilnorstw"];
  expect(learnMerges(words, alphabet, 4).pieces).toEqual(["es", "est", "lo", "low"]);
});

test("pairs that occur once are not merged, so that there may be fewer pieces than wanted", () => {
  expect(learnMerges([["abc", 1]], ["a", "b", "c"], 10)).toEqual({ pieces: [], merges: [] });
});

test("a run of one letter is merged from the left", () => {
  expect(learnMerges([["aaaa", 5]], ["a"], 2).merges).toEqual([
    ["a", "a"],
    ["aa", "aa"],
  ]);
});

test("characters outside the alphabet take part in no merge", () => {
  expect(learnMerges([["axb", 9]], ["a", "b"], 3).pieces).toEqual([]);
});

test("no piece is spelled like a special token", () => {
  expect(learnMerges([["<s>", 9]], ["<", ">", "s"], 9).pieces).not.toContain("<s>");
});

test("agrees with counting all pairs anew after each merge", () => {
  const random = new Random(5);
  const letter = (): string => "abcd"[random.integer(4)] as string;
  const words = Array.from(
    { length: 60 },
    () =>
      [
        Array.from({ length: 2 + random.integer(8) }, letter).join(""),
        1 + random.integer(9),
      ] as const,
  );
  const alphabet = ["a", "b", "c", "d"];
  expect(learnMerges(words, alphabet, 40).merges).toEqual(learnSlowly(words, alphabet, 40));
});

/** The definition, without anything that makes it fast. */
function learnSlowly(
  words: readonly (readonly [string, number])[],
  alphabet: readonly string[],
  pieces: number,
): [string, string][] {
  const symbols = [...alphabet];
  const merges: [string, string][] = [];
  let texts = words.map(([word, count]) => ({ parts: [...word], count }));
  while (symbols.length < alphabet.length + pieces) {
    const counts = new Map<string, { pair: [string, string]; count: number }>();
    for (const { parts, count } of texts) {
      for (let index = 0; index + 1 < parts.length; index++) {
        const pair: [string, string] = [parts[index] as string, parts[index + 1] as string];
        const entry = counts.get(pair.join(" ")) ?? { pair, count: 0 };
        counts.set(pair.join(" "), { pair, count: entry.count + count });
      }
    }
    const rank = ([left, right]: [string, string]): number =>
      symbols.indexOf(left) * 1000 + symbols.indexOf(right);
    const best = [...counts.values()].sort(
      (one, other) => other.count - one.count || rank(one.pair) - rank(other.pair),
    )[0];
    if (best === undefined || best.count < 2) break;
    const [left, right] = best.pair;
    if (!merges.some((merge) => merge.join(" ") === best.pair.join(" "))) merges.push(best.pair);
    if (!symbols.includes(left + right)) symbols.push(left + right);
    texts = texts.map(({ parts, count }) => {
      const merged: string[] = [];
      for (let index = 0; index < parts.length; index++) {
        const isPair = parts[index] === left && parts[index + 1] === right;
        merged.push(isPair ? left + right : (parts[index] as string));
        if (isPair) index++;
      }
      return { parts: merged, count };
    });
  }
  return merges;
}
