import { describe, expect, test } from "vitest";
import packageJson from "../../package.json" with { type: "json" };
import { UserError } from "../tensor/errors.ts";
import { type BleuOptions, canJudge, corpusBleu, sentenceBleu } from "./bleu.ts";
import { scorerVersion } from "./signature.ts";

const hypotheses = [
  "The dog bit the man.",
  "It wasn't surprising.",
  "The man had just bitten him.",
];
const references = [
  ["The dog bit the man.", "It was not unexpected.", "The man bit him first."],
  ["The dog had bit the man.", "No one was surprised.", "The man had bitten the dog."],
];

describe("the score of a corpus, as sacreBLEU's own tests have it", () => {
  test.each<[BleuOptions, number]>([
    [{}, 48.530827],
    [{ tokenizer: "none" }, 49.1919566],
    [{ tokenizer: "intl" }, 43.91623493],
    [{ smoothing: "none" }, 48.530827],
  ])("with %j", (options, score) => {
    expect(corpusBleu(hypotheses, references, options).score).toBeCloseTo(score, 6);
  });
  test("of hypotheses without a word is 0", () => {
    expect(corpusBleu(["", "", ""], references).score).toBe(0);
  });
  test("of n-grams that all match is 100", () => {
    expect(corpusBleu(["a small test of it"], [["a small test of it"]]).score).toBeCloseTo(100, 10);
  });
});

describe("the score of a sentence, as sacreBLEU's own tests have it", () => {
  const hypothesis = "Producția de zahăr primă va fi exprimată în ceea ce privește zahărul alb;";
  const reference = "producţia de zahăr brut se exprimă în zahăr alb;";
  test.each<[BleuOptions, number]>([
    [{}, 8.493],
    [{ smoothing: "none" }, 0],
    [{ smoothing: "floor" }, 4.51688],
    [{ smoothing: "floor", smoothingValue: 0.5 }, 10.1],
    [{ smoothing: "add-k" }, 14.882],
    [{ smoothing: "add-k", smoothingValue: 2 }, 21.389],
    [{ tokenizer: "none" }, 7.347],
    [{ tokenizer: "intl" }, 8.493],
    [{ tokenizer: "char" }, 40.8759],
    [{ tokenizer: "char", lowercase: true }, 42.0267],
  ])("with %j", (options, score) => {
    expect(Math.abs(sentenceBleu(hypothesis, [reference], options).score - score)).toBeLessThan(
      1e-3,
    );
  });
  test("without any match is 0, whatever the smoothing", () => {
    for (const smoothing of ["exp", "floor", "add-k", "none"] as const) {
      expect(sentenceBleu("this is a cat", ["okay thanks"], { smoothing }).score).toBe(0);
    }
  });
  test("leaves out the orders that a short sentence does not have", () => {
    const options = { tokenizer: "none", smoothing: "floor", smoothingValue: 0.01 } as const;
    expect(sentenceBleu("test", ["a test"], options).score).toBeCloseTo(36.78794411714425, 8);
    expect(sentenceBleu("a little test", ["a test"], options).score).toBeCloseTo(3.218297948, 6);
    expect(sentenceBleu("a test", ["a test"]).score).toBeCloseTo(100, 8);
    expect(sentenceBleu("a test", ["a test"], { effectiveOrder: false }).score).toBe(0);
  });
});

describe("the printed line is sacreBLEU 2.6.0's but for the version", () => {
  const line = (...given: Parameters<typeof corpusBleu>): string =>
    String(corpusBleu(...given)).replace(/version:[^ ]+/, "version:2.6.0");
  test("with two references", () => {
    expect(line(hypotheses, references)).toBe(
      "BLEU|nrefs:2|case:mixed|eff:no|tok:13a|smooth:exp|version:2.6.0 = 48.53 82.4/50.0/45.5/37.5 (BP = 0.943 ratio = 0.944 hyp_len = 17 ref_len = 18)",
    );
  });
  test("with options", () => {
    expect(line(hypotheses, references, { lowercase: true, smoothing: "floor" })).toBe(
      "BLEU|nrefs:2|case:lc|eff:no|tok:13a|smooth:floor[0.10]|version:2.6.0 = 48.53 82.4/50.0/45.5/37.5 (BP = 0.943 ratio = 0.944 hyp_len = 17 ref_len = 18)",
    );
  });
  test("where one sentence has fewer references", () => {
    const [first = [], second = []] = references;
    expect(line(hypotheses, [[undefined, ...first.slice(1)], second])).toBe(
      "BLEU|nrefs:var|case:mixed|eff:no|tok:13a|smooth:exp|version:2.6.0 = 29.44 82.4/42.9/27.3/12.5 (BP = 0.889 ratio = 0.895 hyp_len = 17 ref_len = 19)",
    );
  });
  test("where a precision, 1/16, lies half-way between two printed numbers", () => {
    const options = { tokenizer: "none", effectiveOrder: true } as const;
    expect(line(["a b c d e f g h i j k l m n o p"], [[`a${" z".repeat(16)}`]], options)).toBe(
      "BLEU|nrefs:1|case:mixed|eff:yes|tok:none|smooth:exp|version:2.6.0 = 2.30 6.2/3.3/1.8/1.0 (BP = 0.939 ratio = 0.941 hyp_len = 16 ref_len = 17)",
    );
  });
  test("where the reference has no word", () => {
    expect(line(["Zwei Katzen."], [[""]])).toBe(
      "BLEU|nrefs:1|case:mixed|eff:no|tok:13a|smooth:exp|version:2.6.0 = 0.00 0.0/0.0/0.0/0.0 (BP = 1.000 ratio = 0.000 hyp_len = 3 ref_len = 0)",
    );
  });
  test("with characters outside the basic plane as words", () => {
    const given = { tokenizer: "char" } as const;
    expect(line(["他喜欢学习。", "𝔘nicode"], [["她喜欢学习。", "𝔙nicode"]], given)).toBe(
      "BLEU|nrefs:1|case:mixed|eff:no|tok:char|smooth:exp|version:2.6.0 = 78.75 84.6/81.8/77.8/71.4 (BP = 1.000 ratio = 1.000 hyp_len = 13 ref_len = 13)",
    );
  });
});

test("of references equally near in length the shorter counts", () => {
  expect(corpusBleu(["a b c d"], [["a b c d e"], ["a b c"]]).referenceLength).toBe(3);
});

test("the signature names the version of this package", () => {
  expect(scorerVersion).toBe(`seq2see-${packageJson.version}`);
});

test("says what is wrong with lists that do not fit", () => {
  expect(() => corpusBleu(["a", "b"], [["a"]])).toThrow(UserError);
  expect(() => corpusBleu(["a", "b"], [["a"]])).toThrow(
    "2 hypotheses cannot be scored against 1 reference;",
  );
  expect(() => corpusBleu(["a", "b"], [["a", undefined]])).toThrow("Sentence 2 has no reference");
  expect(() => corpusBleu([], [[]])).toThrow("no sentence");
  expect(() => corpusBleu(["a"], [])).toThrow("no reference");
});

test.each<[boolean, (string | undefined)[][], BleuOptions]>([
  [true, [["one two three four"]], {}],
  [true, [["one"], [undefined], ["one two three."]], {}],
  [false, [["one two three", "word"]], {}],
  [false, [["一二三四五"]], {}],
  [true, [["一二三四五"]], { tokenizer: "zh" }],
  [true, [["word"]], { tokenizer: "char" }],
  [false, [], {}],
])("whether BLEU can judge is %s of %j with %j", (expected, references, options) => {
  expect(canJudge(references, options)).toBe(expected);
});
