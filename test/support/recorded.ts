/**
 * @file Records the results of seq2see as hashes, to show that a change of the code changes no number. Results come
 * from the command line and the library of any built checkout.
 */

import { mkdtempSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { writeCorpora } from "./recordedCorpus.ts";
import type { Recorded, Results } from "./recordedHash.ts";
import { recordLibrary, writeDates } from "./recordedLibrary.ts";
import { machineKind } from "./recordedMachine.ts";
import { recordRuns } from "./recordedRuns.ts";
import { recordGraphs, recordUses } from "./recordedUses.ts";

/** A complete record. */
export interface RecordFile {
  /** The kind of machine that computed the numbers; see {@link machineKind}. */
  readonly machine: string;
  readonly results: Results;
}

/**
 * Records the results of a built checkout, with one thread per command.
 *
 * @param checkout its folder, with `dist` and `models`.
 * @param isQuick only what a test has time for: half a minute instead of several minutes.
 * @throws Error with the output of a failed command.
 */
export async function record(checkout: string, isQuick: boolean): Promise<RecordFile> {
  const folder = mkdtempSync(join(tmpdir(), "seq2see-record-"));
  const place = { checkout: resolve(checkout), folder, isQuick };
  try {
    symlinkSync(join(place.checkout, "models"), join(folder, "models"));
    writeCorpora(folder);
    await writeDates(place);
    const results: Results = {
      ...(await recordRuns(place)),
      ...(await recordUses(place)),
      ...(await recordLibrary(place)),
      ...(isQuick ? {} : await recordGraphs(place)),
    };
    const names = Object.keys(results).sort();
    return {
      machine: machineKind(),
      results: Object.fromEntries(names.map((name) => [name, results[name] as Recorded])),
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The relative tolerance of tensor sizes between machines that round differently. */
const tolerance = 0.01;

/**
 * Compares the results that two records share.
 *
 * @returns a line for each result that differs or is not in the record. Machines of one kind must agree in every
 * bit; others in layout and size.
 */
export function differences(now: RecordFile, before: RecordFile): string[] {
  const isSameMachine = now.machine === before.machine;
  return Object.entries(now.results).flatMap(([name, found]) => {
    const expected = before.results[name];
    if (!expected) return [`${name}: it is not in the record`];
    if (found.layout !== expected.layout) return [`${name}: other tensors than before`];
    const [size, sizeBefore] = [found.size ?? 0, expected.size ?? 0];
    if (Math.abs(size - sizeBefore) > tolerance * sizeBefore) {
      return [`${name}: numbers of size ${size} instead of ${sizeBefore}`];
    }
    return isSameMachine && found.hash !== expected.hash ? [`${name}: other bits than before`] : [];
  });
}
