/** @file The recorded form of a result: hashes of exact numbers, and properties that all machines share. */

import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";

/** A recorded result. */
export interface Recorded {
  /** sha256 of the exact result. */
  readonly hash: string;
  /** For tensors: sha256 of names, types and shapes, which are the same on every machine. */
  readonly layout?: string;
  /** For tensors: the root mean square of all numbers. */
  readonly size?: number;
}

/** Results by name. */
export type Results = Readonly<Record<string, Recorded>>;

/** Records a text. */
export function ofText(text: string): Recorded {
  return { hash: createHash("sha256").update(text).digest("hex") };
}

/**
 * Records plain data, whatever the order of its keys.
 *
 * @param leftOut keys that are not part of it, at any depth.
 */
export function ofData(data: unknown, leftOut: readonly string[] = []): Recorded {
  const text = JSON.stringify(plain(data, new Set(leftOut)));
  // The record is of traces of version 2; version 3 renames options, but changes no number.
  return ofText(text.replaceAll('"version":3', '"version":2'));
}

/** Typed arrays as arrays, maps as objects, keys in order. */
function plain(value: unknown, leftOut: ReadonlySet<string>): unknown {
  if (ArrayBuffer.isView(value)) return Array.from(value as Float32Array);
  if (Array.isArray(value)) return value.map((each) => plain(each, leftOut));
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value)
    .filter(([key, each]) => !leftOut.has(key) && each !== undefined)
    .sort(([one], [other]) => (one < other ? -1 : 1));
  return Object.fromEntries(entries.map(([key, each]) => [key, plain(each, leftOut)]));
}

interface StoredTensor {
  readonly dtype: string;
  readonly shape: readonly number[];
  readonly data_offsets: readonly [number, number];
}

/** Records the tensors of a safetensors file, in any order and without metadata. */
export function ofTensors(path: string): Recorded {
  const file = readFileSync(path);
  const start = 8 + Number(file.readBigUInt64LE(0));
  const header = JSON.parse(file.toString("utf8", 8, start)) as Record<string, StoredTensor>;
  const hash = createHash("sha256");
  const layout = createHash("sha256");
  let [sum, count] = [0, 0];
  const named = Object.entries(header).filter(([name]) => name !== "__metadata__");
  for (const [name, { dtype, shape, data_offsets }] of named.sort(([a], [b]) => (a < b ? -1 : 1))) {
    const bytes = file.subarray(start + data_offsets[0], start + data_offsets[1]);
    const title = `${name} ${dtype} [${shape.join(", ")}]\n`;
    layout.update(title);
    hash.update(title).update(bytes);
    if (dtype !== "F32") continue;
    for (let at = 0; at < bytes.length; at += 4) sum += bytes.readFloatLE(at) ** 2;
    count += bytes.length / 4;
  }
  return {
    hash: hash.digest("hex"),
    layout: layout.digest("hex"),
    size: Number(Math.sqrt(sum / Math.max(1, count)).toPrecision(6)),
  };
}

/** Records a file of JSON Lines. */
export function ofLines(path: string, leftOut: readonly string[] = []): Recorded {
  const lines = readFileSync(path, "utf8").trim().split("\n");
  return ofData(
    lines.map((line) => JSON.parse(line) as unknown),
    leftOut,
  );
}
