/** @file Reads rows of CSV: quoted fields with doubled quotes and line breaks, as spreadsheets write them. */

import { Readable } from "node:stream";
import { CsvError, parse } from "csv-parse";
import { UserError } from "../../tensor/errors.ts";
import { nameOfPath } from "../paths.ts";
import { CellPicker, type CellRow } from "../tableCells.ts";
import { type Line, maxLineBytes, readLines } from "./lines.ts";

/** Possible separators, rarest in texts first; Excel writes semicolons where a comma is the decimal separator. */
const delimiters = ["\t", ";", ","] as const;

/** How many characters are inspected to detect the separator. */
const sampleLength = 2 ** 16;

/** The line that tells Excel the separator. */
const separatorLine = /^"?sep=(.)"?$/i;

/**
 * Yields the wanted cells of each row of a CSV file with the line in which it begins. The separator is
 * given by the first line, `sep=;`, or detected from the first rows.
 *
 * @throws UserError if it cannot be read as text, quotes are unclosed or misplaced, or a row lacks a cell.
 */
export async function* readCsv(path: string, columns: readonly string[]): AsyncGenerator<CellRow> {
  const lines = readLines(path);
  try {
    const sample: Line[] = [];
    let length = 0;
    let isWhole = true;
    for (let next = await lines.next(); !next.done; next = await lines.next()) {
      sample.push(next.value);
      length += next.value.text.length + 1;
      isWhole = length < sampleLength;
      if (!isWhole) break;
    }
    const said = separatorLine.exec(sample[0]?.text ?? "")?.[1];
    const first = said === undefined ? 0 : 1;
    const rows = sample.slice(first);
    const delimiter = said ?? delimiterOf(rows, isWhole, columns);
    const picker = new CellPicker(columns, nameOfPath(path), "commas or semicolons");
    yield* parseRows(textOf(rows, lines), { path, delimiter, picker, linesBefore: first });
  } finally {
    await lines.return(undefined);
  }
}

async function* parseRows(
  text: AsyncIterable<string>,
  file: {
    readonly path: string;
    readonly delimiter: string;
    readonly picker: CellPicker;
    /** The number of lines of the file read before. */
    readonly linesBefore: number;
  },
): AsyncGenerator<CellRow> {
  const { delimiter, picker, linesBefore } = file;
  /** The first line of each parsed row, from the oldest row that was not yielded yet. */
  const starts: number[] = [];
  let next = linesBefore + 1;
  const parser = parse({
    delimiter,
    relax_column_count: true,
    max_record_size: maxLineBytes,
    on_record: (cells: string[], { lines }): string[] => {
      starts.push(next);
      next = linesBefore + lines + 1;
      return cells;
    },
  });
  const source = Readable.from(text);
  source.on("error", (error) => parser.destroy(error)).pipe(parser);
  try {
    for await (const cells of parser) {
      const row = picker.pick(cells, starts.shift() as number);
      if (row !== null) yield row;
    }
  } catch (error) {
    throw error instanceof CsvError ? csvFault(error, nameOfPath(file.path), next) : error;
  } finally {
    source.destroy();
  }
}

/** The text of lines in large pieces, which parse faster than single lines. */
async function* textOf(first: readonly Line[], rest: AsyncIterable<Line>): AsyncGenerator<string> {
  let text = first.map((line) => `${line.text}\n`).join("");
  for await (const line of rest) {
    text += `${line.text}\n`;
    if (text.length < sampleLength) continue;
    yield text;
    text = "";
  }
  if (text !== "") yield text;
}

function csvFault(error: CsvError, name: string, line: number): UserError {
  switch (error.code) {
    case "CSV_QUOTE_NOT_CLOSED":
    case "CSV_MAX_RECORD_SIZE":
      return new UserError(
        `${name}: the row of line ${line} opens quotes that are never closed; close them, or double those that are part of the text.`,
      );
    default:
      return new UserError(
        `${name}: the row of line ${line} has quotes in the middle of a field; put the whole field in quotes and double those that are part of the text.`,
      );
  }
}

/**
 * Detects the separator. It must occur in the first row and give the named columns, or else the same number of
 * fields in every row; of several, the one least often followed by a space, because a comma in a sentence is
 * followed by one.
 */
function delimiterOf(
  sample: readonly Line[],
  isWhole: boolean,
  columns: readonly string[],
): string {
  const text = sample.map((line) => line.text).join("\n");
  // Quoted fields may contain anything; one letter replaces each.
  const rows = text.replace(/"[^"]*"/g, "q").split("\n");
  if (!isWhole) rows.pop();
  const filled = rows.filter((row) => row.trim() !== "");
  const [header = ""] = text.split("\n");
  const present = delimiters
    .filter((delimiter) => filled[0]?.includes(delimiter))
    .map((delimiter) => {
      const parts = filled.map((row) => row.split(delimiter));
      const behind = parts.flatMap(([, ...others]) => others);
      const names = header.split(delimiter).map((cell) => unquoted(cell.trim()));
      return {
        delimiter,
        isNamed: columns.every((column) => names.includes(column)),
        isEven: parts.every(({ length }) => length === parts[0]?.length),
        spaced: behind.filter((part) => part.startsWith(" ")).length / behind.length,
      };
    });
  const likely = [
    present.filter(({ isNamed }) => isNamed),
    present.filter(({ isEven }) => isEven),
    present,
  ].find((some) => some.length > 0);
  // The sort is stable, so the first of several counts.
  const [best] = [...(likely ?? [])].sort((one, other) => one.spaced - other.spaced);
  return best?.delimiter ?? ",";
}

function unquoted(cell: string): string {
  return cell.replace(/^"(.*)"$/, "$1").replaceAll('""', '"');
}
