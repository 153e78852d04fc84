import { linkSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { checkOutputs } from "./outputFiles.ts";

const folder = mkdtempSync(join(tmpdir(), "seq2see-outputs-"));
const at = (name: string): string => join(folder, name);
mkdirSync(at("model"));
for (const name of ["input", "model/config.json"]) writeFileSync(at(name), "");
symlinkSync(at("input"), at("link"));
symlinkSync(at("model"), at("shortcut"));
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

const check = (output: string, another = "another"): void =>
  checkOutputs(
    [
      { flag: "--alignments", path: at(output) },
      { flag: "--trace", path: at(another) },
    ],
    [
      { flag: "--input", path: at("input") },
      { flag: "--dictionary", path: undefined },
    ],
    [at("model")],
  );

test("files of their own are written", () => {
  expect(() => check("output")).not.toThrow();
  expect(() => check("model2/output")).not.toThrow();
  expect(() => check("shortcut/traces.jsonl")).not.toThrow();
  expect(() =>
    checkOutputs(
      [{ flag: "--trace", path: "/dev/null" }],
      [{ flag: "--input", path: "/dev/null" }],
      [],
    ),
  ).not.toThrow();
});

test.each([
  ["input", /--alignments .*: this is the file of --input, too; give another one/],
  ["link", /this is the file of --input, too/],
  ["model/../input", /this is the file of --input, too/],
  ["another", /--trace .*another: this is the file of --alignments, too/],
  ["model/config.json", /this is a file of the model; give another one/],
  ["shortcut/config.json", /this is a file of the model/],
])("%s is refused", (output, message) => {
  expect(() => check(output)).toThrow(message);
});

test("a file with two names is one that is replaced by its name only", () => {
  linkSync(at("input"), at("hard"));
  // The new file takes the name; the other name keeps the old content.
  expect(() => check("hard")).not.toThrow();
});
