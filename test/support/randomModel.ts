/** @file Small models with random weights, large enough for outputs to differ between sources. */

import { InferenceModel } from "../../src/decoding/inferenceModel.ts";
import { LoadedModel } from "../../src/library/loadedModel.ts";
import type { StoredModel } from "../../src/modelFolder/modelFolder.ts";
import type { ConfigurationChanges, ModelSizes } from "../../src/models/configuration.ts";
import { configure } from "../../src/models/configuration.ts";
import { parametersOf } from "../../src/models/graphs.ts";
import { initialValues } from "../../src/nn/initialize.ts";
import { nodeRuntime } from "../../src/runtime/node.ts";
import type { TensorValue } from "../../src/tensor/value.ts";
import { TextTokenizer } from "../../src/text/tokenizer.ts";
import { learnTokenizer } from "../../src/text/tokenizerOption.ts";
import { countWords } from "../../src/text/wordCounts.ts";

/** A tokenizer whose words are the letters a to z: 30 tokens with the special tokens. */
export function letterTokenizer(): TextTokenizer {
  const counts = new Map<string, number>();
  const letters = Array.from({ length: 26 }, (_, at) => String.fromCharCode(97 + at)).join(" ");
  for (let time = 0; time < 3; time++) countWords(counts, letters);
  return TextTokenizer.fromJson(learnTokenizer(counts, { kind: "word", size: 30 }), "letters");
}

/** A model of a changed preset with {@link letterTokenizer}; `seed` determines its weights. */
export class RandomModel extends LoadedModel {
  static async create(
    preset: string,
    changes: ConfigurationChanges = {},
    seed = 1,
  ): Promise<RandomModel> {
    const tokenizer = letterTokenizer();
    const sizes: ModelSizes = {
      ...configure(preset, { hidden: 8, embedding: 6, ...changes }),
      sourceVocabulary: tokenizer.size,
      targetVocabulary: tokenizer.size,
    };
    const weights = new Map<string, TensorValue>();
    for (const specification of parametersOf(sizes)) {
      const initializer = { kind: "uniform", range: 1 } as const;
      const data = initialValues({ ...specification, initializer }, seed);
      weights.set(specification.name, { dtype: "float32", shape: specification.shape, data });
    }
    const model = await InferenceModel.create(nodeRuntime({ threads: 1 }), sizes, weights);
    const stored: StoredModel = {
      sizes,
      weights,
      weightFormat: "float32",
      hasChecksums: true,
      summary: null,
      source: tokenizer,
      target: tokenizer,
    };
    return new RandomModel(stored, model);
  }

  /** Runs the graphs. */
  readonly inference: InferenceModel;

  private constructor(stored: StoredModel, model: InferenceModel) {
    super(stored, model);
    this.inference = model;
  }
}

/** Makes a random model for a test, and frees it afterwards. */
export async function withModel<Result>(
  preset: string,
  changes: ConfigurationChanges,
  use: (model: RandomModel) => Promise<Result>,
): Promise<Result> {
  const model = await RandomModel.create(preset, changes);
  try {
    return await use(model);
  } finally {
    await model.release();
  }
}
