import { describe, expect, test } from "vitest";
import { type ChrfOptions, corpusChrf, sentenceChrf } from "./chrf.ts";

const hypotheses = [
  "The dog bit the man.",
  "It wasn't surprising.",
  "The man had just bitten him.",
];
const references = [
  ["The dog bit the man.", "It was not unexpected.", "The man bit him first."],
  ["The dog had bit the man.", "No one was surprised.", "The man had bitten the dog."],
];

test.each<[string[], string[], number]>([
  [["a"], ["a"], 100],
  [[""], ["reference"], 0],
  [["a b c"], ["a b c"], 100],
  [["a b c"], ["abc"], 100],
  [[""], ["c"], 0],
  [["a", "b"], ["a", "c"], 50],
  [["aa"], ["ab"], 25],
])("%j against %j scores as in sacreBLEU's own tests", (hypothesis, reference, score) => {
  expect(corpusChrf(hypothesis, [reference], { beta: 3 }).score).toBeCloseTo(score, 4);
});

test.each<[string, string, number]>([
  [
    "Die Beziehung zwischen Obama und Netanjahu ist nicht gerade freundlich.",
    "Das Verhältnis zwischen Obama und Netanyahu ist nicht gerade freundschaftlich.",
    67.3481606,
  ],
  [
    "risk assessment must be made of those who are qualified and expertise in the sector - these are the scientists .",
    "risk assessment has to be undertaken by those who are qualified and expert in that area - that is the scientists .",
    65.2414427,
  ],
])("with spaces, %s scores as in sacreBLEU's own tests", (hypothesis, reference, score) => {
  const options = { beta: 3, whitespace: true };
  expect(sentenceChrf(hypothesis, [reference], options).score).toBeCloseTo(score, 6);
});

describe("the printed line is sacreBLEU 2.6.0's but for the version", () => {
  const line = (...given: Parameters<typeof corpusChrf>): string =>
    String(corpusChrf(...given)).replace(/version:[^ ]+/, "version:2.6.0");
  test.each<[ChrfOptions, string]>([
    [{}, "chrF2|nrefs:2|case:mixed|eff:yes|nc:6|nw:0|space:no|version:2.6.0 = 59.73"],
    [
      { wordOrder: 2 },
      "chrF2++|nrefs:2|case:mixed|eff:yes|nc:6|nw:2|space:no|version:2.6.0 = 59.15",
    ],
  ])("with %j", (options, expected) => {
    expect(line(hypotheses, references, options)).toBe(expected);
  });
  test("where one sentence has fewer references", () => {
    const [first = [], second = []] = references;
    expect(line(hypotheses, [[undefined, ...first.slice(1)], second])).toBe(
      "chrF2|nrefs:var|case:mixed|eff:yes|nc:6|nw:0|space:no|version:2.6.0 = 51.70",
    );
  });
  test("with punctuation at words, and characters outside the basic plane", () => {
    const given = ['"Hello," (he) said: 𝔘nicode!'];
    expect(line(given, [["“Hello”, he said: (𝔘nicode)!"]], { wordOrder: 2 })).toBe(
      "chrF2++|nrefs:1|case:mixed|eff:yes|nc:6|nw:2|space:no|version:2.6.0 = 41.83",
    );
  });
  test("where the reference is too short for an order", () => {
    expect(line(["ab"], [["a"]])).toBe(
      "chrF2|nrefs:1|case:mixed|eff:yes|nc:6|nw:0|space:no|version:2.6.0 = 83.33",
    );
  });
});
