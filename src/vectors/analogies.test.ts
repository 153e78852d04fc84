import { expect, test } from "vitest";
import { nodeRuntime } from "../runtime/node.ts";
import { tensorValue } from "../tensor/value.ts";
import { parseAnalogies, scoreAnalogies } from "./analogies.ts";
import { parseWordSum } from "./wordSum.ts";
import { WordVectors } from "./wordVectors.ts";

const small = await WordVectors.fromTable(
  {
    words: ["man", "woman", "king", "queen", "tree"],
    table: tensorValue("float32", [5, 3], [2, 0, 0, 0, 3, 0, 4, 0, 3, 0, 4, 3, -1, -1, 0]),
    map: null,
  },
  nodeRuntime({ threads: 1 }),
);

test("a sum has words with signs between them, and a word may have a hyphen", () => {
  const expected = { plus: ["king", "woman"], minus: ["man"] };
  expect(parseWordSum("king - man + woman")).toEqual(expected);
  expect(parseWordSum("  - man + king  + woman ")).toEqual(expected);
  expect(parseWordSum("king − man + woman")).toEqual(expected);
  expect(parseWordSum("well-known")).toEqual({ plus: ["well-known"], minus: [] });
});

test.each([
  ["", "it has no words"],
  ["+", "it has no words"],
  ["king man", 'a sign is missing before "man"'],
  ["king - + man", 'a word is missing before "+"'],
  ["king -", "a word is missing at the end"],
])("%j is no sum", (text, fault) => {
  expect(() => parseWordSum(text)).toThrow(
    `analogy: "${text}": ${fault}; write words with signs between them, such as "king - man + woman".`,
  );
});

test("questions are read by section", () => {
  const lines = [": family", "man king woman queen", "", ":plural", "a b c d", "e f g h"];
  expect(parseAnalogies(lines, "q.txt")).toEqual([
    { name: "family", questions: [["man", "king", "woman", "queen"]] },
    {
      name: "plural",
      questions: [
        ["a", "b", "c", "d"],
        ["e", "f", "g", "h"],
      ],
    },
  ]);
  expect(() => parseAnalogies([": x", "a b c"], "q.txt")).toThrow(
    'q.txt: line 2 has 3 words; a question has four, and a section begins with ": name".',
  );
  expect(() => parseAnalogies([": x"], "q.txt")).toThrow("q.txt: there are no questions");
});

test("many questions have the answers that each would have by itself", async () => {
  const questions = Array.from({ length: 70 }, (_, at): [string, string, string] =>
    at % 2 === 0 ? ["man", "king", "woman"] : ["woman", "queen", "man"],
  );
  const answers = await small.analogies(questions);
  expect(answers).toHaveLength(70);
  expect(new Set(answers.filter((_, at) => at % 2 === 0))).toEqual(new Set(["queen"]));
  expect(new Set(answers.filter((_, at) => at % 2 === 1))).toEqual(new Set(["king"]));
});

test("right answers are counted, in small letters where there are no others, unknown words are not", async () => {
  const sections = parseAnalogies(
    [": royal", "Man King Woman Queen", "man king woman tree", "man king woman empress"],
    "q.txt",
  );
  expect(await scoreAnalogies(small, sections)).toEqual([
    { name: "royal", correct: 1, asked: 2, skipped: 1 },
  ]);
});

test("without a map there is no place on it", () => {
  expect(() => small.coordinates("king")).toThrow("These vectors have no map");
});
