import { describe, expect, test } from "vitest";
import { pngFile } from "../../../test/support/featureFiles.ts";
import { cutPatches } from "../../features/patches.ts";
import type { ModelEntry } from "../../modelFolder/modelList.ts";
import { configure } from "../../models/configuration.ts";
import type { ModelSizes } from "../../models/modelConfiguration.ts";
import {
  examplePictures,
  firstExample,
  PictureError,
  pictureName,
  readPicture,
} from "./pictures.ts";

const sizesOf = (changes: Partial<ModelSizes> = {}): ModelSizes => ({
  ...configure("xu2015"),
  patchRows: 2,
  patchColumns: 2,
  sourceFeatures: 2 * 2 * 3,
  sourceVocabulary: 8,
  targetVocabulary: 30,
  ...changes,
});
const entryOf = (pictures: unknown, sizes = sizesOf()): ModelEntry => ({
  name: "m",
  path: "models/m",
  sizes,
  card: { pictures, examples: ["un"] },
  hasTraining: false,
  hasMetrics: false,
  hasWatched: false,
  bytes: 1,
});

describe("the examples of a model", () => {
  test("are files of its folder, called by their names", () => {
    const entry = entryOf(["examples/cat.png", "../secret.png", 3, "dog.png"]);
    expect(examplePictures(entry)).toEqual(["examples/cat.png", "dog.png"]);
    expect(firstExample(entry)).toBe("cat.png");
    expect(pictureName("a/b/c.png")).toBe("c.png");
  });
  test("may be missing, and are sentences of a model that reads text", () => {
    expect(examplePictures(entryOf("cat.png"))).toEqual([]);
    expect(firstExample(entryOf(undefined))).toBe("");
    expect(firstExample(entryOf(["cat.png"], sizesOf({ sourceInput: "tokens" })))).toBe("un");
  });
});

describe("a picture", () => {
  const pixels = Uint8Array.from({ length: 4 * 4 * 4 }, (_, at) => (at * 31) % 256);
  const reading = (bytes: Uint8Array, changes: Partial<ModelSizes> = {}) =>
    readPicture(bytes, "a.png", sizesOf(changes));

  test("is decoded to the bit, half transparent pixels too, and cut as in training", async () => {
    const read = await reading(pngFile(4, 4, pixels, 4));
    const picture = { width: 4, height: 4, data: pixels };
    expect(read).toEqual(cutPatches(picture, { rows: 2, columns: 2 }, "a.png"));
  });

  test.each<[string, Uint8Array, Partial<ModelSizes>, string, string]>([
    [
      "a JPEG",
      Uint8Array.of(0xff, 0xd8),
      {},
      "a.png is not a PNG picture; save it as PNG",
      "不是 PNG 图片",
    ],
    ["an empty file", new Uint8Array(0), {}, "a.png is not a PNG picture", "不是 PNG 图片"],
    [
      "one of another size",
      pngFile(8, 8, new Uint8Array(192)),
      {},
      "a.png has 8×8 pixels, but this model needs 4×4; resize it",
      "需要 4×4 像素的图片",
    ],
    [
      "one that cannot be cut",
      pngFile(3, 3, new Uint8Array(27)),
      {},
      "a.png has 3×3 pixels",
      "3×3 像素",
    ],
    [
      "one for patches that are no squares",
      pngFile(3, 3, new Uint8Array(27)),
      { sourceFeatures: 6 },
      "2 rows of 2 patches with 2 pixels each",
      "2 行 2 列",
    ],
    [
      "a file cut short",
      pngFile(4, 4, pixels, 4).slice(0, 60),
      {},
      "a.png is damaged and cannot be read; save it again as PNG.",
      "已损坏",
    ],
    ["a head alone", pngFile(4, 4, pixels, 4).slice(0, 12), {}, "a.png has 0×0 pixels", "0×0"],
    [
      "any, of a model that reads files of features",
      pngFile(4, 4, pixels, 4),
      { patchRows: 0 },
      "This model reads feature files",
      "特征文件",
    ],
  ])("is refused with one sentence: %s", async (_, bytes, changes, en, zh) => {
    const error = await reading(bytes, changes).catch((caught: unknown) => caught);
    expect(error).toBeInstanceOf(PictureError);
    const { words } = error as PictureError;
    expect(words.en).toContain(en);
    expect(words.zh).toContain(zh);
    expect(words.en).toMatch(/^[^\n]*\.$/);
  });
});
