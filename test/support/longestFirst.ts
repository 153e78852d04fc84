/** @file The order of test files: at the end no process should wait for one that has just begun a long one. */

import type { TestSpecification } from "vitest/node";
import { BaseSequencer } from "vitest/node";

/** Files that take longer than their size suggests, which is all that Vitest knows the first time. */
const long = [
  "cluster.slow",
  "papers.slow",
  "experiments.slow",
  "runFolder.slow",
  "browser.slow",
  "labEngine.slow",
  "sceneAlone.browser",
  "stopping",
];

function isLong({ moduleId }: TestSpecification): boolean {
  return long.some((name) => moduleId.endsWith(`/${name}.test.ts`));
}

/** Starts with the files that take longest. */
export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    return [...sorted.filter(isLong), ...sorted.filter((file) => !isLong(file))];
  }
}
