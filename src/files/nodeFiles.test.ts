import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { readTensors, writeTensors } from "../../test/support/tensorFiles.ts";
import { UserError } from "../tensor/errors.ts";
import { tensorValue } from "../tensor/value.ts";
import { readWholeFile, writeFileAtomically, writeFolderAtomically } from "./nodeFiles.ts";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "seq2see-files-"));
});
afterEach(async () => {
  await rm(folder, { recursive: true });
});

const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);

/** Yields one chunk and then fails as a write does. */
function* failing(code: string): Iterable<Uint8Array> {
  yield bytesOf("half of the new cont");
  throw Object.assign(new Error(`${code}: injected`), { code });
}

describe("a file that is written atomically", () => {
  test("holds all chunks, in a folder that is made for it", async () => {
    const path = join(folder, "model", "training", "state.bin");
    await writeFileAtomically(path, [bytesOf("one "), bytesOf(""), bytesOf("two")]);
    expect(await readFile(path, "utf8")).toBe("one two");
    expect(await readdir(join(folder, "model", "training"))).toEqual(["state.bin"]);
  });
  test.each([
    ["ENOSPC", "the disk is full; free some space and try again"],
    ["EDQUOT", "your disk quota is used up"],
    ["EROFS", "the disk is read-only; choose another folder"],
    ["EACCES", "permission is denied"],
    ["EIO", "the disk reports an error"],
  ])("keeps its old content after %s, and nothing else is left", async (code, reason) => {
    const path = join(folder, "state.bin");
    await writeFileAtomically(path, [bytesOf("old")]);
    const writing = writeFileAtomically(path, failing(code));
    await expect(writing).rejects.toThrow(UserError);
    await expect(writing).rejects.toThrow(`${path} could not be written: ${reason}`);
    expect(await readFile(path, "utf8")).toBe("old");
    expect(await readdir(folder)).toEqual(["state.bin"]);
  });
  test("does not come to be after a failure, which is passed on if it is not the disk's", async () => {
    const path = join(folder, "state.bin");
    await expect(writeFileAtomically(path, failing("EWHATEVER"))).rejects.toThrow("EWHATEVER");
    expect(await readdir(folder)).toEqual([]);
  });
  test("cannot take the place of a folder", async () => {
    const path = join(folder, "state.bin");
    await mkdir(path);
    await expect(writeFileAtomically(path, [])).rejects.toThrow("a folder has that name");
    expect(await readdir(folder)).toEqual(["state.bin"]);
  });
  test("cannot lie in a file", async () => {
    await writeFile(join(folder, "model"), "");
    const writing = writeFileAtomically(join(folder, "model", "state.bin"), []);
    await expect(writing).rejects.toThrow("a part of its path is a file");
  });
  test("is one writer's whole content when several write at once", async () => {
    const path = join(folder, "state.bin");
    const contents = ["a", "b", "c", "d"].map((letter) => letter.repeat(100_000));
    await Promise.all(contents.map((content) => writeFileAtomically(path, [bytesOf(content)])));
    expect(contents).toContain(await readFile(path, "utf8"));
    expect(await readdir(folder)).toEqual(["state.bin"]);
  });
});

describe("a folder that is written atomically", () => {
  const files = new Map([
    ["config.json", [bytesOf("{"), bytesOf("}")]],
    ["training/metrics.jsonl", [bytesOf("1")]],
  ]);
  const expectWhole = async (path: string): Promise<void> => {
    expect((await readdir(path)).sort()).toEqual(["config.json", "training"]);
    expect(await readFile(join(path, "config.json"), "utf8")).toBe("{}");
    expect(await readFile(join(path, "training", "metrics.jsonl"), "utf8")).toBe("1");
  };
  test("holds all files, in folders that are made for it", async () => {
    await writeFolderAtomically(join(folder, "web", "models", "model"), files);
    await expectWhole(join(folder, "web", "models", "model"));
    expect(await readdir(join(folder, "web", "models"))).toEqual(["model"]);
  });
  test("takes the place of an empty one, and its name may end with a slash", async () => {
    await mkdir(join(folder, "model"));
    await writeFolderAtomically(`${join(folder, "model")}/`, files);
    await expectWhole(join(folder, "model"));
    expect(await readdir(folder)).toEqual(["model"]);
  });
  test.each([
    ["ENOSPC", "the disk is full; free some space and try again"],
    ["EROFS", "the disk is read-only; choose another folder"],
  ])("does not come to be after %s, nor do the folders above it", async (code, reason) => {
    const path = join(folder, "web", "models", "model");
    const writing = writeFolderAtomically(path, new Map([...files, ["b/c", failing(code)]]));
    await expect(writing).rejects.toThrow(UserError);
    await expect(writing).rejects.toThrow(`${join(path, "b/c")} could not be written: ${reason}`);
    expect(await readdir(folder)).toEqual([]);
  });
  test("leaves one with files in it, and folders that were there, as they are", async () => {
    await mkdir(join(folder, "web", "model"), { recursive: true });
    await writeFile(join(folder, "web", "model", "notes"), "mine");
    const writing = writeFolderAtomically(join(folder, "web", "model"), files);
    await expect(writing).rejects.toThrow(
      "model could not be written: the folder contains files; choose another folder.",
    );
    expect(await readdir(folder, { recursive: true })).toEqual([
      "web",
      "web/model",
      "web/model/notes",
    ]);
  });
  test("clears what a killed program left of it", async () => {
    await mkdir(join(folder, "model.tmp-999999999-1", "training"), { recursive: true });
    await writeFolderAtomically(join(folder, "model"), files);
    expect(await readdir(folder)).toEqual(["model"]);
  });
});

describe("reading a file", () => {
  test("yields its bytes", async () => {
    await writeFile(join(folder, "a"), "text");
    expect(new TextDecoder().decode(await readWholeFile(join(folder, "a")))).toBe("text");
  });
  test("says what is wrong", async () => {
    const missing = join(folder, "missing");
    await expect(readWholeFile(missing)).rejects.toThrow(UserError);
    await expect(readWholeFile(missing)).rejects.toThrow(
      `${missing} could not be read: it does not exist; check the path.`,
    );
    await expect(readWholeFile(folder)).rejects.toThrow("it is a folder");
  });
});

test("tensors and texts are read as they were written", async () => {
  const path = join(folder, "model.safetensors");
  const tensors = new Map([["weight", tensorValue("float32", [2], [1, 2])]]);
  const metadata = new Map([["step", "12"]]);
  await writeTensors(path, tensors, metadata);
  expect(await readTensors(path)).toMatchObject({ tensors, metadata });
  await writeFile(path, (await readFile(path)).subarray(0, -1));
  await expect(readTensors(path)).rejects.toThrow(`${path} is truncated`);
});
