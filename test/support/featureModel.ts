import { InferenceModel } from "../../src/decoding/inferenceModel.ts";
import { gridOf } from "../../src/features/patches.ts";
import { LoadedModel } from "../../src/library/loadedModel.ts";
import type { StoredModel } from "../../src/modelFolder/modelFolder.ts";
import type { ConfigurationChanges, ModelSizes } from "../../src/models/configuration.ts";
import { configure } from "../../src/models/configuration.ts";
import { parametersOf } from "../../src/models/graphs.ts";
import { initialValues } from "../../src/nn/initialize.ts";
import { nodeRuntime } from "../../src/runtime/node.ts";
import type { TensorValue } from "../../src/tensor/value.ts";
import { gridPlaces, placeTokenizer, sequencePlaces } from "../../src/text/placeTokenizer.ts";
import { TextTokenizer } from "../../src/text/tokenizer.ts";
import { letterTokenizer } from "./randomModel.ts";

/** A model with random weights that reads rows of 5 features, 40 rows unless it reads pictures. */
export class FeatureModel extends LoadedModel {
  static async create(
    preset: string,
    changes: ConfigurationChanges = {},
    seed = 1,
  ): Promise<FeatureModel> {
    const features = { sourceInput: "features", sourceFeatures: 5 } as const;
    const configuration = configure(preset, { hidden: 8, embedding: 6, ...features, ...changes });
    const grid = gridOf(configuration);
    const places = grid ? gridPlaces(grid.rows, grid.columns) : sequencePlaces(40);
    const source = TextTokenizer.fromJson(placeTokenizer(places), "places");
    const target = letterTokenizer();
    const sizes: ModelSizes = {
      ...configuration,
      sourceVocabulary: source.size,
      targetVocabulary: target.size,
    };
    const weights = new Map<string, TensorValue>();
    for (const specification of parametersOf(sizes)) {
      const initializer = { kind: "uniform", range: 1 } as const;
      const data = initialValues({ ...specification, initializer }, seed);
      weights.set(specification.name, { dtype: "float32", shape: specification.shape, data });
    }
    const stored: StoredModel = {
      sizes,
      weights,
      weightFormat: "float32",
      hasChecksums: true,
      summary: null,
      source,
      target,
    };
    const model = await InferenceModel.create(nodeRuntime({ threads: 1 }), sizes, weights);
    return new FeatureModel(stored, model);
  }
}
