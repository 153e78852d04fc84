import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { evaluatedSet, readReferences } from "./references.ts";

const folder = mkdtempSync(join(tmpdir(), "seq2see-references-"));
const file = join(folder, "more.txt");
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const source = { kind: "table", path: "words.tsv", columns: ["1", "2"] } as const;
const pairs = [
  { source: "tomato", target: "T AH M EY T OW", line: 1 },
  { source: "tomato", target: "T AH M AA T OW", line: 2 },
  { source: "dough", target: "D OW", line: 3 },
];

test("rows with the same source are one sentence with several references", () => {
  expect(evaluatedSet(pairs, [], true)).toEqual({
    sources: ["tomato", "dough"],
    references: [
      ["T AH M EY T OW", "D OW"],
      ["T AH M AA T OW", undefined],
    ],
  });
});

test("further references stand beside those of the pairs", () => {
  const further = [["x", undefined, "y"]];
  expect(evaluatedSet(pairs, further, false).references).toEqual([
    pairs.map(({ target }) => target),
    ["x", undefined, "y"],
  ]);
  expect(evaluatedSet(pairs, further, true).references).toEqual([
    ["T AH M EY T OW", "D OW"],
    ["x", "y"],
    ["T AH M AA T OW", undefined],
  ]);
});

test("a blank line of a file is no reference, and its lines have to be as many as the pairs", async () => {
  writeFileSync(file, "x\n\ny\n");
  expect(await readReferences([file], 3, source)).toEqual([["x", undefined, "y"]]);
  await expect(readReferences([file], 2, source)).rejects.toThrow(
    `--references ${file}: it has 3 lines and words.tsv 2 pairs; give one line for each, blank where there is no further reference.`,
  );
});
