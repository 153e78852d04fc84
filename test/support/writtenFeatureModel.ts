import { writeFolderAtomically } from "../../src/files/nodeFiles.ts";
import { filesOfModel } from "../../src/modelFolder/modelFolder.ts";
import { configure } from "../../src/models/configuration.ts";
import { parametersOf } from "../../src/models/graphs.ts";
import { initialValues } from "../../src/nn/initialize.ts";
import { placeTokenizer, sequencePlaces } from "../../src/text/placeTokenizer.ts";
import { TextTokenizer } from "../../src/text/tokenizer.ts";
import { letterTokenizer } from "./randomModel.ts";

/** The numbers in a row of the features that {@link writeFeatureModel}'s model reads. */
export const featureRow = 4;

/** Writes the folder of a model with random weights that reads up to six rows of features and writes letters. */
export async function writeFeatureModel(folder: string): Promise<void> {
  const source = TextTokenizer.fromJson(placeTokenizer(sequencePlaces(6)), "places");
  const target = letterTokenizer();
  const sizes = {
    ...configure("xu2015", { hidden: 16, embedding: 16, sourceFeatures: featureRow }),
    sourceVocabulary: source.size,
    targetVocabulary: target.size,
  };
  const weights = new Map(
    parametersOf(sizes).map((specification) => {
      const data = initialValues(
        { ...specification, initializer: { kind: "uniform", range: 1 } },
        1,
      );
      return [specification.name, { dtype: "float32", shape: specification.shape, data } as const];
    }),
  );
  const files = filesOfModel({ sizes, weights, source, target, summary: null }, "float32");
  await writeFolderAtomically(
    folder,
    new Map(Array.from(files, ([name, bytes]) => [name, [bytes]])),
  );
}
