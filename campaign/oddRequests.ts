/** @file Requests that none of our pages sends: mistakes of programs, and attacks. */

import type { Random } from "../src/tensor/random.ts";
import type { RequestOptions } from "./serverProcess.ts";

/** A request to send. */
export interface OddRequest {
  readonly path: string;
  readonly options: RequestOptions;
}

const json = { "content-type": "application/json" };

const valid: readonly { readonly path: string; readonly body: Record<string, unknown> }[] = [
  { path: "/api/translate", body: { text: "May 3 1998", beam: 2, nBest: 1, maxLength: 20 } },
  { path: "/api/translate", body: { texts: ["May 3 1998", "one"], sample: { seed: 2, topK: 3 } } },
  { path: "/api/trace", body: { text: "May 3 1998", beam: 1, prefix: [5], attention: [] } },
  { path: "/api/trace", body: { text: "3 5 98", target: [4, 5, 6], hypothesis: 0 } },
];

const values: readonly unknown[] = [
  null,
  true,
  [],
  {},
  "",
  "x",
  "\u0000",
  "\ud800",
  "؀שלום",
  "👩‍👩‍👧",
  "x".repeat(5000),
  -1,
  0,
  0.5,
  1e9,
  1e308,
  -1e308,
  2 ** 53,
  20,
  400,
  4000,
  Array.from({ length: 500 }, () => 1),
  Array.from({ length: 500 }, () => "one"),
  [[[[[]]]]],
];

const names = [
  "text",
  "texts",
  "beam",
  "nBest",
  "lengthPenalty",
  "coveragePenalty",
  "maxLength",
  "model",
  "sample",
  "prefix",
  "target",
  "attention",
  "__proto__",
  "constructor",
  "toString",
  "other",
];

const paths = [
  "/",
  "/api",
  "/api/",
  "/api/nothing",
  "/api/models",
  "/api/openapi.json",
  "/models.json",
  "/models/run/config.json",
  "/models/run/training/checkpoint.safetensors",
  "/models/run/../../../etc/passwd",
  "/models/%2e%2e/%2e%2e/etc/passwd",
  "/models/run/%00",
  "/models/run/training/options.json",
  "/%",
  "//",
  "/?x=%",
  `/${"x".repeat(3000)}`,
];

const methods = ["GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS", "PATCH", "PROPFIND"];

const pick = <Item>(items: readonly Item[], random: Random): Item =>
  items[random.integer(items.length)] as Item;

const makers: readonly ((random: Random) => OddRequest)[] = [
  // A field with another value, or an unknown one.
  (random) => {
    const { path, body } = pick(valid, random);
    const changed = { ...body, [pick(names, random)]: pick(values, random) };
    return { path, options: { method: "POST", headers: json, body: JSON.stringify(changed) } };
  },
  // Two fields at once.
  (random) => {
    const { path, body } = pick(valid, random);
    const more = { [pick(names, random)]: pick(values, random) };
    const changed = { ...body, ...more, [pick(names, random)]: pick(values, random) };
    return { path, options: { method: "POST", headers: json, body: JSON.stringify(changed) } };
  },
  // JSON that is truncated, invalid, nested, or in another encoding.
  (random) => {
    const { path, body } = pick(valid, random);
    const text = JSON.stringify(body);
    const depth = 10 ** (1 + random.integer(5));
    const content = pick(
      [
        text.slice(0, random.integer(text.length)),
        "null",
        "[]",
        '"x"',
        "",
        `\uFEFF${text}`,
        `${"[".repeat(depth)}${"]".repeat(depth)}`,
        '{"__proto__":{"text":"x"}}',
        Buffer.from(text, "utf16le"),
        Buffer.from([0xff, 0xfe, 0x00]),
        "x".repeat(2 ** 20 + 1),
      ],
      random,
    );
    return { path, options: { method: "POST", headers: json, body: content } };
  },
  // Another content type, or other headers.
  (random) => {
    const { path, body } = pick(valid, random);
    const headers = pick<Record<string, string>>(
      [
        {},
        { "content-type": "text/plain" },
        { "content-type": "multipart/form-data" },
        { "content-type": "application/json; charset=iso-8859-1" },
        { ...json, host: "other" },
        { ...json, origin: "http://other.example" },
        { ...json, expect: "100-continue" },
        { ...json, "content-encoding": "gzip" },
      ],
      random,
    );
    return { path, options: { method: "POST", headers, body: JSON.stringify(body) } };
  },
  // Any path with any method.
  (random) => ({ path: pick(paths, random), options: { method: pick(methods, random) } }),
];

/** Makes a random request. */
export function oddRequest(random: Random): OddRequest {
  return pick(makers, random)(random);
}

/** Describes a request in one line. */
export function describeRequest({ path, options }: OddRequest): string {
  const { method = "GET", body = "" } = options;
  return `${method} ${path.slice(0, 80)} ${String(body).slice(0, 200)}`;
}
