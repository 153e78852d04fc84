import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import {
  chmod,
  lstat,
  mkdir,
  mkdtemp,
  open,
  readdir,
  readFile,
  readlink,
  rm,
  stat,
  symlink,
  writeFile,
} from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { writeFileAtomically, writeFolderAtomically } from "./nodeFiles.ts";
import { OutputFile } from "./nodeOutputFile.ts";
import { removeUnfinished } from "./nodeUnfinished.ts";

let folder: string;
const at = (...names: string[]): string => join(folder, ...names);
const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);
const write = (path: string, text: string): Promise<void> =>
  writeFileAtomically(path, [bytesOf(text)]);

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "seq2see-output-"));
});
afterEach(async () => {
  await rm(folder, { recursive: true });
});

describe("a file that is written part by part", () => {
  test("is the old one until it is whole", async () => {
    await writeFile(at("out"), "old");
    const file = await OutputFile.create(at("out"));
    await file.write(bytesOf("new "));
    expect(await readFile(at("out"), "utf8")).toBe("old");
    await file.write(bytesOf("lines"));
    await file.finish();
    expect(await readFile(at("out"), "utf8")).toBe("new lines");
    expect(await readdir(folder)).toEqual(["out"]);
  });
  test("stays the old one if it is given up, or the program ends", async () => {
    await writeFile(at("out"), "old");
    const file = await OutputFile.create(at("out"));
    await file.write(bytesOf("half"));
    await file.abandon();
    expect(await readdir(folder)).toEqual(["out"]);
    const other = await OutputFile.create(at("out"));
    await other.write(bytesOf("half"));
    removeUnfinished();
    expect(await readdir(folder)).toEqual(["out"]);
    await other.abandon();
    expect(await readFile(at("out"), "utf8")).toBe("old");
  });
  test("keeps who may read it", async () => {
    await writeFile(at("out"), "old");
    await chmod(at("out"), 0o600);
    await write(at("out"), "new");
    expect((await stat(at("out"))).mode & 0o777).toBe(0o600);
  });
});

describe("a symbolic link", () => {
  test("stays, and the file that it leads to is replaced beside itself", async () => {
    await mkdir(at("data"));
    await writeFile(at("data", "real"), "old");
    await symlink("data/real", at("near"));
    await symlink(at("near"), at("far"));
    await write(at("far"), "new");
    expect(await readFile(at("data", "real"), "utf8")).toBe("new");
    expect(await readlink(at("far"))).toBe(at("near"));
    expect(await readdir(at("data"))).toEqual(["real"]);
    expect((await readdir(folder)).sort()).toEqual(["data", "far", "near"]);
  });
  test("to nothing makes what it leads to, folder included", async () => {
    await symlink("new/file", at("link"));
    await write(at("link"), "text");
    expect(await readFile(at("new", "file"), "utf8")).toBe("text");
    expect((await lstat(at("link"))).isSymbolicLink()).toBe(true);
  });
  test("goes up from where its folder really is", async () => {
    await mkdir(at("deep", "inner"), { recursive: true });
    await symlink("deep/inner", at("short"));
    await symlink("../file", at("deep", "inner", "link"));
    await write(at("short", "link"), "text");
    expect(await readFile(at("deep", "file"), "utf8")).toBe("text");
  });
  test("in a circle is told", async () => {
    await symlink("b", at("a"));
    await symlink("a", at("b"));
    await expect(write(at("a"), "text")).rejects.toThrow(
      `${at("a")} could not be written: its symbolic links form a cycle; choose another name.`,
    );
    await expect(writeFolderAtomically(at("a"), new Map())).rejects.toThrow("form a cycle");
  });
  test("to an empty folder gets the files of a new one", async () => {
    await mkdir(at("real"));
    await symlink("real", at("link"));
    await writeFolderAtomically(at("link"), new Map([["file", [bytesOf("text")]]]));
    expect(await readFile(at("real", "file"), "utf8")).toBe("text");
    expect((await lstat(at("link"))).isSymbolicLink()).toBe(true);
  });
});

describe("what is not a file is written in order", () => {
  test.runIf(process.platform !== "win32")("as a pipe, and stays", async () => {
    execFileSync("mkfifo", [at("pipe")]);
    const reading = readFile(at("pipe"), "utf8");
    await writeFileAtomically(at("pipe"), [bytesOf("one "), bytesOf("two")]);
    expect(await reading).toBe("one two");
    expect((await lstat(at("pipe"))).isFIFO()).toBe(true);
  });
  test.runIf(existsSync("/dev/null"))("as a device, and stays", async () => {
    await symlink("/dev/null", at("link"));
    await write(at("link"), "text");
    await write("/dev/null", "text");
    expect((await lstat("/dev/null")).isCharacterDevice()).toBe(true);
    expect((await lstat(at("link"))).isSymbolicLink()).toBe(true);
  });
  test.runIf(existsSync("/dev/full"))("and tells when it takes no more", async () => {
    await expect(write("/dev/full", "text")).rejects.toThrow(
      "/dev/full could not be written: the disk is full; free some space and try again.",
    );
    expect((await lstat("/dev/full")).isCharacterDevice()).toBe(true);
  });
  test.runIf(existsSync("/dev/fd"))("as what is open, from where it is", async () => {
    const file = await open(at("log"), "w");
    try {
      await file.write("before ");
      await symlink(`/dev/fd/${file.fd}`, at("link"));
      await write(at("link"), "in between ");
      await write(`/dev/fd/${file.fd}`, "after");
    } finally {
      await file.close();
    }
    expect(await readFile(at("log"), "utf8")).toBe("before in between after");
    expect((await readdir(folder)).sort()).toEqual(["link", "log"]);
  });
});
