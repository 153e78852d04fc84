import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { UserError } from "../tensor/errors.ts";
import { readLines } from "./lines.ts";

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "lines-"));
});
afterAll(() => rmSync(folder, { recursive: true }));

async function collect<Item>(items: AsyncIterable<Item>): Promise<Item[]> {
  const collected: Item[] = [];
  for await (const item of items) collected.push(item);
  return collected;
}

function write(name: string, content: string | Uint8Array): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

async function texts(path: string): Promise<string[]> {
  return (await collect(readLines(path))).map(({ text }) => text);
}

async function errorOf(path: string): Promise<UserError> {
  const error = await texts(path).catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(UserError);
  return error as UserError;
}

test("lines are numbered from 1 on", async () => {
  expect(await collect(readLines(write("a.txt", "un\n\ndeux\n")))).toEqual([
    { text: "un", line: 1 },
    { text: "", line: 2 },
    { text: "deux", line: 3 },
  ]);
});

test("the last line may lack its end", async () => {
  expect(await texts(write("a.txt", "un\ndeux"))).toEqual(["un", "deux"]);
});

test("an empty file has no lines", async () => {
  expect(await texts(write("a.txt", ""))).toEqual([]);
});

test("a byte order mark and carriage returns are dropped, within a text they stay", async () => {
  expect(await texts(write("a.txt", "\uFEFFun\r\nd\reu\uFEFFx\r\n\r\n"))).toEqual([
    "un",
    "d\reu\uFEFFx",
    "",
  ]);
});

test("a gzipped file is known by its content, not by its name", async () => {
  expect(await texts(write("a.txt", gzipSync("un\ndeux\n")))).toEqual(["un", "deux"]);
  expect(await texts(write("a.gz", "un\ndeux\n"))).toEqual(["un", "deux"]);
});

test("gzipped parts that were put one behind the other are one text", async () => {
  const parts = Buffer.concat([gzipSync("un\nde"), gzipSync("ux\n")]);
  expect(await texts(write("a.gz", parts))).toEqual(["un", "deux"]);
});

describe.each([
  ["plain", (text: string) => Buffer.from(text)],
  ["gzipped", (text: string) => gzipSync(text)],
])("a %s file larger than what is read at once", (_name, pack) => {
  const lines = Array.from({ length: 60_000 }, (_, index) => `\u00e9t\u00e9 \u{1F600} ${index}`);

  test("gives every line whole", async () => {
    expect(await texts(write("large", pack(lines.join("\n"))))).toEqual(lines);
  });

  test("may be left before its end", async () => {
    for await (const { text } of readLines(write("large", pack(lines.join("\n"))))) {
      expect(text).toBe(lines[0]);
      break;
    }
  });
});

test("bytes that are not UTF-8 are refused with the line they stand in", async () => {
  const latin1 = Buffer.from("un\ndeux\n\u00e9t\u00e9\nfin\n", "latin1");
  const path = write("a.txt", latin1);
  expect((await errorOf(path)).message).toBe(
    `${path}: line 3 is not UTF-8; convert the file, for instance with iconv.`,
  );
});

test("the line is counted from the beginning of the file, however far it is", async () => {
  const start = Buffer.from("x".repeat(99).concat("\n").repeat(9_000));
  const path = write("a.txt", Buffer.concat([start, Buffer.from([0xff, 0x0a])]));
  expect((await errorOf(path)).message).toContain("line 9001 is not UTF-8");
});

test("a character that was cut at the end of the file is no UTF-8 either", async () => {
  const path = write("a.txt", Buffer.from("un\n\u00e9").subarray(0, -1));
  expect((await errorOf(path)).message).toContain("line 2 is not UTF-8");
});

test("a gzip file that was cut short is refused", async () => {
  const path = write("a.gz", gzipSync("un\ndeux\n".repeat(999)).subarray(0, -9));
  expect((await errorOf(path)).message).toBe(
    `${path}: the gzip file ends too early; copy or download it again.`,
  );
});

test("a gzip file with changed bytes is refused", async () => {
  const bytes = gzipSync("un\ndeux\n".repeat(999));
  bytes.fill(0x55, 10, 40);
  expect((await errorOf(write("a.gz", bytes))).message).toContain("the gzip file is damaged");
});

test("a missing file and a folder are refused with their path", async () => {
  const missing = join(folder, "nowhere.txt");
  expect((await errorOf(missing)).message).toBe(
    `${missing}: there is no such file; check the path.`,
  );
  expect((await errorOf(folder)).message).toBe(
    `${folder}: this is a directory; give a file in it.`,
  );
});

test("a file without line ends is refused before it fills the memory", async () => {
  const path = write("a.bin", Buffer.alloc(17 * 2 ** 20, "x"));
  expect((await errorOf(path)).message).toContain("a line is longer than 16 MiB");
});
