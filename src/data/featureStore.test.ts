import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { OutputFile } from "../files/nodeOutputFile.ts";
import { openBytes } from "../files/nodeRandomAccess.ts";
import { UserError } from "../tensor/errors.ts";
import { FeatureStore, FeatureWriter } from "./featureStore.ts";

const folder = mkdtempSync(join(tmpdir(), "seq2see-store-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const open = (path: string): FeatureStore => FeatureStore.open(openBytes(path));

/** Two records of rows of 3 numbers, for three pairs. */
async function written(name: string): Promise<string> {
  const path = join(folder, name);
  const writer = new FeatureWriter(await OutputFile.create(path));
  const long = await writer.add(Float32Array.of(1, 2, 3, 4, 5, 6));
  const short = await writer.add(Float32Array.of(7, 8, 9));
  for (const record of [short, long, short]) writer.keep(record);
  await writer.finish(3);
  return path;
}

test("each pair has the rows of its record", async () => {
  const store = open(await written("good"));
  expect({ size: store.size, pairs: store.pairs }).toEqual({ size: 3, pairs: 3 });
  expect([0, 1, 2].map((pair) => [...store.read(pair)])).toEqual([
    [7, 8, 9],
    [1, 2, 3, 4, 5, 6],
    [7, 8, 9],
  ]);
  expect(() => store.read(3)).toThrow(RangeError);
  store.close();
});

test("the file has its name only once it is complete", async () => {
  const path = join(folder, "half");
  const writer = new FeatureWriter(await OutputFile.create(path));
  await writer.add(Float32Array.of(1));
  expect(() => open(path)).toThrow(/half could not be read: it does not exist/);
  await writer.abandon();
  expect(readdirSync(folder).filter((name) => name.startsWith("half"))).toEqual([]);
});

test.each([
  ["cut short", (bytes: Buffer) => bytes.subarray(0, -1), "are damaged"],
  ["cut in its header", (bytes: Buffer) => bytes.subarray(0, 20), "no features of"],
  ["of another kind", (bytes: Buffer) => Buffer.from(bytes).fill(0x20, 0, 8), "no features of"],
  [
    "with a wrong index",
    (bytes: Buffer) => Buffer.from(bytes).fill(1, 64 + 36 + 16, 64 + 36 + 24),
    "are damaged",
  ],
])("a file %s is noticed", async (_, damage, message) => {
  const path = join(folder, "bad");
  writeFileSync(path, damage(readFileSync(await written("whole"))));
  expect(() => open(path)).toThrow(UserError);
  expect(() => open(path)).toThrow(message);
});
