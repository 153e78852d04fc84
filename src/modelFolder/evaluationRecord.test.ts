import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { evaluationOf, type RecordedSet, withSet } from "./evaluationRecord.ts";
import { addEvaluation, readEvaluation } from "./nodeEvaluation.ts";

const folder = mkdtempSync(join(tmpdir(), "seq2see-evaluation-"));
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

const measured: RecordedSet = {
  set: "dev",
  date: "2025-11-30",
  beam: 5,
  sentences: 30,
  bleu: 20.5,
  chrf: 44,
  perplexity: 9.25,
  signature: "nrefs:1",
  steps: 4000,
  byLength: [
    { from: 1, to: 5, sentences: 30, bleu: 20.5 },
    { from: 6, to: null, sentences: 0, bleu: null },
  ],
};
const bytes = (value: unknown): Uint8Array => new TextEncoder().encode(JSON.stringify(value));

test("a record is read as it was written", async () => {
  expect(await readEvaluation(folder)).toBeNull();
  await addEvaluation(folder, measured);
  const record = await readEvaluation(folder);
  expect(record).toEqual(withSet(null, measured));
  // An evaluation that began before and ends later leaves it there.
  await addEvaluation(folder, { ...measured, set: "test" });
  expect((await readEvaluation(folder))?.sets.map(({ set }) => set)).toEqual(["dev", "test"]);
});

test("a set measured again with the same beam takes the place of the old entry", () => {
  const again = { ...measured, bleu: 21 };
  const { sets } = withSet(withSet(withSet(null, measured), { ...measured, beam: 1 }), again);
  expect(sets.map(({ beam, bleu }) => [beam, bleu])).toEqual([
    [1, 20.5],
    [5, 21],
  ]);
});

test("what a later version adds is left out, and what is not known is null", () => {
  const { steps, ...rest } = measured;
  const record = { ...withSet(null, measured), sets: [{ ...rest, comet: 1 }], more: true };
  expect(evaluationOf(bytes(record), "evaluation.json").sets).toEqual([{ ...rest, steps: null }]);
});

test.each([
  ["what is not JSON", "{", /evaluation\.json: it is not JSON in UTF-8; remove/],
  [
    "another format",
    { format: "seq2see-card" },
    /format is not "[^"]*"; it is not an evaluation\.json/,
  ],
  [
    "a score that is no number",
    { ...withSet(null, measured), sets: [{ ...measured, bleu: "high" }] },
    /sets\.0\.bleu is not a number/,
  ],
])("%s is refused by name", async (_, content, message) => {
  writeFileSync(
    join(folder, "evaluation.json"),
    typeof content === "string" ? content : JSON.stringify(content),
  );
  await expect(readEvaluation(folder)).rejects.toThrow(message);
});
