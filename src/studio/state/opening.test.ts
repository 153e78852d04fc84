import { expect, test } from "vitest";
import type { ModelEntry } from "../../modelFolder/modelList.ts";
import { openingModel } from "./opening.ts";

const model = (name: string, opensIn?: unknown): ModelEntry => ({
  name,
  path: `models/${name}`,
  card: { ...(opensIn !== undefined && { opensIn }) },
  sizes: null,
  hasTraining: false,
  hasMetrics: false,
  hasWatched: false,
  bytes: 1,
});
const [chinese, french] = [model("zh-en", ["zh"]), model("fr-en", ["en"])];
const shipped = [chinese, french, model("en-zh"), model("dates")];

test("each language of the page begins with the model that is meant for it", () => {
  expect(openingModel(shipped, "zh")).toBe(chinese);
  expect(openingModel(shipped, "en")).toBe(french);
});

test("without such a model the first one opens", () => {
  expect(openingModel([french, model("dates")], "zh")).toBe(french);
  expect(openingModel([], "zh")).toBeUndefined();
});

test("a model of the reader's own that comes first opens in all languages", () => {
  const own = model("mine");
  expect(openingModel([own, chinese, french], "zh")).toBe(own);
  expect(openingModel([model("odd", "zh"), chinese], "zh")?.name).toBe("odd");
});

test("a text that is given counts more than the language of the page", () => {
  expect(openingModel(shipped, "en", "我是学生")).toBe(chinese);
  expect(openingModel(shipped, "zh", "Je suis étudiant.")).toBe(french);
});
