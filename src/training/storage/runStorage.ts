/** @file Where a run keeps its files: what training asks of a folder, of memory, or of whatever else holds them. */

import { mostCorpora } from "../../data/pairOptions.ts";
import type { ByteSink, RandomAccessBytes } from "../../files/randomAccess.ts";
import { modelFiles, tokenizerFiles } from "../../modelFolder/modelFolder.ts";
import { trainingRecords } from "../../modelFolder/trainingRecords.ts";

/**
 * The files of a run, by relative path (`training/metrics.jsonl`). Every write first checks that the run may still
 * write.
 */
export interface RunStorage {
  /** Its name in messages: the run's folder. */
  readonly name: string;
  /** The name of a file in error messages. */
  pathOf(file: string): string;
  has(file: string): boolean;
  /** @throws UserError if the file is missing. */
  read(file: string): Promise<Uint8Array<ArrayBuffer>>;
  /**
   * Opens a file that is too large to be read as a whole.
   *
   * @throws UserError if it is missing.
   */
  open(file: string): RandomAccessBytes;
  /**
   * Writes a file atomically.
   *
   * @param chunks the content in parts, which must not change until the promise settles.
   */
  write(file: string, chunks: Iterable<Uint8Array>): Promise<void>;
  /** Starts a file that is written in pieces. */
  create(file: string): Promise<ByteSink>;
  /** Removes a file, or a folder with its content, if it exists. */
  remove(path: string): Promise<void>;
  /** The names in a folder; none if it is missing. */
  list(folder: string): Promise<string[]>;
  /** Called after each step, to show that the run is alive. */
  touch(): void | Promise<void>;
}

/** The files that only training needs. */
export const runFiles = {
  lock: "training/lock.json",
  options: "training/options.json",
  /** The limits that a resumed run was given in place of those of its options. */
  limits: "training/limits.json",
  ...trainingRecords,
  checkpoint: "training/checkpoint.safetensors",
  train: "training/train.ids",
  dev: "training/dev.ids",
  trainFeatures: "training/train.features",
  devFeatures: "training/dev.features",
  links: "training/train.links",
  devPairs: "training/dev.pairs.jsonl",
  devPairFeatures: "training/dev.pairs.features",
  watchedPairs: "training/watched.pairs.jsonl",
  watchedPairFeatures: "training/watched.pairs.features",
  samplePairs: "training/sample.pairs.jsonl",
  samplePairFeatures: "training/sample.pairs.features",
  /** A folder. */
  checkpoints: "training/checkpoints",
  divergence: "training/divergence.json",
  /** The kept model of a stopped run, while the model's files hold the weights at which it stopped. */
  bestWeights: "training/best.safetensors",
  bestConfig: "training/best.json",
} as const;

/** The records that hold texts of a run's data, the sample of its dev set first. */
export const sampleFiles: readonly string[] = [
  runFiles.samplePairs,
  runFiles.devPairs,
  runFiles.watchedPairs,
  runFiles.watched,
];

/** The ids of each corpus of a run: `training/train.ids`, `training/train.2.ids` and so on. */
export function trainFile(index: number): string {
  return index === 0 ? runFiles.train : runFiles.train.replace(".ids", `.${index + 1}.ids`);
}

const trainFiles = Array.from({ length: mostCorpora }, (_, index) => trainFile(index));

/** Files that a resumed run reads, and that never change. */
export const keptFiles: readonly string[] = [
  ...Object.values(tokenizerFiles),
  runFiles.options,
  ...trainFiles,
  runFiles.dev,
  runFiles.trainFeatures,
  runFiles.devFeatures,
  runFiles.links,
  runFiles.devPairs,
  runFiles.devPairFeatures,
  runFiles.watchedPairs,
  runFiles.watchedPairFeatures,
  runFiles.samplePairs,
  runFiles.samplePairFeatures,
];

/** Files that a run writes or replaces, besides kept checkpoints. */
export const writtenFiles: readonly string[] = [
  ...Object.values(runFiles).filter((file) => file !== runFiles.checkpoints),
  ...trainFiles.slice(1),
  ...Object.values(modelFiles),
  ...Object.values(tokenizerFiles),
];

/** Writes a text as a file. */
export function writeText(storage: RunStorage, file: string, text: string): Promise<void> {
  return storage.write(file, [new TextEncoder().encode(text)]);
}

/** Reads a file as a text. */
export async function readText(storage: RunStorage, file: string): Promise<string> {
  return new TextDecoder().decode(await storage.read(file));
}
