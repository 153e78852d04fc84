/** Training with word vectors of a file: they are where the embeddings begin, or where they stay. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { readModel } from "../src/modelFolder/nodeModelFolder.ts";
import { UserError } from "../src/tensor/errors.ts";
import { Random } from "../src/tensor/random.ts";
import { train } from "../src/training/node/train.ts";
import type { TrainOptions } from "../src/training/plan/options.ts";

const folder = mkdtempSync(join(tmpdir(), "seq2see-pretrained-"));
const at = (name: string): string => join(folder, name);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const words = ["Dog", "cat", "sees", "hears", "the", "old"];
/** The vector of word n begins with n. */
const vectorOf = (number: number): number[] => [number, 0.5, -0.25, 0.125, 1, -1, 0.75, 0.0625];

beforeAll(() => {
  const random = new Random(1);
  const word = (): string => words[random.integer(words.length)] as string;
  const lines = Array.from({ length: 200 }, () => {
    const sentence = Array.from({ length: 2 + random.integer(3) }, word).join(" ");
    return `${sentence}\t${sentence}`;
  });
  writeFileSync(at("pairs.tsv"), `${lines.join("\n")}\n`);
  // "dog" for "Dog", and none for "old".
  const known = ["dog", ...words.slice(1, 5)];
  writeFileSync(
    at("v.vec"),
    `5 8\n${known.map((name, number) => `${name} ${vectorOf(number).join(" ")}\n`).join("")}`,
  );
});

const options = (out: string, steps: number, more: Partial<TrainOptions> = {}): TrainOptions => ({
  data: { kind: "table", path: at("pairs.tsv"), columns: ["1", "2"] },
  dev: false,
  out: at(out),
  tokenizer: "word:16",
  batch: 16,
  seed: 2,
  threads: 1,
  steps,
  learningRate: 0.01,
  schedule: "constant",
  evaluateEvery: 100,
  model: { hidden: 8, dropout: 0.1 },
  ...more,
});

async function tables(out: string) {
  const { weights, source, target } = await readModel(at(out));
  const row = (side: "source" | "target", word: string): number[] => {
    const id = (side === "source" ? source : target).encodeIds(word)[0] as number;
    const table = weights.get(`${side}_embedding`)?.data as Float32Array;
    return [...table.subarray(id * 8, (id + 1) * 8)];
  };
  return { row, weights };
}

const weightsOf = (out: string): Buffer => readFileSync(join(at(out), "model.safetensors"));

test("embeddings begin with the vectors and learn on, and their size is the file's", async () => {
  const log: string[] = [];
  await train(options("tuned", 3, { sourceEmbeddings: at("v.vec") }), { log: (x) => log.push(x) });
  const { row, weights } = await tables("tuned");
  expect(weights.get("source_embedding")?.shape).toEqual([10, 8]);
  for (const [number, word] of words.slice(0, 5).entries()) {
    const moved = row("source", word).map((value, index) =>
      Math.abs(value - (vectorOf(number)[index] as number)),
    );
    expect(Math.max(...moved), word).toBeLessThan(0.1);
    expect(Math.max(...moved), word).toBeGreaterThan(0);
  }
  const report = log.join("\n");
  expect(report).toContain("v.vec (word2vec text, 8 numbers)");
  expect(report).toMatch(
    /5 of 6 words of the vocabulary have a vector \(83\.3 %\), 1 of them by another case; of the running words, (8\d|7\d)\.\d %/,
  );
});

test("frozen ones stay bit for bit, tied, averaged, by any optimiser, and in a run that goes on", async () => {
  for (const optimizer of ["adam", "sgd", "adadelta"]) {
    const how: Partial<TrainOptions> = {
      sourceEmbeddings: at("v.vec"),
      targetEmbeddings: at("v.vec"),
      freezeEmbeddings: true,
      optimizer,
      average: 0.9,
      model: { hidden: 8, dropout: 0.1, tiedEmbeddings: true },
    };
    const [whole, part] = [`whole-${optimizer}`, `part-${optimizer}`];
    await train(options(whole, 40, how));
    await train(options(part, 17, how));
    await train({ out: at(part), resume: true, steps: 40 });
    expect(weightsOf(part).equals(weightsOf(whole)), optimizer).toBe(true);
    const start = await train(options(`start-${optimizer}`, 1, how)).then(() =>
      tables(`start-${optimizer}`),
    );
    const end = await tables(whole);
    for (const side of ["source", "target"] as const) {
      expect(end.row(side, "cat")).toEqual(vectorOf(1));
      const name = `${side}_embedding`;
      expect(end.weights.get(name)).toEqual(start.weights.get(name));
    }
    expect(end.weights.get("bridge.0")).not.toEqual(start.weights.get("bridge.0"));
  }
});

test("a model's embeddings can stay as they are when a run starts from it", async () => {
  const { tokenizer: _, model: __, ...rest } = options("later", 5);
  await train({ ...rest, from: at("tuned"), freezeEmbeddings: true });
  const [before, after] = [await tables("tuned"), await tables("later")];
  expect(after.weights.get("source_embedding")).toEqual(before.weights.get("source_embedding"));
  expect(after.weights.get("output.weight")).not.toEqual(before.weights.get("output.weight"));
});

test.each<[string, Partial<TrainOptions>, RegExp]>([
  [
    "another size",
    { sourceEmbeddings: "v.vec", model: { hidden: 8, embedding: 16 } },
    /^embedding: 16: the vectors of .*v\.vec have 8 numbers; give embedding: 8, or leave it out\.$/,
  ],
  [
    "two sizes",
    { sourceEmbeddings: "v.vec", targetEmbeddings: "small.txt" },
    /^targetEmbeddings: .*small\.txt": its vectors have 2 numbers and those of .*v\.vec 8;/,
  ],
  ["nothing in common", { targetEmbeddings: "small.txt" }, /none of the 6 target tokens has a/],
  ["no file", { sourceEmbeddings: "none.vec" }, /none\.vec: there is no such file/],
  ["nothing to freeze", { freezeEmbeddings: true }, /^freezeEmbeddings: true: random embeddings/],
  [
    "a model that has its own",
    { sourceEmbeddings: "v.vec", from: "tuned" },
    /^sourceEmbeddings: .*v\.vec": the model to start from has embeddings of its own/,
  ],
])("%s: said before the run begins, and nothing is left of it", async (_, more, message) => {
  writeFileSync(at("small.txt"), "x 1 2\ny 3 4\n");
  const paths = Object.fromEntries(
    Object.entries(more).map(([key, value]) => [
      key,
      typeof value === "string" ? at(value) : value,
    ]),
  );
  const { tokenizer, model, ...rest } = options("bad", 1);
  const given = { ...rest, ...(more.from === undefined && { tokenizer, model }), ...paths };
  const failing = train(given as TrainOptions);
  await expect(failing).rejects.toThrow(UserError);
  await expect(failing).rejects.toThrow(message);
  expect(() => readFileSync(at("bad/training/train.ids"))).toThrow("ENOENT");
});
