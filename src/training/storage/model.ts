/** @file The model that a run makes: its tokenizers before the first step, its weights after evaluations. */

import { parseJson } from "../../files/json.ts";
import { encodeSafetensorsChunks } from "../../files/safetensors.ts";
import type { ModelBytes, ModelContent, StoredModel } from "../../modelFolder/modelFolder.ts";
import {
  configJson,
  modelFiles,
  modelOf,
  tokenizerFiles,
  weightsMetadata,
} from "../../modelFolder/modelFolder.ts";
import { TextTokenizer } from "../../text/tokenizer.ts";
import type { RunStorage } from "./runStorage.ts";
import { writeText } from "./runStorage.ts";

/** The vocabularies of a model. */
export interface Tokenizers {
  readonly source: TextTokenizer;
  readonly target: TextTokenizer;
}

const json = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`;

/**
 * Writes the tokenizers of a model before training.
 *
 * @param folder of the model in the run, with a "/" at its end.
 */
export async function writeTokenizers(
  storage: RunStorage,
  { source, target }: Tokenizers,
  folder = "",
): Promise<void> {
  await writeText(storage, `${folder}${tokenizerFiles.source}`, json(source.toJson()));
  await writeText(storage, `${folder}${tokenizerFiles.target}`, json(target.toJson()));
}

/** Reads the tokenizers of a model. Throws a UserError if one is missing or damaged. */
export async function readTokenizers(storage: RunStorage): Promise<Tokenizers> {
  const read = async (file: string): Promise<TextTokenizer> => {
    const path = storage.pathOf(file);
    return TextTokenizer.fromJson(parseJson(await storage.read(file), path), path);
  };
  return { source: await read(tokenizerFiles.source), target: await read(tokenizerFiles.target) };
}

/**
 * Writes the weights and configuration; the tokenizers must exist already. Each file is replaced atomically,
 * weights first, and records the files it belongs to, so that readers never combine files of two models.
 *
 * @param folder of the model in the run, with a "/" at its end.
 */
export async function writeModel(
  storage: RunStorage,
  model: ModelContent,
  folder = "",
): Promise<void> {
  const weights = encodeSafetensorsChunks(model.weights, weightsMetadata(model));
  await storage.write(`${folder}${modelFiles.weights}`, weights);
  const config = configJson(model.sizes, model.summary);
  await writeText(storage, `${folder}${modelFiles.config}`, json(config));
}

/**
 * Reads the model.
 *
 * @param placeOf the name of a file of the model in the run, if it is another.
 * @throws UserError naming the file that is missing, damaged or of another model.
 */
export async function readModel(
  storage: RunStorage,
  placeOf: (file: string) => string = (file) => file,
): Promise<StoredModel> {
  const [config, weights, source, target] = await Promise.all(
    [modelFiles.config, modelFiles.weights, tokenizerFiles.source, tokenizerFiles.target].map(
      (file) => storage.read(placeOf(file)),
    ),
  );
  const files = { config, weights, source, target } as ModelBytes;
  return modelOf(files, (file) => storage.pathOf(placeOf(file)));
}
