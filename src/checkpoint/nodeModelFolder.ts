/** @file A trained model on disk: `config.json`, `model.safetensors` and two tokenizers. */

import { existsSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import type { ModelSizes } from "../models/configuration.ts";
import { checkConfiguration } from "../models/configuration.ts";
import { parametersOf } from "../models/graphs.ts";
import { UserError } from "../tensor/errors.ts";
import type { TensorValue } from "../tensor/value.ts";
import { TextTokenizer } from "../text/tokenizer.ts";
import { readTensors, readWholeFile, writeFileAtomically, writeTensors } from "./nodeFiles.ts";
import { isTensorValue } from "./safetensors.ts";

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
  readonly weights: ReadonlyMap<string, TensorValue>;
  readonly source: TextTokenizer;
  readonly target: TextTokenizer;
  readonly summary: TrainingSummary | null;
}

const count = z.number().int().positive();

const sizesSchema = z.object({
  preset: z.string(),
  cell: z.enum(["lstm", "gru"]),
  embedding: count,
  hidden: count,
  layers: count,
  bidirectional: z.boolean(),
  encoderHidden: count,
  attention: z.enum(["none", "dot", "general", "concat", "additive"]),
  attentionHidden: count,
  attentionPlace: z.enum(["after", "before"]),
  inputFeeding: z.boolean(),
  bridge: z.enum(["copy", "linear", "firstBackward"]),
  maxout: z.number().int().nonnegative(),
  outputBias: z.boolean(),
  tiedEmbeddings: z.boolean(),
  reverseSource: z.boolean(),
  dropout: z.number(),
  initialRange: z.union([z.number(), z.literal("bahdanau")]),
  sourceVocabulary: count,
  targetVocabulary: count,
});

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

const tokenizerFiles = { source: "source.tokenizer.json", target: "target.tokenizer.json" };

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
    return TextTokenizer.fromJson(await readJson(path), path);
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
  const metadata = new Map([["model", JSON.stringify(sizes)]]);
  await writeTensors(join(folder, "model.safetensors"), weights, metadata);
  const config = {
    format: "seq2see",
    version: 1,
    model: sizes,
    tokenizers: tokenizerFiles,
    training: summary,
  };
  await writeFileAtomically(join(folder, "config.json"), text(config));
}

/**
 * Reads a model.
 *
 * @throws UserError naming the file that is missing, damaged or of another model.
 */
export async function readModel(folder: string): Promise<StoredModel> {
  const path = join(folder, "config.json");
  if (!existsSync(folder)) {
    throw new UserError(`--model ${folder}: there is no such folder; train a model into it first.`);
  }
  if (!existsSync(path)) {
    const reason = existsSync(join(folder, "training"))
      ? "its training has not reached its first evaluation; let it go on with seq2see train --resume"
      : "give the folder that seq2see train wrote";
    throw new UserError(`--model ${folder}: there is no config.json; ${reason}.`);
  }
  const config = configSchema.safeParse(await readJson(path));
  if (!config.success) {
    const { path: at, message } = config.error.issues[0] as z.core.$ZodIssue;
    throw new UserError(
      `${path}: ${at.join(".") || "the file"}: ${message}; it is not a config.json of this version of seq2see.`,
    );
  }
  const { model: sizes, training } = config.data;
  checkConfiguration(sizes);
  const { source, target } = await readTokenizers(folder);
  const weightsPath = join(folder, "model.safetensors");
  const { tensors } = await readTensors(weightsPath);
  const weights = new Map<string, TensorValue>();
  for (const { name, shape } of parametersOf(sizes)) {
    const tensor = tensors.get(name);
    if (!tensor || !isTensorValue(tensor) || tensor.shape.join() !== shape.join()) {
      const found = tensor ? `${tensor.dtype} [${tensor.shape.join(", ")}]` : "missing";
      throw new UserError(
        `${weightsPath}: ${name} is ${found} where config.json asks for float32 [${shape.join(", ")}]; the files are of different models.`,
      );
    }
    weights.set(name, tensor);
  }
  for (const [side, tokenizer, size] of [
    ["source", source, sizes.sourceVocabulary],
    ["target", target, sizes.targetVocabulary],
  ] as const) {
    if (tokenizer.size !== size) {
      throw new UserError(
        `${join(folder, tokenizerFiles[side])}: it has ${tokenizer.size} tokens where config.json says ${size}; the files are of different models.`,
      );
    }
  }
  const summary = training as TrainingSummary | null;
  return { sizes, weights, source, target, summary };
}

async function readJson(path: string): Promise<unknown> {
  const bytes = await readWholeFile(path);
  try {
    return JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
  } catch {
    throw new UserError(
      `${path}: it is not JSON in UTF-8; restore the file or train the model again.`,
    );
  }
}
