import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { npyOf } from "../../test/support/featureFiles.ts";
import { SourceFiles } from "./nodeSourceFiles.ts";

const folder = mkdtempSync(join(tmpdir(), "seq2see-source-files-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test.each([
  ["relative to the folder", folder, "a.npy"],
  ["absolute", join(folder, "elsewhere"), join(folder, "a.npy")],
])("a file's name can be %s", async (_, from, name) => {
  writeFileSync(join(folder, "a.npy"), npyOf([[1, 2]]));
  const files = new SourceFiles(from, { sourceInput: "features", patchRows: 0, patchColumns: 0 });
  await expect(files.check(name)).resolves.toBeUndefined();
  expect(await files.read(` ${name} `)).toMatchObject({ name, shape: [1, 2] });
  await expect(files.read(`${name}x`)).rejects.toThrow(join(folder, "a.npyx"));
});
