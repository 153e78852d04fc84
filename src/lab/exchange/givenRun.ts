/** @file What can be trained from what was handed over: a run that goes on, or a new one from its weights. */

import { unknownId } from "../../tensor/specialIds.ts";
import type { TextTokenizer } from "../../text/tokenizer.ts";
import type { TextPair } from "../../training/memory/memoryRun.ts";
import { runFiles } from "../../training/storage/runStorage.ts";
import type { Beginning, LabFiles } from "../messages.ts";
import { GivenError } from "./givenFault.ts";
import { fileOf, type Given, type GivenModel, readFile } from "./givenModel.ts";

/** What a run reads when it goes on, whatever else it keeps. */
const neededFiles: readonly string[] = [runFiles.checkpoint, runFiles.options, runFiles.train];

/** Files of a run that are of no use to a page: its lock, and earlier weights. */
const isLeftOut = (path: string): boolean =>
  path === runFiles.lock || path.startsWith(`${runFiles.checkpoints}/`);

/** Whether the folder has a run that a page may go on with. */
export function hasRun({ model, folder }: GivenModel): boolean {
  return model.sizes.sourceInput === "tokens" && missingOf(folder) === null;
}

const missingOf = (folder: Given): string | null =>
  neededFiles.find((file) => fileOf(folder, file) === undefined) ?? null;

/**
 * Takes up the run in the folder of a model.
 *
 * @throws GivenError if the model reads features, a file of the run is missing, or one is too large for a page.
 */
export async function resumeGiven(given: GivenModel): Promise<Beginning> {
  const { folder } = given;
  checkText(given);
  const missing = missingOf(folder);
  if (missing !== null) throw new GivenError(given.name, { kind: "noRun", file: missing });
  const files = new Map(given.files);
  for (const { path } of folder.files) {
    if (path.startsWith("training/") && !isLeftOut(path)) {
      files.set(path, await readFile(folder, path));
    }
  }
  return { kind: "resume", files, history: null, heldOut: heldOutOf(files) };
}

/** The held-out pairs that a run keeps as text. */
export function heldOutOf(files: LabFiles): TextPair[] {
  for (const file of [runFiles.devPairs, runFiles.samplePairs, runFiles.watchedPairs]) {
    const pairs = pairsOf(new TextDecoder().decode(files.get(file)));
    if (pairs.length > 0) return pairs;
  }
  return [];
}

function pairsOf(lines: string): TextPair[] {
  return lines.split("\n").flatMap((line) => {
    try {
      const { source, target } = JSON.parse(line) as Partial<TextPair>;
      return typeof source === "string" && typeof target === "string" ? [{ source, target }] : [];
    } catch {
      return [];
    }
  });
}

/** Refuses a model that reads something else than text. Throws GivenError. */
export function checkText({ name, model }: GivenModel): void {
  if (model.sizes.sourceInput === "features") throw new GivenError(name, { kind: "features" });
}

/** How much of some texts a tokenizer knows: the share of their tokens that are in its vocabulary, 0 to 1. */
export function knownShare(tokenizer: TextTokenizer, texts: readonly string[]): number {
  let [known, all] = [0, 0];
  for (const text of texts) {
    for (const id of tokenizer.encodeIds(text)) {
      all++;
      if (id !== unknownId) known++;
    }
  }
  return all === 0 ? 1 : known / all;
}
