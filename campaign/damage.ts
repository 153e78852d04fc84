/** @file Ways in which disks, transfers, editors and people damage a file. */

import type { Random } from "../src/tensor/random.ts";

/** A damaged file, and how it was damaged. */
export interface Damaged {
  readonly bytes: Buffer;
  readonly how: string;
}

type Damage = (bytes: Buffer, random: Random) => Damaged;

const ofBytes: readonly Damage[] = [
  (bytes, random) => {
    const at = random.integer(bytes.length);
    const copy = Buffer.from(bytes);
    copy[at] = (copy[at] as number) ^ (1 << random.integer(8));
    return { bytes: copy, how: `a bit of byte ${at} is flipped` };
  },
  (bytes, random) => {
    const at = random.integer(bytes.length);
    const copy = Buffer.from(bytes);
    copy[at] = random.integer(256);
    return { bytes: copy, how: `byte ${at} is ${copy[at]}` };
  },
  (bytes, random) => {
    const at = random.integer(bytes.length);
    return { bytes: bytes.subarray(0, at), how: `it ends after ${at} bytes` };
  },
  (bytes, random) => {
    const at = random.integer(bytes.length);
    const length = Math.min(1 + random.integer(64), bytes.length - at);
    const rest = [bytes.subarray(0, at), bytes.subarray(at + length)];
    return { bytes: Buffer.concat(rest), how: `${length} bytes from ${at} on are missing` };
  },
  (bytes, random) => {
    const at = random.integer(bytes.length);
    const length = Math.min(4096, bytes.length - at);
    const copy = Buffer.from(bytes);
    copy.fill(0, at, at + length);
    return { bytes: copy, how: `${length} bytes from ${at} on are zero` };
  },
  (bytes, random) => {
    const at = random.integer(bytes.length);
    const added = Buffer.from(random.integer(2) === 0 ? "\u0000" : "x");
    const parts = [bytes.subarray(0, at), added, bytes.subarray(at)];
    return { bytes: Buffer.concat(parts), how: `a byte is added at ${at}` };
  },
  (bytes) => ({ bytes: Buffer.concat([bytes, bytes]), how: "its content is doubled" }),
  () => ({ bytes: Buffer.alloc(0), how: "it is empty" }),
  () => ({ bytes: Buffer.from("<!doctype html><title>404</title>"), how: "it is an HTML page" }),
  () => ({
    bytes: Buffer.from("version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 1\n"),
    how: "it is a Git LFS pointer",
  }),
];

const values: readonly unknown[] = [
  null,
  true,
  [],
  {},
  "",
  "x",
  "null",
  "__proto__",
  "(a+)+$",
  -1,
  0,
  0.5,
  1e9,
  1e308,
  2 ** 53,
  "\u0000",
  "\ud800",
  Array.from({ length: 1000 }, () => 1),
];

/** A position in a JSON document: the object or list, and the key in it. */
interface Place {
  readonly within: Record<string, unknown>;
  readonly key: string;
  readonly path: string;
}

function placesIn(value: unknown, path: string, found: Place[]): void {
  if (typeof value !== "object" || value === null) return;
  const within = value as Record<string, unknown>;
  for (const key of Object.keys(within)) {
    found.push({ within, key, path: `${path}.${key}` });
    placesIn(within[key], `${path}.${key}`, found);
  }
}

const ofJson: readonly Damage[] = [
  (bytes, random) => {
    const { document, place } = placeIn(bytes, random);
    const value = values[random.integer(values.length)];
    place.within[place.key] = value;
    return written(document, `${place.path} is ${JSON.stringify(value).slice(0, 40)}`);
  },
  (bytes, random) => {
    const { document, place } = placeIn(bytes, random);
    delete place.within[place.key];
    return written(document, `${place.path} is missing`);
  },
  (bytes, random) => {
    const { document, place } = placeIn(bytes, random);
    const number = place.within[place.key];
    if (typeof number !== "number") return written(document, "it is written without line breaks");
    place.within[place.key] = number + 1;
    return written(document, `${place.path} is ${number + 1}`);
  },
  (bytes, random) => {
    const depth = 10 ** (2 + random.integer(4));
    const nested = `${"[".repeat(depth)}${"]".repeat(depth)}`;
    const text = bytes.toString("utf8").replace(/\{/, () => `{"nested":${nested},`);
    return { bytes: Buffer.from(text), how: `${depth} nested lists` };
  },
];

function placeIn(bytes: Buffer, random: Random): { document: unknown; place: Place } {
  const document: unknown = JSON.parse(bytes.toString("utf8"));
  const places: Place[] = [];
  placesIn(document, "", places);
  return { document, place: places[random.integer(places.length)] as Place };
}

function written(document: unknown, how: string): Damaged {
  return { bytes: Buffer.from(JSON.stringify(document)), how };
}

/** Randomly damages the content of a file: its bytes, or its values if it is JSON. */
export function damage(name: string, bytes: Buffer, random: Random): Damaged {
  const ways = name.endsWith(".json") ? [...ofBytes, ...ofJson, ...ofJson] : ofBytes;
  return (ways[random.integer(ways.length)] as Damage)(bytes, random);
}
