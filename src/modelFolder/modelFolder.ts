/** @file The files of a trained model: their content and their checks. Isomorphic. */

import { z } from "zod";
import { checksumOf } from "../files/checksum.ts";
import { parseJson } from "../files/json.ts";
import type { StoredTensors } from "../files/safetensors.ts";
import { decodeSafetensors, encodeSafetensors } from "../files/safetensors.ts";
import { readBySchema } from "../files/schema.ts";
import type { ModelSizes } from "../models/configuration.ts";
import { checkConfiguration } from "../models/configuration.ts";
import { parametersOf } from "../models/graphs.ts";
import { sizesSchema, withEarlierDefaults } from "../models/options.ts";
import { counted } from "../tensor/counted.ts";
import { UserError } from "../tensor/errors.ts";
import type { TensorValue } from "../tensor/value.ts";
import { TextTokenizer } from "../text/tokenizer.ts";
import type { WeightFormat } from "./weightFormat.ts";
import { decodeWeight, encodeWeights, weightFormatOf } from "./weightFormat.ts";

/** The summary of a training that is stored in the model. */
export interface TrainingSummary {
  readonly steps: number;
  readonly epochs: number;
  readonly seconds: number;
  readonly devPerplexity?: number;
  readonly devBleu?: number;
  /** The number of dev pairs, if they were held out of the corpus. */
  readonly heldOutPairs?: number;
}

/** A model, ready for writing. */
export interface ModelContent {
  readonly sizes: ModelSizes;
  /** float32. */
  readonly weights: ReadonlyMap<string, TensorValue>;
  readonly source: TextTokenizer;
  readonly target: TextTokenizer;
  readonly summary: TrainingSummary | null;
}

/** A model as stored in its folder; its weights are float32, whatever the file's format. */
export interface StoredModel extends ModelContent {
  /** The number format of the weights file. */
  readonly weightFormat: WeightFormat;
  /**
   * Whether checksums show that the files were written together. Files of an earlier
   * version, or of another program, have none.
   */
  readonly hasChecksums: boolean;
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
      heldOutPairs: z.number().optional(),
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

/** Returns the content of `config.json` for a model. */
export function configJson(sizes: ModelSizes, summary: TrainingSummary | null): unknown {
  return {
    format: "seq2see",
    version: 1,
    model: sizes,
    tokenizers: tokenizerFiles,
    training: summary,
  };
}

/** How to read a model. */
export interface ReadOptions {
  /** Called with a sentence about anything unusual in a model that opens all the same. */
  readonly onNotice?: (sentence: string) => void;
  /**
   * Whether an incomplete folder that changed a moment ago is read again before it is rejected. Default:
   * true.
   */
  readonly isAwaited?: boolean;
}

/** Reports that nothing shows whether a model's files are unchanged. */
export function tellMissingChecksums(
  { hasChecksums }: StoredModel,
  folder: string,
  { onNotice }: ReadOptions,
): void {
  if (hasChecksums) return;
  onNotice?.(
    `${folder} has no checksums, so that damage cannot be detected; an export of it with float32 weights has them.`,
  );
}

/** The files of a model as bytes. */
export interface ModelBytes {
  readonly config: Uint8Array;
  readonly weights: Uint8Array<ArrayBuffer>;
  readonly source: Uint8Array;
  readonly target: Uint8Array;
}

/**
 * Makes a model from the bytes of its files.
 *
 * @param pathOf returns a file's name for errors.
 * @throws UserError naming the file that is damaged or belongs to another model.
 */
export function modelOf(files: ModelBytes, pathOf: (file: string) => string): StoredModel {
  const path = pathOf(modelFiles.config);
  const config = parseJson(files.config, path);
  const remedy = "it is not a config.json of this version of seq2see";
  const { model: sizes, training } = readBySchema(configSchema, config, { name: path, remedy });
  try {
    checkConfiguration(sizes);
  } catch (error) {
    throw error instanceof UserError ? new UserError(`${path}: ${error.message}`) : error;
  }
  const weightsPath = pathOf(modelFiles.weights);
  const stored = decodeSafetensors(files.weights, weightsPath);
  checkSameModel(stored, sizes, path, weightsPath);
  const json = {
    source: parseJson(files.source, pathOf(tokenizerFiles.source)),
    target: parseJson(files.target, pathOf(tokenizerFiles.target)),
  };
  const hasTokenizers = checkSameTokenizers(stored, json, pathOf);
  const tokenizer = (side: Side, size: number): TextTokenizer => {
    const file = pathOf(tokenizerFiles[side]);
    const found = TextTokenizer.fromJson(json[side], file);
    if (found.size === size) return found;
    throw new UserError(
      `${file}: it has ${counted(found.size, "token")}, but config.json says ${size}; the files belong to different models.`,
    );
  };
  return {
    sizes,
    source: tokenizer("source", sizes.sourceVocabulary),
    target: tokenizer("target", sizes.targetVocabulary),
    weights: weightsOf(stored, sizes, weightsPath),
    weightFormat: weightFormatOf(stored.tensors),
    summary: training as TrainingSummary | null,
    hasChecksums: stored.hasChecksum && hasTokenizers,
  };
}

/**
 * Makes a model from files in memory.
 *
 * @param files  by their names in the model's folder; others are ignored.
 * @param remedy what to do where one is missing, as a clause.
 * @throws UserError naming the file that is missing, damaged or of another model.
 */
export function modelInFiles(
  files: ReadonlyMap<string, Uint8Array<ArrayBuffer>>,
  remedy: string,
): StoredModel {
  const bytesOf = (file: string): Uint8Array<ArrayBuffer> => {
    const bytes = files.get(file);
    if (bytes) return bytes.slice();
    throw new UserError(`${file}: it is not among the files of the model; ${remedy}.`);
  };
  return modelOf(
    {
      config: bytesOf(modelFiles.config),
      weights: bytesOf(modelFiles.weights),
      source: bytesOf(tokenizerFiles.source),
      target: bytesOf(tokenizerFiles.target),
    },
    (file) => file,
  );
}

type Side = keyof typeof tokenizerFiles;
const sides: readonly Side[] = ["source", "target"];

/** The key of a tokenizer's checksum in the header of the weights file. */
const checksumName = (side: Side): string => `${tokenizerFiles[side]}.xxh32`;

/** The checksum of a tokenizer's JSON; white space does not matter. */
function tokenizerChecksum(json: unknown): string {
  return checksumOf(new TextEncoder().encode(JSON.stringify(json)));
}

/**
 * The metadata in the header of the weights file, which ties the files together: the configuration of the
 * model, and checksums of its tokenizers. The file has a checksum of its own.
 */
export function weightsMetadata({ sizes, source, target }: ModelContent): Map<string, string> {
  return new Map([
    ["model", JSON.stringify(sizes)],
    [checksumName("source"), tokenizerChecksum(source.toJson())],
    [checksumName("target"), tokenizerChecksum(target.toJson())],
  ]);
}

/**
 * Returns a model as the bytes of its files, small ones for the web: the weights in the given format, the
 * tokenizers without white space.
 *
 * @throws UserError naming the weight that does not fit the format.
 */
export function modelBytes(
  model: ModelContent,
  format: WeightFormat,
): Readonly<Record<keyof ModelBytes, Uint8Array<ArrayBuffer>>> {
  const { sizes, weights, source, target, summary } = model;
  const text = (value: unknown, indent?: number): Uint8Array<ArrayBuffer> =>
    new TextEncoder().encode(`${JSON.stringify(value, null, indent)}\n`);
  return {
    config: text(configJson(sizes, summary), 2),
    weights: encodeSafetensors(encodeWeights(weights, format), weightsMetadata(model)),
    source: text(source.toJson()),
    target: text(target.toJson()),
  };
}

/** The files of {@link modelBytes} by their names in the model's folder. */
export function filesOfModel(
  model: ModelContent,
  format: WeightFormat,
): Map<string, Uint8Array<ArrayBuffer>> {
  const { config, weights, source, target } = modelBytes(model, format);
  return new Map([
    [modelFiles.config, config],
    [modelFiles.weights, weights],
    [tokenizerFiles.source, source],
    [tokenizerFiles.target, target],
  ]);
}

/** Many edits of a configuration keep all shapes; the weights file states its own configuration. */
function checkSameModel(
  { metadata }: StoredTensors,
  sizes: ModelSizes,
  path: string,
  weightsPath: string,
): void {
  const written = metadata.get("model");
  if (written === undefined) return;
  const json = parseJson(new TextEncoder().encode(written), weightsPath);
  if (typeof json !== "object" || json === null || Array.isArray(json)) {
    throw new UserError(
      `${weightsPath} is damaged: its header does not describe its model; copy or train it again.`,
    );
  }
  const trained = withEarlierDefaults(json) as Partial<ModelSizes>;
  for (const [key, value] of Object.entries(sizes)) {
    const other = trained[key as keyof ModelSizes];
    if (other !== value) {
      throw new UserError(
        `${path}: ${key} is ${value}, but ${weightsPath} was trained with ${other}; restore the file, because the two belong to different models.`,
      );
    }
  }
}

/**
 * Checks that the tokenizers are those that the weights were trained with.
 *
 * @returns false if the weights have no checksums.
 * @throws UserError naming the file that does not belong to the others.
 */
function checkSameTokenizers(
  { metadata }: StoredTensors,
  json: Readonly<Record<Side, unknown>>,
  pathOf: (file: string) => string,
): boolean {
  const known = sides.filter((side) => metadata.has(checksumName(side)));
  const others = known.filter(
    (side) => metadata.get(checksumName(side)) !== tokenizerChecksum(json[side]),
  );
  const weights = pathOf(modelFiles.weights);
  const [other] = others;
  if (other !== undefined) {
    const [source, target] = [pathOf(tokenizerFiles.source), pathOf(tokenizerFiles.target)];
    const fault =
      others.length === sides.length
        ? `${weights} belongs to another model than ${source} and ${target}`
        : `${pathOf(tokenizerFiles[other])} belongs to another model than ${weights}, or was changed`;
    throw new UserError(`${fault}; copy the whole folder again.`);
  }
  return known.length === sides.length;
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
