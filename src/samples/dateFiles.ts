import { mkdir, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { type DateSample, dateSamples } from "./dates.ts";

/** How many samples to write, and of which seed. */
export interface DateSampleOptions {
  readonly train: number;
  readonly dev: number;
  readonly seed: number;
}

/**
 * Writes `train.tsv` and `dev.tsv` into a folder, which is made if it is missing: one pair a line,
 * the words, a tab and the ISO 8601 date. No day is in both. Each file is wholly there or not at all.
 *
 * @throws UserError if there are fewer days than samples asked for.
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
