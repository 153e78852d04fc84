/** @file A trained model on disk: `config.json`, `model.safetensors` and two tokenizers. */

import { existsSync } from "node:fs";
import { join } from "node:path";
import type { ModelSizes } from "../models/configuration.ts";
import { UserError } from "../tensor/errors.ts";
import type { TensorValue } from "../tensor/value.ts";
import { TextTokenizer } from "../text/tokenizer.ts";
import { cardFile, cardOf, type ModelCard } from "./card.ts";
import type { StoredModel, TrainingSummary } from "./modelFolder.ts";
import {
  configJson,
  modelFiles,
  modelOf,
  parseJson,
  tokenizerFiles,
  weightsMetadata,
} from "./modelFolder.ts";
import { readWholeFile, writeFileAtomically, writeTensors } from "./nodeFiles.ts";

const text = (value: unknown): Uint8Array[] => [
  new TextEncoder().encode(`${JSON.stringify(value, null, 2)}\n`),
];

/** Writes the tokenizers of a model that is about to be trained. */
export async function writeTokenizers(
  folder: string,
  source: TextTokenizer,
  target: TextTokenizer,
): Promise<void> {
  await writeFileAtomically(join(folder, tokenizerFiles.source), text(source.toJson()));
  await writeFileAtomically(join(folder, tokenizerFiles.target), text(target.toJson()));
}

/** Reads the tokenizers of a model. Throws UserError if one is missing or damaged. */
export async function readTokenizers(
  folder: string,
): Promise<{ source: TextTokenizer; target: TextTokenizer }> {
  const read = async (file: string): Promise<TextTokenizer> => {
    const path = join(folder, file);
    return TextTokenizer.fromJson(parseJson(await readWholeFile(path), path), path);
  };
  return { source: await read(tokenizerFiles.source), target: await read(tokenizerFiles.target) };
}

/**
 * Writes the weights and what they belong to; the tokenizers are there already. Each file is replaced
 * as a whole, the weights first.
 */
export async function writeModel(
  folder: string,
  sizes: ModelSizes,
  weights: ReadonlyMap<string, TensorValue>,
  summary: TrainingSummary | null,
): Promise<void> {
  await writeTensors(join(folder, modelFiles.weights), weights, weightsMetadata(sizes));
  await writeFileAtomically(join(folder, modelFiles.config), text(configJson(sizes, summary)));
}

/**
 * Reads a model.
 *
 * @throws UserError naming the file that is missing, damaged or of another model.
 */
export async function readModel(folder: string): Promise<StoredModel> {
  const path = join(folder, modelFiles.config);
  if (!existsSync(folder)) {
    throw new UserError(`--model ${folder}: there is no such folder; train a model into it first.`);
  }
  if (!existsSync(path)) {
    const reason = existsSync(join(folder, "training"))
      ? "its training has not reached its first evaluation; let it go on with seq2see train --resume"
      : "give the folder that seq2see train wrote";
    throw new UserError(`--model ${folder}: there is no config.json; ${reason}.`);
  }
  const pathOf = (file: string) => join(folder, file);
  const [config, weights, source, target] = await Promise.all(
    [modelFiles.config, modelFiles.weights, tokenizerFiles.source, tokenizerFiles.target].map(
      (file) => readWholeFile(pathOf(file)),
    ),
  );
  return modelOf({ config, weights, source, target } as Parameters<typeof modelOf>[0], pathOf);
}

/**
 * Reads the card of a model.
 *
 * @returns null if there is none.
 * @throws UserError if it is damaged.
 */
export async function readCard(folder: string): Promise<ModelCard | null> {
  const path = join(folder, cardFile);
  return existsSync(path) ? cardOf(await readWholeFile(path), path) : null;
}
