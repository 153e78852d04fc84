/**
 * Numbers are what they were: what `npm run record -- --quick` hashes is compared with the committed record.
 *
 * Machines with other instructions round in other places. On the kind of machine that the record was made
 * on (see `machineKind`), every bit has to be the same. On another kind, tensors must have the same names,
 * types and shapes, and their numbers the same size within 1 %; translations, traces and scores are not
 * compared there. When numbers are meant to change, record again: `npm run record -- test/recorded.json --quick`.
 */
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { RecordFile } from "./support/recorded.ts";
import { differences } from "./support/recorded.ts";
import { machineKind } from "./support/recordedMachine.ts";

const root = join(import.meta.dirname, "..");
const read = (path: string) => JSON.parse(readFileSync(path, "utf8")) as RecordFile;
const before = read(join(import.meta.dirname, "recorded.json"));
const folder = mkdtempSync(join(tmpdir(), "seq2see-recorded-"));
let now: RecordFile;

beforeAll(() => {
  const path = join(folder, "now.json");
  const program = join(root, ".build/scripts/record.js");
  execFileSync("node", [program, path, "--checkout", root, "--quick"], { stdio: "pipe" });
  now = read(path);
});

afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

test("everything recorded is still there", () => {
  expect(Object.keys(now.results)).toEqual(Object.keys(before.results));
});

test("tensors have the names, the shapes and the size of the recorded ones", () => {
  expect(differences({ ...now, machine: "another" }, before)).toEqual([]);
});

test.runIf(machineKind() === before.machine)("every bit is the recorded one", () => {
  expect(differences(now, before)).toEqual([]);
});
