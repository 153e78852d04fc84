import { mkdir, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { type DateSample, dateSamples } from "./dates.ts";

/** The number of samples to write, and their seed. */
export interface DateSampleOptions {
  readonly train: number;
  readonly dev: number;
  readonly seed: number;
}

/**
 * Writes `train.tsv` and `dev.tsv` into a folder, which is created if missing. Each line holds a pair: the date
 * in words, a tab and the ISO 8601 date. No day is in both files. Each file is written completely or not at all.
 *
 * @throws UserError if there are not enough days for the samples.
 */
export async function writeDateSamples(folder: string, options: DateSampleOptions): Promise<void> {
  const samples = dateSamples(options.train + options.dev, options.seed);
  await mkdir(folder, { recursive: true });
  await writeWhole(join(folder, "train.tsv"), samples.slice(0, options.train));
  await writeWhole(join(folder, "dev.tsv"), samples.slice(options.train));
}

async function writeWhole(path: string, samples: readonly DateSample[]): Promise<void> {
  const temporary = `${path}.tmp-${process.pid}`;
  const lines = samples.map(({ source, target }) => `${source}\t${target}\n`);
  try {
    await writeFile(temporary, lines.join(""));
    await rename(temporary, path);
  } finally {
    await rm(temporary, { force: true });
  }
}
