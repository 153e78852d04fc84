import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { deflateRawSync, crc32 as nodeCrc32 } from "node:zlib";
import { afterAll, describe, expect, test } from "vitest";
import { crc32, isZip, openZip, writeZip } from "./zip.ts";
import { ZipError, type ZipFault } from "./zipFault.ts";

const folder = mkdtempSync(join(tmpdir(), "seq2see-zip-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const date = new Date(2026, 10, 30, 12);
const text = (content: string): Uint8Array<ArrayBuffer> => new TextEncoder().encode(content);
const files: readonly (readonly [string, Uint8Array<ArrayBuffer>])[] = [
  ["run/config.json", text(JSON.stringify({ a: "b".repeat(1000) }))],
  ["run/model.safetensors", Uint8Array.from({ length: 5000 }, (_, at) => (at * 7919) % 251)],
  ["run/training/empty.jsonl", text("")],
  ["run/颜色/é.txt", text("颜色")],
];
const archive = writeZip(files, date);

/** The fault of what is read, all of it. */
function faultOf(bytes: Uint8Array, limits?: Parameters<typeof openZip>[2]): ZipFault {
  try {
    for (const entry of openZip(bytes, "a.zip", limits)) entry.read();
  } catch (error) {
    if (error instanceof ZipError) return error.fault;
    throw error;
  }
  throw new Error("It was read.");
}

test("what is packed is unpacked the same", () => {
  const read = openZip(archive, "a.zip").map((entry) => [entry.path, entry.read()]);
  expect(read).toEqual(files);
  expect(isZip(archive)).toBe(true);
  expect(writeZip(files, date)).toEqual(archive);
});

test("text is packed, numbers are stored", () => {
  expect(archive.length).toBeLessThan(6200);
  expect(archive.length).toBeGreaterThan(5000);
});

test("another program reads the archive", () => {
  const path = join(folder, "a.zip");
  writeFileSync(path, archive);
  const program = `import zipfile; z = zipfile.ZipFile(${JSON.stringify(path)}); print(z.testzip(), z.namelist()[3])`;
  expect(execFileSync("python3", ["-c", program], { encoding: "utf8" }).trim()).toBe(
    "None run/颜色/é.txt",
  );
});

test("an archive of another program is read", () => {
  const path = join(folder, "b.zip");
  const program = [
    "import zipfile",
    `z = zipfile.ZipFile(${JSON.stringify(path)}, "w", zipfile.ZIP_DEFLATED)`,
    `z.writestr("m/", "")`,
    `z.writestr("m/config.json", "x" * 100000)`,
    `z.comment = b"a comment"`,
    "z.close()",
  ].join("\n");
  execFileSync("python3", ["-c", program]);
  const [entry, ...others] = openZip(readFileSync(path), "b.zip");
  expect(others).toEqual([]);
  expect(entry?.path).toBe("m/config.json");
  expect(new TextDecoder().decode(entry?.read())).toBe("x".repeat(100_000));
  const behind = Buffer.concat([Buffer.from("#!/bin/sh\n"), readFileSync(path)]);
  expect(openZip(behind, "b.zip")[0]?.read()).toEqual(entry?.read());
});

/** An archive of one file with anything in its records. */
function forged(
  given: Partial<{
    path: string;
    content: Uint8Array;
    flags: number;
    method: number;
    unpacked: number;
    copies: number;
  }>,
): Buffer {
  const { path = "f", content = text("content"), flags = 0, method = 8, copies = 1 } = given;
  const name = Buffer.from(path);
  const packed = method === 8 ? deflateRawSync(content) : Buffer.from(content);
  const fields = Buffer.alloc(26);
  fields.writeUInt16LE(20, 0);
  fields.writeUInt16LE(flags, 2);
  fields.writeUInt16LE(method, 4);
  fields.writeUInt32LE(nodeCrc32 ? nodeCrc32(content) : crc32(content), 10);
  fields.writeUInt32LE(packed.length, 14);
  fields.writeUInt32LE(given.unpacked ?? content.length, 18);
  fields.writeUInt16LE(name.length, 22);
  const first = Buffer.concat([Buffer.from("PK\x03\x04"), fields, name, packed]);
  const listed = Buffer.concat([
    Buffer.from("PK\x01\x02\x14\x00", "latin1"),
    fields,
    Buffer.alloc(14),
    name,
  ]);
  const list = Buffer.concat(Array.from({ length: copies }, () => listed));
  const last = Buffer.alloc(22);
  last.write("PK\x05\x06", "latin1");
  last.writeUInt16LE(copies, 8);
  last.writeUInt16LE(copies, 10);
  last.writeUInt32LE(list.length, 12);
  last.writeUInt32LE(first.length, 16);
  return Buffer.concat([first, list, last]);
}

test("the forged archive of the tests below is one, as long as nothing in it is wrong", () => {
  const [entry] = openZip(forged({}), "a.zip");
  expect(entry?.read()).toEqual(text("content"));
});

describe("what is wrong is told", () => {
  test.each<[string, Uint8Array, ZipFault]>([
    ["another file", text("PyTorch"), { kind: "noZip" }],
    ["an empty file", new Uint8Array(), { kind: "noZip" }],
    ["an archive that is cut short", archive.subarray(0, archive.length - 30), { kind: "cut" }],
    ["a list that is cut out", spliced(archive, archive.length - 200, 60), { kind: "cut" }],
    ["a byte that is changed", changed(archive, 2000), damaged("run/model.safetensors")],
    ["packed bytes that are changed", changed(archive, 55), damaged("run/config.json")],
    ["a path out of the folder", forged({ path: "../x" }), outside("../x")],
    ["such a path inside", forged({ path: "a/../../x" }), outside("a/../../x")],
    ["an absolute path", forged({ path: "/etc/x" }), outside("/etc/x")],
    ["a path of Windows", forged({ path: "..\\x" }), outside("../x")],
    ["a drive of Windows", forged({ path: "C:\\x" }), outside("C:/x")],
    ["a file with a password", forged({ flags: 1 }), { kind: "encrypted", file: "f" }],
    ["another method", forged({ method: 14 }), { kind: "method", file: "f", method: 14 }],
    ["a file that is there twice", forged({ copies: 2 }), { kind: "twice", file: "f" }],
    ["more bytes than were promised", forged({ unpacked: 3 }), damaged("f")],
    ["fewer bytes than were promised", forged({ unpacked: 70 }), damaged("f")],
  ])("%s", (_, bytes, fault) => expect(faultOf(bytes)).toEqual(fault));

  test("an archive that claims too much, before anything is unpacked", () => {
    const bomb = forged({ content: new Uint8Array(60_000_000) });
    expect(faultOf(bomb)).toEqual({ kind: "swollen", bytes: 60_000_000, most: 200 });
    expect(faultOf(forged({ unpacked: 4_000_000_000 }))).toMatchObject({ kind: "large" });
    expect(faultOf(archive, { bytes: 1000 })).toMatchObject({ kind: "large", most: 1000 });
    expect(faultOf(archive, { files: 3 })).toEqual({ kind: "many", files: 4, most: 3 });
  });

  test("in one sentence with the name of the archive", () => {
    expect(() => openZip(text("no"), "model.zip")).toThrow(
      /^model\.zip: it is not a zip archive; give .*\.$/,
    );
  });
});

function damaged(file: string): ZipFault {
  return { kind: "damaged", file };
}
function outside(file: string): ZipFault {
  return { kind: "outside", file };
}
function changed(bytes: Uint8Array, at: number): Uint8Array {
  return bytes.map((byte, place) => (place === at ? byte ^ 0x55 : byte));
}
function spliced(bytes: Uint8Array, at: number, count: number): Uint8Array {
  return Uint8Array.from([...bytes.subarray(0, at), ...bytes.subarray(at + count)]);
}
