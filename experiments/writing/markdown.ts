import type { Table } from "./report.ts";

/** Escapes a text for a table cell. */
function cell(text: string): string {
  return text.replaceAll("|", "\\|").replace(/\s*\n\s*/g, " ");
}

/**
 * Formats a table as Markdown, with its caption above it.
 *
 * @throws RangeError if the rows and the head differ in length.
 */
export function markdownTable({ caption, head, rows }: Table): string {
  const wrong = rows.find((row) => row.length !== head.length);
  if (wrong) {
    throw new RangeError(`"${caption}": ${wrong.length} cells stand below ${head.length} heads`);
  }
  const line = (cells: readonly string[]): string => `| ${cells.map(cell).join(" | ")} |`;
  return [`${caption}:`, "", line(head), line(head.map(() => "---")), ...rows.map(line)].join("\n");
}
