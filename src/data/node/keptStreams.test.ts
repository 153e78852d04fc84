import { execFileSync } from "node:child_process";
import { createWriteStream, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PassThrough } from "node:stream";
import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { keepStreams } from "./keptStreams.ts";
import { readLines } from "./lines.ts";

let folder: string;
let temporary: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "streams-"));
  temporary = mkdtempSync(join(tmpdir(), "streams-"));
  vi.stubEnv("TMPDIR", temporary);
});
afterAll(() => {
  vi.unstubAllEnvs();
  for (const path of [folder, temporary]) rmSync(path, { recursive: true });
});

function pipe(name: string): string {
  const path = join(folder, name);
  execFileSync("mkfifo", [path]);
  return path;
}

async function texts(path: string): Promise<string[]> {
  const lines: string[] = [];
  for await (const { text } of readLines(path)) lines.push(text);
  return lines;
}

test("pipes that were kept are read as often as files, and leave no file behind", async () => {
  const lines = Array.from({ length: 100_000 }, (_, index) => `line ${index}`);
  const [plain, packed] = [pipe("plain"), pipe("packed")];
  createWriteStream(plain).end(lines.join("\n"));
  createWriteStream(packed).end(gzipSync(lines.join("\n")));
  await keepStreams([plain, packed, plain]);
  expect(readdirSync(temporary)).toEqual([]);
  const all = await Promise.all([plain, packed, plain, packed].map(texts));
  for (const read of all) expect(read).toEqual(lines);
});

test("the standard input can be kept as well", async () => {
  const input = new PassThrough();
  vi.spyOn(process, "stdin", "get").mockReturnValue(input as unknown as typeof process.stdin);
  input.end("un\ndeux\n");
  await keepStreams(["-"]);
  expect([await texts("-"), await texts("-")]).toEqual([
    ["un", "deux"],
    ["un", "deux"],
  ]);
});

test("a file is read where it is, and one that is missing is told when it is read", async () => {
  const path = join(folder, "a.txt");
  writeFileSync(path, "un\n");
  await keepStreams([path, join(folder, "nowhere.txt")]);
  writeFileSync(path, "deux\n");
  expect(await texts(path)).toEqual(["deux"]);
});

test("a stream that cannot be kept is refused, with what to do", async () => {
  const path = pipe("lost");
  vi.stubEnv("TMPDIR", join(folder, "nowhere"));
  await expect(keepStreams([path])).rejects.toThrow(
    /lost: it is read more than once, but cannot be kept in .*nowhere \(ENOENT.*\); save it as a file, or set TMPDIR to a folder with more space\.$/,
  );
});
