/** @file Links in a model's folder: links that lead out of it are not followed. */

import { realpath } from "node:fs/promises";
import { isAbsolute, join, relative, sep } from "node:path";

/** The real path of a file of a folder; "missing", or "outside" if a link leads out of the folder. */
export type FilePlace =
  | { readonly path: string }
  | { readonly path: null; readonly why: "missing" | "outside" };

/**
 * Finds a file of a folder. The folder itself may be a link, and links within it may point to each other.
 *
 * @param file its path in the folder.
 */
export async function placeOf(folder: string, file: string): Promise<FilePlace> {
  try {
    const [root, path] = await Promise.all([realpath(folder), realpath(join(folder, file))]);
    return isInside(root, path) ? { path } : { path: null, why: "outside" };
  } catch {
    return { path: null, why: "missing" };
  }
}

/** Whether a path is a folder or inside it; both must be free of links. */
export function isInside(folder: string, path: string): boolean {
  const way = relative(folder, path);
  return way.split(sep)[0] !== ".." && !isAbsolute(way);
}
