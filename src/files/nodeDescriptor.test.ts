import { existsSync } from "node:fs";
import { mkdtemp, open, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { writeAll } from "./nodeDescriptor.ts";

test("all bytes are written, one call after the other", async () => {
  const folder = await mkdtemp(join(tmpdir(), "seq2see-descriptor-"));
  const file = await open(join(folder, "file"), "w");
  try {
    await writeAll(file.fd, Buffer.from("one "));
    await writeAll(file.fd, new Uint8Array());
    await writeAll(file.fd, Buffer.from("two"));
  } finally {
    await file.close();
  }
  expect(await readFile(join(folder, "file"), "utf8")).toBe("one two");
  await rm(folder, { recursive: true });
});

test.runIf(existsSync("/dev/full"))("a disk that is full is told", async () => {
  const file = await open("/dev/full", "w");
  try {
    await expect(writeAll(file.fd, Buffer.from("lost"))).rejects.toThrow("ENOSPC");
  } finally {
    await file.close();
  }
});
