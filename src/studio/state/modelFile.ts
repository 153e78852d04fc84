/** @file Records in a model's folder, which may grow while the model is being trained. */

import { addressOf, type ModelEntry } from "./models.ts";

/** A file as it is now. */
export interface ModelFile {
  readonly bytes: Uint8Array;
  /** When it was written last, and what time it is, both by the server's clock; null if not told. */
  readonly written: Date | null;
  readonly asked: Date | null;
}

/**
 * Fetches a file of a model's folder, anew if it has changed.
 *
 * @returns null if there is none.
 */
export async function fetchModelFile(entry: ModelEntry, file: string): Promise<ModelFile | null> {
  const response = await fetch(addressOf(`${entry.path}/${file}`), { cache: "no-cache" });
  if (response.status === 404 || response.status === 410) return null;
  if (!response.ok) throw new Error(`${file}: the server answers ${response.status}.`);
  const time = (header: string): Date | null => {
    const date = new Date(response.headers.get(header) ?? "");
    return Number.isNaN(date.getTime()) ? null : date;
  };
  const bytes = new Uint8Array(await response.arrayBuffer());
  return { bytes, written: time("last-modified"), asked: time("date") };
}
