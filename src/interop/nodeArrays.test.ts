import { mkdirSync, mkdtempSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { npyOf } from "../../test/support/featureFiles.ts";
import { readArrays } from "./nodeArrays.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "seq2see-arrays-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

test("a folder of .npy files is read, with the folders inside of it in the names", async () => {
  mkdirSync(join(folder, "encoder"));
  writeFileSync(join(folder, "encoder", "w.npy"), npyOf([[1, 2]]));
  writeFileSync(join(folder, "b.npy"), npyOf([[3]]));
  writeFileSync(join(folder, "README"), "text");
  const arrays = await readArrays(folder);
  expect([...arrays.keys()]).toEqual(["b", "encoder/w"]);
  expect([...(arrays.get("encoder/w")?.numbers() ?? [])]).toEqual([1, 2]);
});

test("a folder without arrays, and a file that is not there, are named", async () => {
  await expect(readArrays(folder)).rejects.toThrow("there is no .npy file in this folder");
  await expect(readArrays(join(folder, "none.npz"))).rejects.toThrow("none.npz could not be read");
});

test("a file that no memory can hold is named with its size", async () => {
  const path = join(folder, "large.npz");
  writeFileSync(path, "PK");
  // It takes no place on the disk.
  truncateSync(path, 1e13);
  await expect(readArrays(path)).rejects.toThrow(
    "it has 10000.0 GB, more than can be read into memory; give",
  );
});
