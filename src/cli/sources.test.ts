import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { npyOf } from "../../test/support/featureFiles.ts";
import type { TranslateOptions, Translation } from "../decoding/textModel.ts";
import { SourceFiles } from "../features/nodeSourceFiles.ts";
import { translateSources } from "./sources.ts";

const folder = mkdtempSync(join(tmpdir(), "seq2see-sources-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Says what it was asked, text by text. */
const model = {
  calls: [] as number[],
  async translateAll(sources: readonly unknown[], options: TranslateOptions = {}) {
    model.calls.push(sources.length);
    return sources.map((_, index) => {
      const seed = (options.seed ?? 0) + index;
      return [{ text: `${options.prefixes?.[index]} ${seed}` } as Translation];
    });
  },
};

test("of many files, which are read some at a time, each keeps its own prefix and its own draws", async () => {
  writeFileSync(join(folder, "a.npy"), npyOf([[1, 2]]));
  const files = new SourceFiles(folder, {
    sourceInput: "features",
    patchRows: 0,
    patchColumns: 0,
  });
  const lines = Array.from({ length: 600 }, () => "a.npy");
  const prefixes = lines.map((_, number) => `prefix ${number}`);
  const results = await translateSources(
    model,
    { files, lines },
    { prefixes, sample: true, seed: 7 },
  );
  expect(model.calls.length).toBeGreaterThan(1);
  expect(results.map(([best]) => best?.text)).toEqual(
    lines.map((_, number) => `prefix ${number} ${7 + number}`),
  );
  const later = await translateSources(
    model,
    { files, lines: ["a.npy"], first: 600 },
    { sample: true, seed: 7 },
  );
  expect(later[0]?.[0]?.text).toBe("undefined 607");
  const missing = translateSources(model, { files, lines: ["a.npy", ""], first: 600 }, {});
  await expect(missing).rejects.toThrow("Source 602 is empty");
});
