/**
 * @file What seq2see computes, as hashes, so that a change of its code can show that no number changed. All is
 * asked through the command line and the library, of any built checkout.
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

/** A whole record. */
export interface RecordFile {
  /** The kind of machine whose numbers they are; see {@link machineKind}. */
  readonly machine: string;
  readonly results: Results;
}

/**
 * Records what a built checkout computes, on one thread each.
 *
 * @param checkout its folder, with `dist` and `models`.
 * @param isQuick for only what a test has time for: some half a minute instead of minutes.
 * @throws Error with what a command says, if it fails.
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

/** How far apart the sizes of tensors may be, in parts, where machines round in other places. */
const tolerance = 0.01;

/**
 * Compares results with those of a record, as far as both have them.
 *
 * @returns a line for each that differs, or is not in the record: in a bit, if both machines are of one
 * kind; otherwise in its layout or in its size.
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
