import type { Table } from "./report.ts";

/** A text as a cell of a table holds it. */
function cell(text: string): string {
  return text.replaceAll("|", "\\|").replace(/\s*\n\s*/g, " ");
}

/**
 * Writes a table as Markdown, with its caption above it.
 *
 * @throws RangeError if a row has more or fewer cells than the head.
 */
export function markdownTable({ caption, head, rows }: Table): string {
  const wrong = rows.find((row) => row.length !== head.length);
  if (wrong) {
    throw new RangeError(`"${caption}": ${wrong.length} cells stand below ${head.length} heads`);
  }
  const line = (cells: readonly string[]): string => `| ${cells.map(cell).join(" | ")} |`;
  return [`${caption}:`, "", line(head), line(head.map(() => "---")), ...rows.map(line)].join("\n");
}
