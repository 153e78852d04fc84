/** @file Tables as CSV. Isomorphic. */

/** Writes rows as CSV, by RFC 4180 but for the line ends: cells of nothing are empty, and quotes are doubled. */
export function csvText(rows: readonly (readonly unknown[])[]): string {
  return rows.map((cells) => `${cells.map(cellText).join(",")}\n`).join("");
}

/** Writes objects as CSV: a column for each key that one of them has, in the order in which they come. */
export function csvOfObjects(objects: readonly object[]): string {
  const keys = [...new Set(objects.flatMap((each) => Object.keys(each)))];
  const rows = objects.map((each) => keys.map((key) => (each as Record<string, unknown>)[key]));
  return csvText([keys, ...rows]);
}

function cellText(value: unknown): string {
  const text = value === undefined || value === null ? "" : String(value);
  return /[",\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
