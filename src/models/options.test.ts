import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { configure } from "./configuration.ts";
import { sizesSchema } from "./options.ts";

/** What configurations said before models had the other choices. */
const earlier = [
  "preset",
  "cell",
  "embedding",
  "hidden",
  "layers",
  "bidirectional",
  "encoderHidden",
  "attention",
  "attentionHidden",
  "attentionPlace",
  "inputFeeding",
  "bridge",
  "maxout",
  "outputBias",
  "tiedEmbeddings",
  "reverseSource",
  "dropout",
  "initialRange",
  "sourceVocabulary",
  "targetVocabulary",
];

test.each([
  ["luong2015", {}],
  ["luong2015", { attention: "none", inputFeeding: false, layers: 3 }],
  ["luong2015", { layers: 2, bidirectional: false, bridge: "copy" }],
  ["bahdanau2014", { maxout: 7 }],
  ["sutskever2014", {}],
  ["sutskever2014", { attention: "dot" }],
] as const)("%s %o: an earlier file of it is of the same model", (preset, changes) => {
  const sizes = { ...configure(preset, changes), sourceVocabulary: 20, targetVocabulary: 30 };
  const written = Object.fromEntries(
    Object.entries(sizes).filter(([key]) => earlier.includes(key)),
  );
  expect(Object.keys(written)).toHaveLength(earlier.length);
  expect(sizesSchema.parse(written)).toEqual(sizes);
});

const models = join(import.meta.dirname, "../../models");
const folders = readdirSync(models, { recursive: true, encoding: "utf8" }).filter((path) =>
  path.endsWith("config.json"),
);

test("there are models that come with the project", () => {
  expect(folders.length).toBeGreaterThan(1);
});

test.each(folders)("models/%s is understood", (path) => {
  const { model } = JSON.parse(readFileSync(join(models, path), "utf8")) as { model: unknown };
  expect(sizesSchema.parse(model)).toMatchObject(model as object);
});

test("a field that is of another kind is named", () => {
  const { preset, ...sizes } = { ...configure("luong2015"), sourceVocabulary: 9 };
  const result = sizesSchema.safeParse({ ...sizes, targetVocabulary: 9, attention: "cosine" });
  expect(result.error?.issues.map(({ path }) => path.join("."))).toEqual(["preset", "attention"]);
  expect(preset).toBe("luong2015");
});
