/** @file Recognises what a wrong download or address puts in place of a model's file. Isomorphic. */

import { UserError } from "../tensor/errors.ts";

/** A page for people, or the few lines that Git stores in place of a large file. */
export type OtherContent = "HTML page" | "Git LFS pointer";

/** What may precede the first element of a page. */
const pageStart =
  /^(?:\s|<!--(?:(?!-->).)*-->|<\?xml[^>]*>)*<(?:!doctype\s+html|(?:html|head|body|title|meta|script|link|style|h[1-6]|div|p|pre|center)(?=[\s/>]))/is;
const pointerStart = "version https://git-lfs.github.com/spec/";

/** How many bytes of a file are inspected: comments may precede a page. */
const lookedAt = 16_384;

/** Returns the kind of content if it cannot belong to a model; otherwise null. */
export function otherContent(bytes: Uint8Array): OtherContent | null {
  // Decoding drops a byte order mark; UTF-16 has one.
  const encoding =
    bytes[0] === 0xff && bytes[1] === 0xfe
      ? "utf-16le"
      : bytes[0] === 0xfe && bytes[1] === 0xff
        ? "utf-16be"
        : "utf-8";
  const start = new TextDecoder(encoding).decode(bytes.subarray(0, lookedAt));
  if (pageStart.test(start)) return "HTML page";
  return start.startsWith(pointerStart) ? "Git LFS pointer" : null;
}

/**
 * Rejects a file that holds such content.
 *
 * @throws UserError naming the file and what to do.
 */
export function refuseOtherContent(bytes: Uint8Array, path: string): void {
  const other = otherContent(bytes);
  if (other === null) return;
  const remedy =
    other === "HTML page"
      ? "download the file again"
      : "download the file itself with git lfs pull";
  throw new UserError(`${path}: it is ${aOf(other)} instead of the file; ${remedy}.`);
}

/** Returns the kind of content with its article. */
export function aOf(other: OtherContent): string {
  return other === "HTML page" ? `an ${other}` : `a ${other}`;
}
