/** @file A trained model as files: what they hold and how they are checked. Isomorphic. */

import { z } from "zod";
import type { ModelSizes } from "../models/configuration.ts";
import { checkConfiguration } from "../models/configuration.ts";
import { parametersOf } from "../models/graphs.ts";
import { sizesSchema, withEarlierDefaults } from "../models/sizesSchema.ts";
import { UserError } from "../tensor/errors.ts";
import type { TensorValue } from "../tensor/value.ts";
import { TextTokenizer } from "../text/tokenizer.ts";
import type { StoredTensors } from "./safetensors.ts";
import { decodeSafetensors, encodeSafetensors } from "./safetensors.ts";
import type { WeightFormat } from "./weightFormat.ts";
import { decodeWeight, encodeWeights, weightFormatOf } from "./weightFormat.ts";

/** What is written of a training into the model that it made. */
export interface TrainingSummary {
  readonly steps: number;
  readonly epochs: number;
  readonly seconds: number;
  readonly devPerplexity?: number;
  readonly devBleu?: number;
}

/** A model as it lies in its folder. */
export interface StoredModel {
  readonly sizes: ModelSizes;
  /** float32, whatever the file holds. */
  readonly weights: ReadonlyMap<string, TensorValue>;
  /** What the file holds. */
  readonly weightFormat: WeightFormat;
  readonly source: TextTokenizer;
  readonly target: TextTokenizer;
  readonly summary: TrainingSummary | null;
}

const configSchema = z.object({
  format: z.literal("seq2see"),
  version: z.literal(1),
  model: sizesSchema,
  tokenizers: z.object({ source: z.string(), target: z.string() }),
  training: z
    .object({
      steps: z.number(),
      epochs: z.number(),
      seconds: z.number(),
      devPerplexity: z.number().optional(),
      devBleu: z.number().optional(),
    })
    .nullable(),
});

/** The files of a model's folder. */
export const modelFiles = { config: "config.json", weights: "model.safetensors" } as const;

/** The names of the tokenizers' files. */
export const tokenizerFiles: { readonly source: string; readonly target: string } = {
  source: "source.tokenizer.json",
  target: "target.tokenizer.json",
};

/** Yields what `config.json` says of a model. */
export function configJson(sizes: ModelSizes, summary: TrainingSummary | null): unknown {
  return {
    format: "seq2see",
    version: 1,
    model: sizes,
    tokenizers: tokenizerFiles,
    training: summary,
  };
}

/**
 * Parses a file that has to be JSON.
 *
 * @throws UserError naming the file if it is not.
 */
export function parseJson(bytes: Uint8Array, path: string): unknown {
  try {
    return JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
  } catch {
    throw new UserError(
      `${path}: it is not JSON in UTF-8; restore the file or train the model again.`,
    );
  }
}

/** The files of a model, as bytes. */
export interface ModelBytes {
  readonly config: Uint8Array;
  readonly weights: Uint8Array<ArrayBuffer>;
  readonly source: Uint8Array;
  readonly target: Uint8Array;
}

/**
 * Makes a model of the bytes of its files.
 *
 * @param pathOf what to call a file in errors.
 * @throws UserError naming the file that is damaged or of another model.
 */
export function modelOf(files: ModelBytes, pathOf: (file: string) => string): StoredModel {
  const path = pathOf(modelFiles.config);
  const config = configSchema.safeParse(parseJson(files.config, path));
  if (!config.success) {
    const { path: at, message } = config.error.issues[0] as z.core.$ZodIssue;
    throw new UserError(
      `${path}: ${at.join(".") || "the file"}: ${message}; it is not a config.json of this version of seq2see.`,
    );
  }
  const { model: sizes, training } = config.data;
  try {
    checkConfiguration(sizes);
  } catch (error) {
    throw error instanceof UserError ? new UserError(`${path}: ${error.message}`) : error;
  }
  const tokenizer = (side: "source" | "target", size: number): TextTokenizer => {
    const file = pathOf(tokenizerFiles[side]);
    const found = TextTokenizer.fromJson(parseJson(files[side], file), file);
    if (found.size === size) return found;
    throw new UserError(
      `${file}: it has ${found.size} tokens where config.json says ${size}; the files are of different models.`,
    );
  };
  const source = tokenizer("source", sizes.sourceVocabulary);
  const target = tokenizer("target", sizes.targetVocabulary);
  const weightsPath = pathOf(modelFiles.weights);
  const stored = decodeSafetensors(files.weights, weightsPath);
  checkSameModel(stored, sizes, path, weightsPath);
  const weights = weightsOf(stored, sizes, weightsPath);
  const weightFormat = weightFormatOf(stored.tensors);
  const summary = training as TrainingSummary | null;
  return { sizes, weights, weightFormat, source, target, summary };
}

/** What the header of the weights' file says besides the weights: the model that they are of. */
export function weightsMetadata(sizes: ModelSizes): Map<string, string> {
  return new Map([["model", JSON.stringify(sizes)]]);
}

/**
 * Yields a model as the bytes of its files, small ones for the web: the weights in a format, the
 * tokenizers without white space.
 *
 * @throws UserError naming the weight that the format cannot hold.
 */
export function modelBytes(
  { sizes, weights, source, target, summary }: StoredModel,
  format: WeightFormat,
): ModelBytes {
  const text = (value: unknown, indent?: number): Uint8Array =>
    new TextEncoder().encode(`${JSON.stringify(value, null, indent)}\n`);
  return {
    config: text(configJson(sizes, summary), 2),
    weights: encodeSafetensors(encodeWeights(weights, format), weightsMetadata(sizes)),
    source: text(source.toJson()),
    target: text(target.toJson()),
  };
}

/** Many edits of a configuration leave all shapes as they are; the weights say what they belong to. */
function checkSameModel(
  { metadata }: StoredTensors,
  sizes: ModelSizes,
  path: string,
  weightsPath: string,
): void {
  const written = metadata.get("model");
  if (written === undefined) return;
  const json = parseJson(new TextEncoder().encode(written), weightsPath);
  const trained = withEarlierDefaults(json) as Partial<ModelSizes>;
  for (const [key, value] of Object.entries(sizes)) {
    const other = trained[key as keyof ModelSizes];
    if (other !== value) {
      throw new UserError(
        `${path}: ${key} is ${value} where ${weightsPath} was trained with ${other}; restore the file, the two are of different models.`,
      );
    }
  }
}

function weightsOf(
  { tensors }: StoredTensors,
  sizes: ModelSizes,
  path: string,
): Map<string, TensorValue> {
  const weights = new Map<string, TensorValue>();
  for (const { name, shape } of parametersOf(sizes)) {
    weights.set(name, decodeWeight(tensors, name, shape, path));
  }
  return weights;
}
