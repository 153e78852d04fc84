/** @file Files of the work folder, written atomically. */

import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { readBytes } from "../../src/data/node/bytes.ts";
import type { PairSource } from "../../src/data/pairs.ts";
import { writeFileAtomically } from "../../src/files/nodeFiles.ts";
import type { Pair } from "../data/corpora.ts";

/** Writes a text file. */
export async function writeText(path: string, text: string): Promise<void> {
  await writeFileAtomically(path, [new TextEncoder().encode(text)]);
}

/** Writes a value as JSON. */
export async function writeJson(path: string, value: unknown): Promise<void> {
  await writeText(path, jsonText(value));
}

/** Serialises values so that equal settings give equal texts. */
export function jsonText(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}

/** A file's text, or null if it does not exist. */
export async function textIfThere(path: string): Promise<string | null> {
  return existsSync(path) ? await readFile(path, "utf8") : null;
}

/** Writes pairs as a table, source first, and returns how to read it. */
export async function writePairs(
  folder: string,
  name: string,
  pairs: readonly Pair[],
): Promise<PairSource & { readonly kind: "table" }> {
  const path = join(folder, `${name}.tsv`);
  const text = pairs.map(({ source, target }) => `${source}\t${target}\n`).join("");
  if ((await textIfThere(path)) !== text) await writeText(path, text);
  return { kind: "table", path, columns: ["1", "2"] };
}

/** SHA-256 of a file's unpacked content. */
export async function checksum(path: string): Promise<string> {
  const hash = createHash("sha256");
  for await (const chunk of readBytes(path)) hash.update(chunk);
  return hash.digest("hex");
}

/** SHA-256 of pairs. */
export function checksumOfPairs(pairs: readonly Pair[]): string {
  const hash = createHash("sha256");
  for (const { source, target } of pairs) hash.update(`${source}\t${target}\n`);
  return hash.digest("hex");
}
