/** @file Parses JSON files, which may be damaged or malicious. Isomorphic. */

import { UserError } from "../tensor/errors.ts";
import { lineOfJsonFault } from "./jsonFault.ts";
import { refuseOtherContent } from "./otherContent.ts";

/** The maximum nesting depth of lists and objects; files written by seq2see need six. */
const deepest = 64;

/**
 * Parses a file that must be JSON.
 *
 * @param bytes  the whole file; a byte order mark is skipped.
 * @param path   the file's name in errors.
 * @param remedy what to do if the file is not JSON.
 * @throws UserError naming the file if it is not JSON in UTF-8 (such as an HTML page), or nested so deeply that
 *   traversing it would overflow the stack.
 */
export function parseJson(
  bytes: Uint8Array,
  path: string,
  remedy = "restore the file or train the model again",
): unknown {
  refuseOtherContent(bytes, path);
  let value: unknown;
  let text = "";
  try {
    text = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
    value = JSON.parse(text);
  } catch {
    const line = lineOfJsonFault(text) ?? 1;
    const place = line > 1 ? ` from line ${line} on` : "";
    throw new UserError(`${path}: it is not JSON in UTF-8${place}; ${remedy}.`);
  }
  if (isDeeper(value, deepest)) {
    throw new UserError(
      `${path}: its lists and objects are nested more than ${deepest} levels deep; ${remedy}.`,
    );
  }
  return value;
}

function isDeeper(value: unknown, most: number): boolean {
  if (typeof value !== "object" || value === null) return false;
  if (most === 0) return true;
  for (const part of Array.isArray(value) ? value : Object.values(value)) {
    if (isDeeper(part, most - 1)) return true;
  }
  return false;
}
