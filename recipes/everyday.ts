/** @file Everyday sentences beside a model that is shipped, with its translations as they come, good and bad. */

import { existsSync } from "node:fs";
import { join } from "node:path";
import { readPairs } from "../src/data/node/readPairs.ts";
import { UserError } from "../src/tensor/errors.ts";
import type { CommandRunner } from "./recipe.ts";
import { writeText } from "./workFolder.ts";

/** The table in a model's folder: source, reference, translation. */
export const everydayFile = "everyday.tsv";

/** The beam of the translations. */
const beam = 5;

/** The sentences that were written for a model of this name, with a fair reference each. */
export function everydaySentences(name: string): string {
  return join("recipes", "everyday", `${name}.tsv`);
}

/** What to translate, and with which model. */
export interface EverydayOptions {
  /** The model's folder, which gets the table. */
  readonly model: string;
  /** A table with the columns `source` and `reference`. */
  readonly sentences: string;
  /** Where to write the sources for the command that translates them. */
  readonly input: string;
}

/**
 * Translates the sentences and writes the table into the model's folder.
 *
 * @returns the exit status of the translation.
 * @throws UserError if the sentences are not there.
 */
export async function writeEveryday(
  { model, sentences, input }: EverydayOptions,
  runner: CommandRunner,
): Promise<number> {
  if (!existsSync(sentences)) {
    throw new UserError(
      `${sentences} is missing; give a table with the columns source and reference as --sentences.`,
    );
  }
  const rows: (readonly [source: string, reference: string])[] = [];
  const columns: [string, string] = ["source", "reference"];
  for await (const pair of readPairs({ kind: "table", path: sentences, columns })) {
    rows.push([pair.source, pair.target]);
  }
  await writeText(input, rows.map(([source]) => `${source}\n`).join(""));
  const command = ["translate", "--model", model, "--input", input, "--beam", String(beam)];
  const { status, output } = await runner.capture(command);
  if (status !== 0) return status;
  const translations = output.replace(/\n$/, "").split("\n");
  if (translations.length !== rows.length) {
    throw new UserError(
      `${sentences}: ${translations.length} translations came of ${rows.length} sentences; write each into one line.`,
    );
  }
  const table = [
    [...columns, "translation"],
    ...rows.map((row, index) => [...row, translations[index] as string]),
  ];
  await writeText(join(model, everydayFile), table.map((row) => `${row.join("\t")}\n`).join(""));
  return 0;
}
