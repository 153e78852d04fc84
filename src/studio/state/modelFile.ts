/** @file Records in a model's folder, which may grow while the model is being trained. */

import { FetchError, fetchFile } from "../../library/fetchFile.ts";
import type { ModelEntry } from "../../modelFolder/modelList.ts";
import { addressOf } from "./models.ts";
import { ownModels } from "./ownModels.svelte.ts";

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
  const files = ownModels.filesOf(entry);
  if (files) {
    const bytes = files.get(file);
    return bytes ? { bytes, written: null, asked: null } : null;
  }
  try {
    const address = addressOf(`${entry.path}/${file}`);
    // A record that is only begun has nothing in it.
    const { bytes, headers } = await fetchFile(address, { cache: "no-cache", mayBeEmpty: true });
    const time = (header: string): Date | null => {
      const date = new Date(headers.get(header) ?? "");
      return Number.isNaN(date.getTime()) ? null : date;
    };
    return { bytes, written: time("last-modified"), asked: time("date") };
  } catch (error) {
    if (error instanceof FetchError && error.isMissing) return null;
    throw error;
  }
}
