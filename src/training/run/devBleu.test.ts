import { expect, test } from "vitest";
import { learnCharacters } from "../../text/characterLearner.ts";
import { TextTokenizer } from "../../text/tokenizer.ts";
import { DevBleu } from "./devBleu.ts";

const tokenizer = TextTokenizer.fromJson(learnCharacters(new Map([["Abé一。", 1]])), "t");
const lowercase = TextTokenizer.fromJson(
  learnCharacters(new Map([["ab", 1]]), { lowercase: true }),
  "t",
);

async function measure(
  targets: readonly string[],
  translations: readonly string[] = targets,
  target: TextTokenizer = tokenizer,
  asked?: Parameters<typeof DevBleu.of>[2],
): Promise<{ score: number | null; tokenizer: string | null; said: string[]; released: number }> {
  const said: string[] = [];
  let released = 0;
  const model = {
    pairs: targets.map((each, index) => ({ source: "x", target: each, line: index + 1 })),
    translations: async () => [...translations],
    release: async () => {
      released++;
    },
  };
  const bleu = await DevBleu.of(model, target, asked, (line) => said.push(line));
  const score = bleu && (await bleu.score());
  return { score, tokenizer: bleu?.tokenizer ?? null, said, released };
}

test.each([
  ["13a", ["one two three four", "one"]],
  ["zh", ["一二三四五", "六七"]],
  ["char", ["さくらはきれい", "ねこ"]],
  ["char", ["สุนัขสองตัววิ่ง"]],
  ["13a", ["두 개가 눈 위를 달린다"]],
])("parts targets by %s: %j", async (expected, targets) => {
  const { score, tokenizer: used, said } = await measure(targets);
  expect(score).toBeCloseTo(100, 10);
  expect(used).toBe(expected);
  expect(said).toEqual([expect.stringContaining(`tok:${expected}`)]);
});

test.each([
  ["single words", ["one", "two"]],
  ["up to three words", ["one two three", "four five"]],
  ["single characters", ["一", "二三"]],
])("of %s it is not measured, which is said once", async (_, targets) => {
  const { score, said, released } = await measure(targets);
  expect({ score, released }).toEqual({ score: null, released: 1 });
  expect(said).toEqual([
    expect.stringMatching(/No dev target has four words .*: dev perplexity decides which weights/),
  ]);
});

test("a tokenizer that is asked for is taken", async () => {
  expect(await measure(["four"], ["four"], tokenizer, "char")).toMatchObject({ tokenizer: "char" });
  const { said } = await measure(["一二三四五"], ["一"], tokenizer, "13a");
  expect(said[0]).toContain("the tokenizer zh would fit them");
});

test("both sides are compared in the form that the model writes", async () => {
  const form = await measure(["A\u00a0be\u0301 b b"], ["A bé b b"]);
  expect(form.score).toBeCloseTo(100, 10);
  const small = await measure(["A B A B"], ["a b a b"], lowercase);
  expect(small.score).toBeCloseTo(100, 10);
  expect((await measure(["A B A B"], ["a b a b"])).score).toBe(0);
});
