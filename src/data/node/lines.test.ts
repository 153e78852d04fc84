import { execFileSync } from "node:child_process";
import { createWriteStream, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PassThrough } from "node:stream";
import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { UserError } from "../../tensor/errors.ts";
import { readLines, readStandardInput, readText } from "./lines.ts";

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

test("a byte order mark is dropped at the beginning only", async () => {
  expect(await texts(write("a.txt", "\uFEFFun\nd\uFEFFeux\n\uFEFF\n"))).toEqual([
    "un",
    "d\uFEFFeux",
    "\uFEFF",
  ]);
  expect(await texts(write("a.txt", "\uFEFF"))).toEqual([]);
});

test.each([
  ["Unix", "un\n\ndeux\n"],
  ["Windows", "un\r\n\r\ndeux\r\n"],
  ["old Macs", "un\r\rdeux\r"],
  ["all of them", "un\r\n\ndeux\r"],
])("lines end as those of %s do", async (_system, content) => {
  expect(await collect(readLines(write("a.txt", content)))).toEqual([
    { text: "un", line: 1 },
    { text: "", line: 2 },
    { text: "deux", line: 3 },
  ]);
});

test("other characters that break lines stay in the text", async () => {
  const text = "a\u2028b\u2029c\u0085d\ve\ff";
  expect(await texts(write("a.txt", `${text}\n`))).toEqual([text]);
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
  expect((await errorOf(path)).message).toContain("line 1 is longer than 16 MiB");
});

describe("UTF-16", () => {
  const text = "guten tag\thallo\r\nBrot \u4e00 \u{1F600}\n";
  const little = Buffer.from(text, "utf16le");
  const big = Buffer.from(little).swap16();
  const [littleMark, bigMark] = [Buffer.from([0xff, 0xfe]), Buffer.from([0xfe, 0xff])];

  test.each([
    ["little-endian", Buffer.concat([littleMark, little])],
    ["big-endian", Buffer.concat([bigMark, big])],
    ["gzipped", gzipSync(Buffer.concat([littleMark, little]))],
  ])("with a byte order mark is read as it is meant, %s", async (_name, bytes) => {
    expect(await texts(write("a.txt", bytes))).toEqual([
      "guten tag\thallo",
      "Brot \u4e00 \u{1F600}",
    ]);
  });

  test("of a large file keeps characters whole", async () => {
    const lines = Array.from({ length: 40_000 }, (_, index) => `\u{1F600}\u4e00${index}`);
    const bytes = Buffer.from(`\uFEFF${lines.join("\r\n")}`, "utf16le");
    expect(await texts(write("a.txt", bytes))).toEqual(lines);
  });

  test.each([
    ["UTF-16LE", little],
    ["UTF-16BE", big],
    ["UTF-16LE", Buffer.from("\u4e00\u5200\u4e00\u5201\n\u4e00\n", "utf16le")],
    ["UTF-16BE", Buffer.from("\u4e00\u5200\u4e00\u5201\n\u4e00\n", "utf16le").swap16()],
    ["UTF-32LE", Buffer.from(Uint32Array.from(text, (letter) => letter.charCodeAt(0)).buffer)],
  ])("without a mark is named: %s", async (encoding, bytes) => {
    const path = write("a.txt", bytes);
    expect((await errorOf(path)).message).toBe(
      `${path}: line 1 holds a NUL byte; the file looks like ${encoding}: convert it with iconv -f ${encoding} -t UTF-8.`,
    );
  });

  test("that is cut in a character, or has half of one, is named with its line", async () => {
    const half = Buffer.concat([littleMark, little, Buffer.from([0x3d, 0xd8, 0x20, 0x00])]);
    expect((await errorOf(write("a.txt", half))).message).toContain("line 3 is not UTF-16");
    const cut = Buffer.concat([littleMark, little, Buffer.from([0x20])]);
    expect((await errorOf(write("a.txt", cut))).message).toContain("line 3 is not UTF-16");
  });
});

test("a NUL byte is named with its line, however the lines end", async () => {
  const path = write("a.txt", "un\r\ndeux\rtr\0is\n");
  expect((await errorOf(path)).message).toBe(
    `${path}: line 3 holds a NUL byte; a text has none; give a text file in UTF-8.`,
  );
});

test("archives and documents in the place of a text are named", async () => {
  const zip = write("pairs.xlsx", Buffer.from("PK\x03\x04 and so on", "latin1"));
  expect((await errorOf(zip)).message).toBe(
    `${zip}: this is a ZIP archive or a spreadsheet; unpack it, or save the sheet as CSV.`,
  );
});

test("a link that leads back to itself is named", async () => {
  const path = join(folder, "loop");
  symlinkSync("loop", path);
  expect((await errorOf(path)).message).toContain("this is a link that leads back to itself");
});

describe("a pipe", () => {
  function pipe(name: string): string {
    const path = join(folder, name);
    execFileSync("mkfifo", [path]);
    return path;
  }

  test.each([
    ["plain", Buffer.from("un\r\ndeux")],
    ["gzipped", gzipSync("un\ndeux\n")],
  ])("is read as a file is, %s", async (name, bytes) => {
    const path = pipe(`pipe-${name}`);
    createWriteStream(path).end(bytes);
    expect(await texts(path)).toEqual(["un", "deux"]);
  });

  test("gives each line once its end has arrived, and counts an end that is cut in two once", async () => {
    const path = pipe("open-pipe");
    const writer = createWriteStream(path);
    const lines = readLines(path);
    for (const [written, text] of [
      ["\n", ""],
      ["un\r", "un"],
      ["\ndeux\n", "deux"],
      ["\r", ""],
      ["trois\r\n", "trois"],
    ]) {
      writer.write(written);
      expect((await lines.next()).value?.text).toBe(text);
    }
    writer.end("quatre");
    expect(await lines.next()).toEqual({ value: { text: "quatre", line: 6 }, done: false });
    expect((await lines.next()).done).toBe(true);
  });
});

test("the standard input is read line by line while it is open, and only once", async () => {
  const input = new PassThrough();
  vi.spyOn(process, "stdin", "get").mockReturnValue(input as unknown as typeof process.stdin);
  const lines = readStandardInput();
  input.write("\uFEFFun\r\ndeu");
  expect((await lines.next()).value).toEqual({ text: "un", line: 1 });
  input.write("x\n");
  expect((await lines.next()).value).toEqual({ text: "deux", line: 2 });
  input.end("t\0rois\n");
  await expect(lines.next()).rejects.toThrow("standard input: line 3 holds a NUL byte");
  expect((await errorOf("-")).message).toBe(
    "The standard input was asked for twice, but it can be read only once; save it as a file.",
  );
});

test("a small text is read as a whole in the same way", async () => {
  expect(await readText(write("a.json", gzipSync("\uFEFF{\r\n}\r\n")))).toBe("{\r\n}\r\n");
  const messageOf = (content: string | Buffer) =>
    readText(write("a.json", content), 10).catch((error: UserError) => error.message);
  expect(await messageOf("x".repeat(11))).toContain("the file is larger than 10 bytes");
  expect(await messageOf("un\rd\0ux")).toContain("line 2 holds a NUL byte");
  expect(await messageOf(Buffer.from("un\n\xe9", "latin1"))).toContain("line 2 is not UTF-8");
});
