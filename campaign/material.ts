/** @file The small model and the small run that the trials use, made once in the campaign's folder. */

import { existsSync } from "node:fs";
import { cp, mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { writeDateSamples } from "../src/samples/dateFiles.ts";
import { dateSamples } from "../src/samples/dates.ts";
import { UserError } from "../src/tensor/errors.ts";
import { lastLine, run } from "./program.ts";

/** The material of the trials. */
export interface Material {
  /** A finished run with its model. */
  readonly run: string;
  /** A model of the same sizes with other tokens, so that mixing the files of both would go unnoticed. */
  readonly other: string;
  /** The options of `train`, without `--out`. */
  readonly options: readonly string[];
  /** Sentences that the two models translate differently. */
  readonly sentences: readonly string[];
  /** The first of them. */
  readonly sentence: string;
}

const settings = [
  "--tokenizer",
  "char",
  "--hidden",
  "24",
  "--embedding",
  "12",
  "--batch",
  "32",
  "--dropout",
  "0.2",
  "--average",
  "0.5",
  "--evaluate-every",
  "20",
  "--steps",
  "80",
  "--threads",
  "1",
];

/**
 * Makes the material that is missing.
 *
 * @throws UserError if a model cannot be trained.
 */
export async function prepareMaterial(folder: string): Promise<Material> {
  const spelled = join(folder, "other-letters");
  await writeDateSamples(folder, { train: 600, dev: 80, seed: 1 });
  await mkdir(spelled, { recursive: true });
  for (const name of ["train.tsv", "dev.tsv"]) {
    await writeFile(join(spelled, name), nextLetters(await readFile(join(folder, name), "utf8")));
  }
  const optionsFor = (data: string): string[] => [
    "--data",
    join(data, "train.tsv"),
    "--dev",
    join(data, "dev.tsv"),
    ...settings,
  ];
  const options = optionsFor(folder);
  await train(join(folder, "run"), options);
  await train(join(folder, "other"), optionsFor(spelled));
  const sentences = dateSamples(30, 3).map(({ source }) => source);
  return {
    run: join(folder, "run"),
    other: join(folder, "other"),
    options,
    sentences,
    sentence: sentences[0] as string,
  };
}

/** Replaces each letter or digit by the next one: an alphabet of the same size with other letters. */
function nextLetters(text: string): string {
  const letters = "abcdefghijklmnopqrstuvwxyz";
  const digits = "0123456789";
  const next = (from: string, letter: string): string =>
    from[(from.indexOf(letter) + 1) % from.length] as string;
  return text.replace(/[a-z]/g, (at) => next(letters, at)).replace(/\d/g, (at) => next(digits, at));
}

async function train(out: string, options: readonly string[]): Promise<void> {
  if (existsSync(join(out, "model.safetensors"))) return;
  const { code, errors } = await run(["train", ...options, "--out", out]);
  if (code !== 0) throw new UserError(`No model could be trained: ${lastLine(errors)}`);
}

/** The files of a model. */
export const modelFiles: readonly string[] = [
  "config.json",
  "model.safetensors",
  "source.tokenizer.json",
  "target.tokenizer.json",
];

/** Copies a run or a model to another folder. */
export async function copyOf(from: string, to: string): Promise<string> {
  await cp(from, to, { recursive: true });
  return to;
}

/** Returns the weights of a model as the bytes of their file. */
export function weightsOf(model: string): Promise<Buffer> {
  return readFile(join(model, "model.safetensors"));
}
