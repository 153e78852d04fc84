/** @file The table of a campaign, in docs/reliability.md. */

import { readFile } from "node:fs/promises";
import { markdownTable } from "../experiments/writing/markdown.ts";
import { writeFileAtomically } from "../src/files/nodeFiles.ts";
import { UserError } from "../src/tensor/errors.ts";
import type { Tally, Trial } from "./trial.ts";

/** A trial with what it counted, and how long it took. */
export interface Result {
  readonly trial: Trial;
  readonly tally: Tally;
  readonly minutes: number;
}

const begin = "<!-- campaign -->";
const end = "<!-- end of campaign -->";

/** Writes the table of results as Markdown; `caption` says how they were made. */
export function campaignTable(results: readonly Result[], caption: string): string {
  return markdownTable({
    caption,
    head: ["trial", "what is done", "attempts", "failures", "what came of the others", "minutes"],
    rows: results.map(({ trial, tally, minutes }) => [
      trial.name,
      trial.about,
      tally.attempts.toLocaleString("en"),
      String(tally.failures.length),
      tally.summary(),
      minutes.toFixed(1),
    ]),
  });
}

/**
 * Puts a table in the place of the one in a page.
 *
 * @throws UserError if the page has no place for it.
 */
export async function writeTable(page: string, table: string): Promise<void> {
  const text = await readFile(page, "utf8");
  const from = text.indexOf(begin);
  const to = text.indexOf(end);
  if (from < 0 || to < from) {
    throw new UserError(`${page}: the lines "${begin}" and "${end}" are missing; restore them.`);
  }
  const written = `${text.slice(0, from + begin.length)}\n\n${table}\n\n${text.slice(to)}`;
  await writeFileAtomically(page, [new TextEncoder().encode(written)]);
}
