/** @file What can be wrong with a text that should hold data, and the sentences that say so. */

import { UserError } from "../tensor/errors.ts";
import { type FaultSentences, sentenceOf } from "../tensor/faultSentences.ts";

/** Files that are mistaken for texts. */
export type OtherFile = "zip" | "xz" | "zstd" | "bzip2" | "pdf" | "picture";

/** What separates the cells of a table. */
export type Separators = "tabs" | "commas or semicolons";

/** What is wrong, and in which line; lines count from 1. */
export type DataFault =
  /** It begins like a file of another kind. */
  | { readonly kind: "otherFile"; readonly file: OtherFile }
  /** `notUtf16`: it is not what its byte order mark says. */
  | { readonly kind: "notUtf8" | "notUtf16"; readonly line: number }
  /** A NUL byte, which texts do not hold; `encoding` is what it looks like. */
  | { readonly kind: "nul"; readonly line: number; readonly encoding: string | null }
  /** A row has fewer cells than were asked for. */
  | {
      readonly kind: "columns";
      readonly line: number;
      readonly count: number;
      readonly asked: readonly string[];
      readonly separators: Separators;
    }
  /** No column of the header has the name. */
  | { readonly kind: "noColumn"; readonly column: string; readonly header: readonly string[] }
  /** Quotes of CSV that are never closed, or stand within a field. */
  | { readonly kind: "openQuotes" | "strayQuotes"; readonly line: number }
  /** A line of JSON Lines that is no object, or whose field is missing or no text. */
  | { readonly kind: "notObject"; readonly line: number }
  | {
      readonly kind: "noField";
      readonly line: number;
      readonly field: string;
      readonly fields: readonly string[];
    }
  | {
      readonly kind: "notText";
      readonly line: number;
      readonly field: string;
      readonly found: string;
    }
  | { readonly kind: "nulField"; readonly line: number; readonly field: string };

const otherFiles: Readonly<Record<OtherFile, string>> = {
  zip: "this is a ZIP archive or a spreadsheet; unpack it, or save the sheet as CSV",
  xz: "this is an xz file; unpack it, or pack it with gzip",
  zstd: "this is a zstd file; unpack it, or pack it with gzip",
  bzip2: "this is a bzip2 file; unpack it, or pack it with gzip",
  pdf: "this is a PDF; give its text",
  picture: "this is a picture; give a text file",
};

/** The maximum number of fields that an error lists. */
const maxListed = 10;

const sentences: FaultSentences<DataFault> = {
  otherFile: ({ file }) => `${otherFiles[file]}.`,
  notUtf8: ({ line }) => `line ${line} is not UTF-8; convert the file, for instance with iconv.`,
  notUtf16: ({ line }) =>
    `line ${line} is not UTF-16 as its byte order mark says; save the file as UTF-8.`,
  nul: ({ line, encoding }) => {
    const remedy =
      encoding === null
        ? "a text has none; give a text file in UTF-8"
        : `the file looks like ${encoding}: convert it with iconv -f ${encoding} -t UTF-8`;
    return `line ${line} holds a NUL byte; ${remedy}.`;
  },
  columns: ({ line, count, asked, separators }) => {
    const has = count === 1 ? "only 1 column" : `${count} columns`;
    return `line ${line} has ${has} but columns ${asked.join(" and ")} were asked for; columns are separated by ${separators}.`;
  },
  noColumn: ({ column, header }) =>
    `no column is named "${column}"; the first line names ${header.map((name) => `"${name.trim()}"`).join(", ")}.`,
  openQuotes: ({ line }) =>
    `the row of line ${line} opens quotes that are never closed; close them, or double those that are part of the text.`,
  strayQuotes: ({ line }) =>
    `the row of line ${line} has quotes in the middle of a field; put the whole field in quotes and double those that are part of the text.`,
  notObject: ({ line }) =>
    `line ${line} is not a JSON object; give one a line, such as {"source": "…", "target": "…"}.`,
  noField: ({ line, field, fields }) => {
    const listed = fields.slice(0, maxListed).map((each) => JSON.stringify(each));
    const more = fields.length > maxListed ? " and more" : "";
    const has = fields.length === 0 ? "has none" : `has ${listed.join(", ")}${more}`;
    return `line ${line} has no field ${JSON.stringify(field)}: it ${has}; name the source's and the target's field as the columns.`;
  },
  notText: ({ line, field, found }) =>
    `line ${line} has ${found} in the field ${JSON.stringify(field)}; give a text.`,
  nulField: ({ line, field }) =>
    `line ${line} holds a NUL character in the field ${JSON.stringify(field)}; remove it.`,
};

/** Data that cannot be read; its message is a sentence that begins with the name of the file. */
export class DataError extends UserError {
  /** The name of the file. */
  readonly file: string;
  readonly fault: DataFault;

  constructor(file: string, fault: DataFault) {
    super(`${file}: ${sentenceOf(sentences, fault)}`);
    this.file = file;
    this.fault = fault;
  }
}
