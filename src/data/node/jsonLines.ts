/** @file Reads rows of JSON Lines: one object per line, with named fields. */

import { UserError } from "../../tensor/errors.ts";
import { nameOfPath } from "../paths.ts";
import type { CellRow } from "../tableCells.ts";
import { readLines } from "./lines.ts";

/** The maximum number of fields that an error lists. */
const maxListed = 10;

/**
 * Yields the named fields of each line, in the order of the names; for a blank line, they are empty.
 *
 * @throws UserError if the file cannot be read as text, or naming the line that is not a JSON object, lacks a
 *   field, or has a field that is not a text.
 */
export async function* readJsonLines(
  path: string,
  fields: readonly string[],
): AsyncGenerator<CellRow> {
  const name = nameOfPath(path);
  for await (const { text, line } of readLines(path)) {
    if (text.trim() === "") {
      yield { cells: fields.map(() => ""), line };
      continue;
    }
    const row = parseObject(text);
    if (row === null) {
      throw new UserError(
        `${name}: line ${line} is not a JSON object; give one a line, such as {"source": "…", "target": "…"}.`,
      );
    }
    yield { cells: fields.map((field) => textOf(row, field, `${name}: line ${line}`)), line };
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

function textOf(row: Readonly<Record<string, unknown>>, field: string, place: string): string {
  if (!Object.hasOwn(row, field)) {
    const names = Object.keys(row);
    const listed = names.slice(0, maxListed).map((each) => JSON.stringify(each));
    const more = names.length > maxListed ? " and more" : "";
    const has = names.length === 0 ? "has none" : `has ${listed.join(", ")}${more}`;
    throw new UserError(
      `${place} has no field ${JSON.stringify(field)}: it ${has}; name the source's and the target's field as the columns.`,
    );
  }
  const value = row[field];
  if (typeof value !== "string") {
    const kind = value === null ? "null" : Array.isArray(value) ? "a list" : `a ${typeof value}`;
    const found = kind === "a object" ? "an object" : kind;
    throw new UserError(
      `${place} has ${found} in the field ${JSON.stringify(field)}; give a text.`,
    );
  }
  if (value.includes("\0")) {
    throw new UserError(
      `${place} holds a NUL character in the field ${JSON.stringify(field)}; remove it.`,
    );
  }
  return value;
}
