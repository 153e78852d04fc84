/** What word vectors answer: by hand on four words, and on the files that come with seq2see. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { nodeRuntime } from "../runtime/node.ts";
import { ShapeError, UserError } from "../tensor/errors.ts";
import { tensorValue } from "../tensor/value.ts";
import { WordVectors } from "./wordVectors.ts";

const runtime = nodeRuntime({ threads: 1 });
const folder = join(import.meta.dirname, "../../models/vectors");
const read = (name: string): Uint8Array<ArrayBuffer> =>
  new Uint8Array(readFileSync(join(folder, name)));
const shipped = await WordVectors.fromBytes(
  { vectors: read("vectors.safetensors"), words: read("words.json") },
  runtime,
);
/** Two directions, male–female and common–royal, and a word far from all. */
const small = await WordVectors.fromTable(
  {
    words: ["man", "woman", "king", "queen", "tree"],
    table: tensorValue("float32", [5, 3], [2, 0, 0, 0, 3, 0, 4, 0, 3, 0, 4, 3, -1, -1, 0]),
    map: Float32Array.of(0, 0, 1, 0, 0, 1, 1, 1, -1, -1),
  },
  runtime,
);

/** Expects these words, in this order, as the first answers to `first − less + more`. */
async function expectAnswers(
  question: string,
  expected: Readonly<Record<string, number>>,
  tolerance = 0.001,
): Promise<void> {
  const [first, less, more] = question.split(/ [−+] /) as [string, string, string];
  const words = Object.keys(expected);
  const near = await shipped.nearest({ plus: [first, more], minus: [less] }, words.length);
  expect(near.map(({ word }) => word)).toEqual(words);
  for (const { word, similarity } of near) {
    expect(Math.abs(similarity - (expected[word] as number)), word).toBeLessThan(tolerance);
  }
}

test("vectors are of length one", () => {
  expect(small.vectorOf("king")).toEqual(Float32Array.of(0.8, 0, 0.6));
  expect(small.size).toBe(3);
  const king = shipped.vectorOf("king");
  expect(king).toHaveLength(100);
  expect(Math.hypot(...king)).toBeCloseTo(1, 6);
});

test("arithmetic adds and subtracts them, number by number", async () => {
  const sum = await small.arithmetic(["king", "woman"], ["man"]);
  [0.8 - 1, 1, 0.6].forEach((value, index) => {
    expect(sum[index]).toBeCloseTo(value, 6);
  });
});

test("the nearest are by the cosine, without the words of the query", async () => {
  // (−0.2, 1, 0.6)/√1.4 against queen (0, 0.8, 0.6) and tree (−1, −1, 0)/√2.
  const near = await small.nearest({ plus: ["king", "woman"], minus: ["man"] }, 5);
  expect(near.map(({ word }) => word)).toEqual(["queen", "tree"]);
  expect(near[0]?.similarity).toBeCloseTo(1.16 / Math.sqrt(1.4), 6);
  expect(near[1]?.similarity).toBeCloseTo(-0.8 / Math.sqrt(2.8), 6);
  const [one] = await small.nearest({ word: "king" }, 1);
  expect(one).toEqual({ word: "man", similarity: expect.closeTo(0.8, 6) });
  expect(await small.nearest({ word: "king" }, 0)).toEqual([]);
});

test("a word is the token that begins with a mark before it is a piece from within another", async () => {
  const words = ["house", "▁house", "ing", "▁the"];
  const table = tensorValue("float32", [4, 2], [1, 0, 0, 1, 1, 1, 1, -1]);
  const tokens = await WordVectors.fromTable({ words, table, map: null }, runtime);
  const asked = ["house", "House", "▁house", "ing", "The", "tree"];
  expect(asked.map((word) => tokens.spellingOf(word))).toEqual([
    "▁house",
    "▁house",
    "▁house",
    "ing",
    "▁the",
    undefined,
  ]);
  await tokens.release();
});

test("a word may be given twice, or on both sides", async () => {
  const sum = await small.arithmetic(["man", "man", "woman"], ["woman"]);
  expect(sum).toEqual(Float32Array.of(2, 0, 0));
  const near = await small.nearest({ plus: ["man", "woman"], minus: ["woman"] }, 9);
  expect(near.map(({ word }) => word)).toEqual(["king", "queen", "tree"]);
});

test("king − man + woman is queen, in the files that come with seq2see", async () => {
  expect(shipped.words).toHaveLength(6000);
  // The similarities of the uncut vectors.
  const uncut = { queen: 0.77, monarch: 0.684, throne: 0.676, daughter: 0.66, princess: 0.652 };
  await expectAnswers("king − man + woman", uncut, 0.01);
});

test("they know capitals, verbs, plurals, comparatives, families and languages", async () => {
  await expectAnswers("paris − france + italy", { rome: 0.819, milan: 0.738, naples: 0.711 });
  await expectAnswers("berlin − germany + france", { paris: 0.885 });
  await expectAnswers("walking − walk + swim", { swimming: 0.803 });
  await expectAnswers("walked − walk + swim", { swam: 0.748 });
  await expectAnswers("mice − mouse + dog", { dogs: 0.805 });
  await expectAnswers("better − good + bad", { worse: 0.844 });
  await expectAnswers("uncle − man + woman", { aunt: 0.835 });
  await expectAnswers("french − france + italy", { italian: 0.951 });
});

test("and are wrong at others, such as the comparative of cold or the opposite of possible", async () => {
  await expectAnswers("bigger − big + cold", { cooler: 0.686, warmer: 0.683, colder: 0.674 });
  await expectAnswers("unhappy − happy + possible", { possibility: 0.723 });
});

test("related words lie together on the map, all of it between −1 and 1", () => {
  const apart = (first: string, second: string): number => {
    const [x0, y0] = shipped.coordinates(first);
    const [x1, y1] = shipped.coordinates(second);
    return Math.hypot(x0 - x1, y0 - y1);
  };
  expect(shipped.map).toHaveLength(12000);
  expect(Math.max(...shipped.map.map(Math.abs))).toBe(1);
  for (const [first, near, far] of [
    ["king", "queen", "tomato"],
    ["onion", "garlic", "lawyer"],
    ["piano", "violin", "tiger"],
    ["january", "february", "sweden"],
    ["poland", "hungary", "elbow"],
  ] as const) {
    expect(apart(first, near)).toBeLessThan(0.1);
    expect(apart(first, far)).toBeGreaterThan(0.5);
  }
});

test("a table without a map gets one by principal components", async () => {
  const flat = await WordVectors.fromTable(
    { words: ["a", "b"], table: tensorValue("float32", [2, 2], [3, 0, 0, 1]) },
    runtime,
  );
  // Rows of length one are √2 apart, half of it on either side of the middle.
  expect(Math.abs(flat.coordinates("a")[0])).toBeCloseTo(Math.SQRT1_2, 5);
  expect(flat.coordinates("b")[0]).toBeCloseTo(-flat.coordinates("a")[0], 5);
  await flat.release();
});

test("what is typed is completed by the most frequent words", () => {
  expect(shipped.startingWith("que", 3)).toEqual(["question", "questions", "queen"]);
  expect(shipped.startingWith("qqq", 3)).toEqual([]);
});

test("the licence and the source are in the file", () => {
  expect(shipped.about.get("license")).toMatch(/^PDDL-1\.0 \(GloVe's vectors\); MIT/);
  expect(shipped.about.get("attribution")).toContain("Pennington");
});

test("an unknown word is named, with what to do", async () => {
  expect(shipped.has("king")).toBe(true);
  expect(shipped.has("constructor")).toBe(false);
  expect(() => shipped.vectorOf("qwertz")).toThrow(
    new UserError(
      '"qwertz" is not among the 6,000 words that have a vector; try a more frequent word.',
    ),
  );
  await expect(shipped.nearest({ word: "King" }, 3)).rejects.toThrow(
    '"King" is not among the 6,000 words that have a vector; write "king".',
  );
});

test("a sum of nothing is refused", async () => {
  await expect(small.nearest({ plus: [], minus: [] }, 3)).rejects.toThrow(
    new UserError("The sum has no words; give one."),
  );
  await expect(small.arithmetic(["man"], ["man"])).rejects.toThrow(
    new UserError("These words cancel out; add or subtract others."),
  );
});

test("a table that does not fit its words is refused", async () => {
  const table = tensorValue("float32", [2, 2], 1);
  await expect(WordVectors.fromTable({ words: ["a"], table }, runtime)).rejects.toThrow(ShapeError);
  await expect(
    WordVectors.fromTable({ words: ["a", "b"], table, map: new Float32Array(2) }, runtime),
  ).rejects.toThrow("2 words do not match a map of 2 numbers.");
});
