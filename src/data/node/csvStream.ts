/** @file csv-parse as a stream. */

import { Readable } from "node:stream";
import { parse } from "csv-parse";
import type { ParseCsv } from "../csv.ts";

/** Parses CSV with only a part of it in memory. */
export const parseCsvStream: ParseCsv = async function* (text, options) {
  const parser = parse(options);
  const source = Readable.from(text);
  source.on("error", (error) => parser.destroy(error)).pipe(parser);
  try {
    for await (const cells of parser) yield cells as string[];
  } finally {
    source.destroy();
  }
};
