import { cpSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { writeRandomModel } from "../../test/support/writtenModel.ts";
import { Seq2Seq } from "../library/seq2seq.ts";
import { modelFiles, tokenizerFiles } from "../modelFolder/modelFolder.ts";
import { ModelPool } from "./modelPool.ts";

const files = [...Object.values(modelFiles), ...Object.values(tokenizerFiles)];
const folder = mkdtempSync(join(tmpdir(), "seq2see-pool-"));
const at = (name: string): string => join(folder, name);
const text = "abcd efgh";

const answer = async (model: Seq2Seq): Promise<string> =>
  (await model.translate(text, { maxLength: 12 }))[0]?.text ?? "";
const answerOf = async (name: string): Promise<string> => {
  const model = await Seq2Seq.load(at(name), { threads: 1 });
  const found = await answer(model);
  await model.release();
  return found;
};

let told: string[];
let pool: ModelPool;
const asked = async (name = "served"): Promise<string> => answer(await pool.get(at(name)));
const answers = { one: "", other: "" };

beforeAll(async () => {
  await writeRandomModel(at("one"), {}, 1, { source: "abcdefgh", target: "stuvwxyz" });
  await writeRandomModel(at("other"), {}, 2, { source: "bcdefghi", target: "rstuvwxy" });
  answers.one = await answerOf("one");
  answers.other = await answerOf("other");
  expect(answers.one).not.toBe(answers.other);
});
beforeEach(() => {
  told = [];
  pool = new ModelPool({ threads: 1 }, (line) => told.push(line));
  cpSync(at("one"), at("served"), { recursive: true });
});
afterEach(async () => {
  await pool.release();
  rmSync(at("served"), { recursive: true, force: true });
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test("a model whose files are replaced one by one answers as the old or as the new one", async () => {
  expect(await asked()).toBe(answers.one);
  for (const [index, file] of files.entries()) {
    cpSync(join(at("other"), file), join(at("served"), file));
    expect(await asked()).toBe(index < files.length - 1 ? answers.one : answers.other);
  }
});

test("what was copied over as a whole answers at once", async () => {
  const first = await pool.get(at("served"));
  expect(await pool.get(at("served"))).toBe(first);
  for (const file of files) cpSync(join(at("other"), file), join(at("served"), file));
  expect(await asked()).toBe(answers.other);
  expect(told).toEqual([]);
});

test("a folder that stays incomplete is told of once, and the model before it answers", async () => {
  await pool.get(at("served"));
  cpSync(join(at("other"), modelFiles.weights), join(at("served"), modelFiles.weights));
  for (let time = 0; time < 3; time++) expect(await asked()).toBe(answers.one);
  expect(told).toEqual([
    expect.stringMatching(
      /^\S+model\.safetensors belongs to another model than .*; copy the whole folder again\. Until then the model that was there before answers\.$/,
    ),
  ]);
});

test("a folder that is incomplete from the beginning is refused", async () => {
  rmSync(join(at("served"), tokenizerFiles.target));
  await expect(asked()).rejects.toThrow(/target\.tokenizer\.json could not be read: it does not/);
});

test("a folder that is gone has no model any more, and one that comes back has", async () => {
  await pool.get(at("served"));
  rmSync(at("served"), { recursive: true });
  await expect(asked()).rejects.toThrow(/there is no such folder/);
  cpSync(at("other"), at("served"), { recursive: true });
  expect(await asked()).toBe(answers.other);
});
