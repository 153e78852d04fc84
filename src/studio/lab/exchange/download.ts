/** @file A run of the lab as a zip archive. */

import { writeZip } from "../../../files/zip.ts";
import { downloadFolder } from "../../../lab/exchange/downloadFolder.ts";
import type { LabRun } from "../state/labRun.svelte.ts";
import { exchangeText } from "./text.ts";

/** What is downloaded. */
export interface PackedRun {
  readonly archive: Uint8Array<ArrayBuffer>;
  /** The folder in it, by which the archive is named too. */
  readonly folder: string;
}

/**
 * Packs a run as it is now; it goes on meanwhile.
 *
 * @param titleOf the title of the model at a step.
 * @throws an error for `faultWords`.
 */
export async function packedRun(
  { port, begun, settings, name }: LabRun,
  titleOf: (step: number) => string,
): Promise<PackedRun> {
  const { step, files, history } = await port.ask("keep", {});
  const now = new Date();
  const folder = `${fileName(name ?? settings?.task ?? "model")}-step-${step}`;
  const seconds = history.steps.at(-1)?.seconds ?? 0;
  const made = downloadFolder(files, {
    title: titleOf(step),
    date: now.toISOString().slice(0, 10),
    notes: exchangeText.en.card,
    minutes: Math.round(seconds / 6) / 10,
    heldOut: begun?.shown ?? [],
  });
  const inFolder = Array.from(made, ([path, bytes]): [string, Uint8Array] => [
    `${folder}/${path}`,
    bytes,
  ]);
  return { archive: writeZip(inFolder, now), folder };
}

/** A name that every system takes for a folder, and every shell without quotes. */
export function fileName(name: string): string {
  const plain = name
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .replace(/[^A-Za-z0-9._-]+/g, "-")
    .replace(/^[-.]+|[-.]+$/g, "");
  return plain.slice(0, 60) || "model";
}
