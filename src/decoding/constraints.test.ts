import { expect, test } from "vitest";
import { repeatingTokens, stepConstraints } from "./constraints.ts";
import type { Extension } from "./hypothesis.ts";
import { beginning } from "./hypothesis.ts";

test.each([
  ["after 7 came 8 and 9 before", [7, 8, 7, 9, 7], 2, [8, 9]],
  ["7 8 was followed by 9", [7, 8, 9, 7, 8], 3, [9]],
  ["8 7 never came before", [7, 8, 9, 8, 7], 3, []],
  ["no token may come twice", [5, 6, 5], 1, [5, 6]],
  ["nothing was said", [], 2, []],
  ["one token is no pair", [7], 3, []],
  ["an n-gram may overlap itself", [4, 4], 2, [4]],
])("%s: %j, n = %i", (_, tokens, size, expected) => {
  expect(repeatingTokens(tokens, size)).toEqual(expected);
});

function saying(...tokens: number[]): Extension {
  return tokens.reduce<Extension>(
    (parent, token) => ({
      parent,
      token,
      logProbability: 0,
      sum: 0,
      length: parent.length + 1,
      attention: null,
    }),
    beginning,
  );
}

test("rules are laid out by sentence and place, filled up with padding", () => {
  const sentences = [
    { running: [saying(5, 6, 5, 7, 5), saying(5, 6)], forced: null },
    { running: [saying(5, 5)], forced: 9 },
    { running: [], forced: null },
  ];
  const { blocked, forced } = stepConstraints(sentences, 2, 2);
  expect(blocked.shape).toEqual([3, 2, 2]);
  expect([...blocked.data]).toEqual([6, 7, ...Array<number>(10).fill(0)]);
  expect(forced.shape).toEqual([3, 2, 1]);
  expect([...forced.data]).toEqual([0, 0, 9, 9, 0, 0]);
});
