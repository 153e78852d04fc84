import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { writeRandomModel } from "../../test/support/writtenModel.ts";
import { otherContent, refuseOtherContent } from "../files/otherContent.ts";
import { UserError } from "../tensor/errors.ts";
import { readModel } from "./nodeModelFolder.ts";

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

test.each([
  "<!doctype html><title>app</title>",
  "<!DOCTYPE HTML PUBLIC '-//W3C//DTD HTML 4.01//EN'>",
  "<html lang=en>",
  "\n\t <HTML>",
  "\uFEFF<!doctype html>",
  "<!-- built with a tool -->\n<!-- and another --><!doctype html>",
  '<?xml version="1.0"?><!DOCTYPE html>',
  "<head><title>404</title>",
  "<h1>Not found</h1>",
])("%j is a page", (text) => {
  expect(otherContent(bytes(text))).toBe("HTML page");
});

test("a page in UTF-16 is one", () => {
  const page = "\uFEFF<!doctype html>";
  const utf16 = Uint8Array.from(
    [...page].flatMap((each) => [each.charCodeAt(0) & 255, each.charCodeAt(0) >> 8]),
  );
  expect(otherContent(utf16)).toBe("HTML page");
});

test("the lines that Git keeps for a large file are told apart", () => {
  const pointer = "version https://git-lfs.github.com/spec/v1\noid sha256:4d7a\nsize 12345\n";
  expect(otherContent(bytes(pointer))).toBe("Git LFS pointer");
});

test.each([
  "",
  "{}",
  ' {"a": "<html>"}',
  "<s> the",
  "<!-- only a comment",
  "\u003c\0\0\0\0\0\0\0{}",
  "<header",
])("%j may be a file", (text) => {
  expect(otherContent(bytes(text))).toBeNull();
});

test("many comments before nothing are read in no time", () => {
  expect(otherContent(bytes("<!-- a -->".repeat(2000)))).toBeNull();
});

test("what is refused is named with what to do", () => {
  const refuse = (text: string) => () => refuseOtherContent(bytes(text), "m/config.json");
  expect(refuse("<!doctype html>")).toThrow(UserError);
  expect(refuse("<!doctype html>")).toThrow(
    "m/config.json: it is an HTML page instead of the file; download the file again.",
  );
  expect(refuse("version https://git-lfs.github.com/spec/v1\n")).toThrow(
    "m/config.json: it is a Git LFS pointer instead of the file; download the file itself with git lfs pull.",
  );
  expect(refuse("{}")).not.toThrow();
});

describe("a model's folder whose download went wrong", () => {
  const folder = mkdtempSync(join(tmpdir(), "seq2see-content-"));
  beforeAll(() => writeRandomModel(folder));
  afterAll(() => rmSync(folder, { recursive: true }));

  test.each(["target.tokenizer.json", "source.tokenizer.json", "model.safetensors", "config.json"])(
    "is refused with the name of %s",
    async (file) => {
      const whole = readFileSync(join(folder, file));
      for (const [content, what] of [
        ["<!doctype html><title>Sign in</title>", "an HTML page"],
        ["version https://git-lfs.github.com/spec/v1\noid sha256:1\nsize 9\n", "a Git LFS pointer"],
      ] as const) {
        writeFileSync(join(folder, file), content);
        await expect(readModel(folder, { isAwaited: false })).rejects.toThrow(
          `${join(folder, file)}: it is ${what} instead of the file; `,
        );
      }
      writeFileSync(join(folder, file), whole);
    },
  );
});
