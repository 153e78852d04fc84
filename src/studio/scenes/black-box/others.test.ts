import { expect, test } from "vitest";
import type { ModelEntry } from "../../../modelFolder/modelList.ts";
import type { ModelSizes } from "../../../models/modelConfiguration.ts";
import { otherModels } from "./others.ts";

function entryOf(
  name: string,
  sizes: Partial<ModelSizes>,
  card: ModelEntry["card"] = {},
): ModelEntry {
  return {
    name,
    path: name,
    bytes: 1,
    card,
    sizes: { sourceInput: "tokens", ...sizes } as ModelSizes,
    hasTraining: false,
    hasMetrics: false,
    hasWatched: false,
  };
}

const pictures = { sourceInput: "features", patchRows: 8 } as const;
const models = [
  entryOf("silent", { sourceVocabulary: 9000 }),
  entryOf("words", { sourceVocabulary: 9000 }, { examples: ["un"] }),
  entryOf("letters", { sourceVocabulary: 60 }, { examples: ["a"] }),
  entryOf("blind", pictures, { examples: ["un"] }),
  entryOf("pictures", pictures, { pictures: ["a.png"] }),
  entryOf("features", { ...pictures, patchRows: 0 }, { pictures: ["a.png"] }),
];
const namesFor = (own: "words" | "letters" | "patches"): (readonly [string, string])[] =>
  Object.entries(otherModels(models, own)).map(([kind, { name }]) => [kind, name] as const);

test("each kind that the page's model does not read is shown by one that brings an example", () => {
  expect(namesFor("words")).toEqual([
    ["letters", "letters"],
    ["patches", "pictures"],
  ]);
  expect(namesFor("patches")).toEqual([
    ["words", "words"],
    ["letters", "letters"],
  ]);
  expect(otherModels([], "letters")).toEqual({});
});
