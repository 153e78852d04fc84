import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { readModel } from "../src/modelFolder/nodeModelFolder.ts";
import { nodeRuntime } from "../src/runtime/node.ts";
import { averageModels } from "../src/training/node/averageModels.ts";
import { writeRandomModel } from "./support/writtenModel.ts";

const folder = mkdtempSync(join(tmpdir(), "seq2see-average-"));
const at = (name: string): string => join(folder, name);
const runtime = nodeRuntime({ threads: 1 });

beforeAll(async () => {
  await writeRandomModel(at("one"), {}, 1);
  await writeRandomModel(at("two"), { dropout: 0.1 }, 2);
  await writeRandomModel(at("three"), {}, 3);
  await writeRandomModel(at("wider"), { hidden: 32 }, 4);
  await writeRandomModel(at("spelled"), {}, 5, { target: "zyxwvutsrqponmlkjihgfedcba,;" });
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test("each weight is the mean of those of the models", async () => {
  const names = ["one", "two", "three"];
  expect(await averageModels(runtime, names.map(at), at("mean"))).toBe(3);
  const mean = await readModel(at("mean"));
  const all = await Promise.all(names.map((name) => readModel(at(name))));
  for (const [name, { data, shape }] of mean.weights) {
    const parts = all.map(({ weights }) => weights.get(name)?.data as Float32Array);
    expect(shape).toEqual(all[0]?.weights.get(name)?.shape);
    (data as Float32Array).forEach((value, index) => {
      const expected = parts.reduce((sum, part) => sum + (part[index] as number), 0) / 3;
      expect(Math.abs(value - expected)).toBeLessThan(1e-6);
    });
  }
});

test("the mean of a model and itself is that model, bit for bit", async () => {
  await averageModels(runtime, [at("one"), at("one"), at("one")], at("same"));
  const [one, same] = [await readModel(at("one")), await readModel(at("same"))];
  expect(same.weights).toEqual(one.weights);
  expect(same.sizes).toEqual(one.sizes);
});

test.each([
  [["one", "wider"], "encoderHidden|hidden"],
  [["one", "spelled"], "its target vocabulary differs from the vocabulary of"],
  [["one", "missing"], "there is no such folder"],
])("%j cannot be averaged", async (names, message) => {
  await expect(averageModels(runtime, names.map(at), at("none"))).rejects.toThrow(
    new RegExp(`^${at(names[1] as string)}: .*(${message})`),
  );
});

test("a model that is there is not overwritten", async () => {
  await expect(averageModels(runtime, [at("one")], at("two"))).rejects.toThrow(
    /out: ".*two": the folder holds a model already; choose another/,
  );
  mkdirSync(at("notes"));
  writeFileSync(join(at("notes"), "mine.txt"), "");
  await expect(averageModels(runtime, [at("one")], at("notes"))).rejects.toThrow(
    /out: ".*notes": the folder holds mine\.txt; choose one that is new or empty/,
  );
  writeFileSync(at("file"), "");
  await expect(averageModels(runtime, [at("one")], at("file"))).rejects.toThrow(/this is a file/);
});

test("of two that write one model at once, one is whole and the other says so", async () => {
  const both = await Promise.allSettled([
    averageModels(runtime, [at("one"), at("two")], at("shared")),
    averageModels(runtime, [at("three")], at("shared")),
  ]);
  expect(both.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
  await expect(readModel(at("shared"))).resolves.toMatchObject({ hasChecksums: true });
  expect(readdirSync(folder).filter((name) => name.includes(".tmp-"))).toEqual([]);
});
