import { join } from "node:path";
import { experiments } from "./catalog.ts";
import type { Experiment } from "./running/experiment.ts";
import { textIfThere, writeText } from "./running/workFiles.ts";
import type { Circumstances } from "./writing/page.ts";
import { figureFile, resultList, resultPage } from "./writing/page.ts";
import type { Report } from "./writing/report.ts";

/**
 * Writes the page and the figures of an experiment, and the list of all results in the folder.
 *
 * @returns the path of the page.
 */
export async function writeResults(
  folder: string,
  { about }: Experiment,
  report: Report,
  made: Circumstances,
): Promise<string> {
  for (const { name, svg } of report.figures) {
    await writeText(join(folder, figureFile(about.name, name)), svg);
  }
  const path = pagePath(folder, about.name);
  await writeText(path, resultPage(about, report, made));
  await writeText(join(folder, "README.md"), await listText(folder));
  return path;
}

/** The list of all pages in a folder. */
async function listText(folder: string): Promise<string> {
  const results = experiments.map(async ({ about }) => ({
    about,
    page: await textIfThere(pagePath(folder, about.name)),
  }));
  return resultList(await Promise.all(results));
}

const pagePath = (folder: string, name: string): string => join(folder, `${name}.md`);
