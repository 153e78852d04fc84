import { join } from "node:path";
import { expect, test } from "vitest";
import { readModel } from "./nodeModelFolder.ts";

const models = join(import.meta.dirname, "../../models");

test.each(["dates", "fr-en"])(
  "%s, written before sources could be features, is read as a model of tokens",
  async (name) => {
    const { sizes, weights } = await readModel(join(models, name));
    expect(sizes).toMatchObject({
      ...{ sourceInput: "tokens", sourceFeatures: 0, encoder: "recurrent" },
      ...{ patchRows: 0, patchColumns: 0 },
    });
    expect(weights.get("source_embedding")?.shape).toEqual([
      sizes.sourceVocabulary,
      sizes.embedding,
    ]);
  },
);
