import { writeFolderAtomically } from "../../src/files/nodeFiles.ts";
import { filesOfModel } from "../../src/modelFolder/modelFolder.ts";
import type { ConfigurationChanges } from "../../src/models/configuration.ts";
import { configure } from "../../src/models/configuration.ts";
import { parametersOf } from "../../src/models/graphs.ts";
import { initialValues } from "../../src/nn/initialize.ts";
import { letterTokenizer } from "./randomModel.ts";

/** Writes the folder of a small model of a preset with random weights, whose words are letters with spaces between. */
export async function writePresetModel(
  folder: string,
  preset: string,
  changes: ConfigurationChanges = {},
): Promise<void> {
  const tokenizer = letterTokenizer();
  const sizes = {
    ...configure(preset, { hidden: 16, embedding: 16, ...changes }),
    sourceVocabulary: tokenizer.size,
    targetVocabulary: tokenizer.size,
  };
  const weights = new Map(
    parametersOf(sizes).map((specification) => {
      const initializer = { kind: "uniform", range: 0.7 } as const;
      const data = initialValues({ ...specification, initializer }, 1);
      return [specification.name, { dtype: "float32", shape: specification.shape, data } as const];
    }),
  );
  const content = { sizes, weights, source: tokenizer, target: tokenizer, summary: null };
  const files = Array.from(
    filesOfModel(content, "float32"),
    ([name, bytes]) => [name, [bytes]] as const,
  );
  await writeFolderAtomically(folder, new Map(files));
}
