/** @file The results table of a campaign, in docs/reliability.md. */

import { readFile } from "node:fs/promises";
import { markdownTable } from "../experiments/writing/markdown.ts";
import { writeFileAtomically } from "../src/files/nodeFiles.ts";
import { UserError } from "../src/tensor/errors.ts";
import type { Tally, Trial } from "./trial.ts";

/** A trial with its counts and its duration. */
export interface Result {
  readonly trial: Trial;
  readonly tally: Tally;
  readonly minutes: number;
}

const begin = "<!-- campaign -->";
const end = "<!-- end of campaign -->";

/** Formats the results as a Markdown table; `caption` says how they were obtained. */
export function campaignTable(results: readonly Result[], caption: string): string {
  return markdownTable({
    caption,
    head: ["trial", "fault", "attempts", "failures", "other outcomes", "minutes"],
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
 * Replaces the table in a page.
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
