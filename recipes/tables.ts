import { createHash } from "node:crypto";
import { UserError } from "../src/tensor/errors.ts";
import { paths, writeText } from "./workFolder.ts";

/** A source and its target. */
export type Row = readonly [source: string, target: string];

/** The parts of a data set: for training, for choosing the best weights, for evaluation. */
export type SetName = "train" | "dev" | "test";

/** Rows of each part. */
export type Split<T> = Readonly<Record<SetName, readonly T[]>>;

/**
 * A uniform, deterministic number in [0, 1) for a key: a split by it needs no list, and a row stays
 * in its part when others come or go.
 */
export function hashShare(key: string): number {
  return createHash("sha256").update(key).digest().readUInt32BE(0) / 2 ** 32;
}

/** The part of a key, for given shares of dev and test. */
export function setOf(key: string, { dev, test }: { dev: number; test: number }): SetName {
  const share = hashShare(key);
  if (share < dev) return "dev";
  return share < dev + test ? "test" : "train";
}

/** Splits items by key, so that items with the same key stay together. */
export function splitBy<T>(
  items: Iterable<T>,
  keyOf: (item: T) => string,
  shares: { readonly dev: number; readonly test: number },
): Split<T> {
  const split = { train: [] as T[], dev: [] as T[], test: [] as T[] };
  for (const item of items) split[setOf(keyOf(item), shares)].push(item);
  return split;
}

/** Writes a part into the work folder: one row per line, separated by a tab. */
export async function writeTable(work: string, set: string, rows: readonly Row[]): Promise<void> {
  if (rows.length === 0) {
    throw new UserError(`The data contain no rows for ${set}; check that they are complete.`);
  }
  const lines = rows.map((row) => `${row.map(oneCell).join("\t")}\n`);
  await writeText(paths.table(work, set), lines.join(""));
}

/** Writes the parts into the work folder. */
export async function writeSplit(work: string, split: Split<Row>): Promise<void> {
  for (const [set, rows] of Object.entries(split)) await writeTable(work, set, rows);
}

/** Makes a text a cell, without tabs or line ends. */
function oneCell(text: string): string {
  return text.replace(/\s+/g, " ").trim();
}

/** Formats a number for people: 12,345. */
export function count(value: number): string {
  return value.toLocaleString("en");
}

/** Formats a share for people: 12.3 %. */
export function percent(share: number): string {
  return `${(100 * share).toFixed(1)} %`;
}
