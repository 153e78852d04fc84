/** @file The folder of a recipe: its files, and notes of the completed steps. */

import { existsSync } from "node:fs";
import { mkdir, readFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { z } from "zod";
import { writeFileAtomically } from "../src/files/nodeFiles.ts";
import { UserError } from "../src/tensor/errors.ts";

/** Paths in a work folder. */
export const paths = {
  data: (work: string): string => join(work, "data"),
  table: (work: string, set: string): string => join(work, "data", `${set}.tsv`),
  packages: (work: string): string => join(work, "packages"),
  model: (work: string): string => join(work, "model"),
  member: (work: string, number: number): string => join(work, `model-${number}`),
  /** The small copy that is shipped. */
  exported: (work: string): string => join(work, "exported"),
  prepared: (work: string): string => join(work, "prepared.json"),
  trained: (work: string): string => join(work, "trained.json"),
} as const;

/** The note from {@link writePrepared}: the origin of the data, and their summary. */
export interface PreparedNote {
  readonly origin: string;
  readonly summary: string[];
}

const preparedNote = z.object({ origin: z.string(), summary: z.array(z.string()) });
const trainedNote = z.object({ minutes: z.number().nullable() });

/** Reads the note of complete data; null if there is none. */
export function readPrepared(work: string): Promise<PreparedNote | null> {
  return readNote(paths.prepared(work), preparedNote);
}

/** Records that the data are complete. */
export function writePrepared(work: string, note: PreparedNote): Promise<void> {
  return writeText(paths.prepared(work), `${JSON.stringify(note, null, 2)}\n`);
}

/** The note of a finished training; null if it has not finished. */
export function readTrained(work: string): Promise<TrainedNote | null> {
  return readNote(paths.trained(work), trainedNote);
}

/** A finished training: the limit of its minutes, null without one. */
export type TrainedNote = z.output<typeof trainedNote>;

/** Records that a training finished. */
export function writeTrained(work: string, note: TrainedNote): Promise<void> {
  return writeText(paths.trained(work), `${JSON.stringify(note)}\n`);
}

/** Writes a text file atomically; creates its folder if it is missing. */
export async function writeText(path: string, text: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  await writeFileAtomically(path, [new TextEncoder().encode(text)]);
}

async function readNote<T>(path: string, schema: z.ZodType<T>): Promise<T | null> {
  if (!existsSync(path)) return null;
  try {
    return schema.parse(JSON.parse(await readFile(path, "utf8")));
  } catch {
    throw new UserError(`${path} is damaged; remove it to repeat its step.`);
  }
}
