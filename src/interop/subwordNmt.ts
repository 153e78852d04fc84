/** @file The merges of subword-nmt (https://github.com/rsennrich/subword-nmt), a text of one merge a line. Isomorphic. */

import { endMark } from "../text/tokenizerJson.ts";

/** A merge of two symbols. */
export type Merge = [left: string, right: string];

/**
 * Reads a file of codes, of version 0.1 or 0.2.
 *
 * @returns the merges in their order; a clause about the fault if a line is none.
 */
export function readCodes(text: string): Merge[] | string {
  const lines = text.replace(/\n$/, "").split("\n");
  // Version 0.1 has no first line with the version, and marks the end of a word by a symbol of its own.
  const version = /^#version:\s*(\S+)/.exec(lines[0] ?? "")?.[1] ?? "0.1";
  if (version !== "0.1" && version !== "0.2") return `version ${version} of its form is unknown`;
  const first = (lines[0] ?? "").startsWith("#version") ? 1 : 0;
  if (version === "0.1" && lines.slice(first).some((line) => line.split(" ")[1] === endMark)) {
    return "its merges are of version 0.1, in which the end of a word is a symbol of its own; learn them with version 0.2 or later";
  }
  const merges: Merge[] = [];
  for (const [index, line] of lines.entries()) {
    if (index < first) continue;
    // In files of other programs a count may follow.
    const [left, right, count = "0", ...more] = line.trimEnd().split(" ");
    if (!left || !right || more.length > 0 || !/^\d+$/.test(count)) {
      return `line ${index + 1} is no merge of two symbols`;
    }
    merges.push([left, right]);
  }
  return merges.length > 0 ? merges : "it holds no merges";
}

/** A token of a vocabulary with `@@` where words go on, as it is spelled with the mark where words end. */
export const withEndMark = (token: string): string =>
  token.endsWith("@@") ? token.slice(0, -"@@".length) : token + endMark;
