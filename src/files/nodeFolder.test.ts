import { mkdirSync, mkdtempSync, rmdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { UserError } from "../tensor/errors.ts";
import { checkWorkingFolder, makeFolder } from "./nodeFolder.ts";

const before = process.cwd();
let place: string;
beforeEach(() => {
  place = mkdtempSync(join(tmpdir(), "seq2see-folder-"));
});
afterEach(() => {
  process.chdir(before);
  rmSync(place, { recursive: true, force: true });
});

test("a folder is made with those above it, and the outermost new one is told", async () => {
  expect(await makeFolder(join(place, "a/b"))).toBe(join(place, "a"));
  expect(await makeFolder(join(place, "a/b"))).toBeUndefined();
  expect(() => checkWorkingFolder()).not.toThrow();
});

test("what cannot be made is said at once", async () => {
  writeFileSync(join(place, "file"), "");
  await expect(makeFolder(join(place, "file"))).rejects.toMatchObject({ code: "EEXIST" });
  await expect(makeFolder(join(place, "file/a/b"))).rejects.toMatchObject({ code: "ENOTDIR" });
  // There mkdir says that the folder above is missing.
  if (process.platform === "linux") {
    await expect(makeFolder("/proc/a/b")).rejects.toMatchObject({ code: "ENOENT" });
  }
});

test("in a working folder that has been removed, only an absolute path can be made", async () => {
  const gone = join(place, "gone");
  mkdirSync(gone);
  process.chdir(gone);
  // Node remembers this answer.
  process.cwd();
  rmdirSync(gone);
  await expect(makeFolder("a/b")).rejects.toEqual(
    new UserError(
      "The folder that you work in has been removed; change to another folder and try again.",
    ),
  );
  expect(await makeFolder(join(place, "x/y"))).toBe(join(place, "x"));
});
