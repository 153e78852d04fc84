/** @file Reads rows of JSON Lines: one object per line, with named fields. */

import { DataError } from "./dataFault.ts";
import type { Line } from "./line.ts";
import type { CellRow } from "./tableCells.ts";

/**
 * Yields the named fields of each line, in the order of the names; for a blank line, they are empty.
 *
 * @param name the name of the file in errors.
 * @throws DataError naming the line that is not a JSON object, lacks a field, or has a field that is not a text.
 */
export async function* readJsonLines(
  lines: AsyncIterable<Line>,
  fields: readonly string[],
  name: string,
): AsyncGenerator<CellRow> {
  for await (const { text, line } of lines) {
    if (text.trim() === "") {
      yield { cells: fields.map(() => ""), line };
      continue;
    }
    const row = parseObject(text);
    if (row === null) throw new DataError(name, { kind: "notObject", line });
    yield { cells: fields.map((field) => textOf(row, field, { name, line })), line };
  }
}

function parseObject(text: string): Readonly<Record<string, unknown>> | null {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && !Array.isArray(value) ? (value as null) : null;
  } catch {
    return null;
  }
}

function textOf(
  row: Readonly<Record<string, unknown>>,
  field: string,
  { name, line }: { readonly name: string; readonly line: number },
): string {
  if (!Object.hasOwn(row, field)) {
    throw new DataError(name, { kind: "noField", line, field, fields: Object.keys(row) });
  }
  const value = row[field];
  if (typeof value !== "string") {
    const kind = value === null ? "null" : Array.isArray(value) ? "a list" : `a ${typeof value}`;
    const found = kind === "a object" ? "an object" : kind;
    throw new DataError(name, { kind: "notText", line, field, found });
  }
  if (value.includes("\0")) throw new DataError(name, { kind: "nulField", line, field });
  return value;
}
