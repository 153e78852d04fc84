/** @file Pairs of the reader's own, from a text or a file: read, reported and divided as by `seq2see train`. */

import type { ParseCsv } from "../data/csv.ts";
import { blankSide } from "../data/droppedPairs.ts";
import { gzipStart, startsWith } from "../data/encodings.ts";
import { holdOut, leastToDivide, without } from "../data/heldOut.ts";
import { type PairReader, pairsInMemory, type SentencePair } from "../data/pairs.ts";
import { type CorpusSurvey, surveyCorpus } from "../data/survey.ts";
import { rowsOf } from "../data/tableRows.ts";
import { formatOf, type TableFormat, tableEnding } from "../data/tables.ts";
import { linesOf, textOfBytes } from "../data/textOfBytes.ts";
import { normalizeText } from "../text/normalize.ts";
import type { TextPair } from "../training/memory/memoryRun.ts";
import { choiceFor, corpusFacts } from "../training/plan/corpusDefaults.ts";
import { OwnPairsError } from "./ownPairsFault.ts";
import type { TaskPairs } from "./task.ts";

/** The largest file that a page learns from: training sees a small part of more in the minutes that people watch. */
export const mostOwnBytes = 5_000_000;

/** A file of the reader's, or a text under a name. */
export interface OwnFile {
  /** Its ending tells the format; without one that does, the first line tells it. */
  readonly name: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

/** The reader's own pairs, ready to be learned. */
export interface OwnPairs {
  readonly pairs: TaskPairs;
  /**
   * The tokenizer that training chooses for them: letters if one side is single words, otherwise pieces of words, more of
   * them the more pairs there are.
   */
  readonly tokenizer: string;
  readonly format: TableFormat;
  /** What was found in the file, dropped lines included. */
  readonly survey: CorpusSurvey;
}

/** What a page hands over as a file. */
interface GivenFile {
  readonly name: string;
  readonly size: number;
  arrayBuffer(): Promise<ArrayBuffer>;
}

/**
 * Reads a file of the reader's.
 *
 * @throws OwnPairsError if it is too large, or cannot be read, such as a folder.
 */
export async function readOwnFile(file: GivenFile): Promise<OwnFile> {
  const { name, size } = file;
  if (size > mostOwnBytes) throw tooLarge(name, size);
  const bytes = await file.arrayBuffer().catch(() => {
    throw new OwnPairsError(name, { kind: "unreadable" });
  });
  return { name, bytes: new Uint8Array(bytes) };
}

/** The bytes of a text that was pasted. */
export function ownText(text: string, name: string): OwnFile {
  return { name, bytes: new TextEncoder().encode(text) };
}

/**
 * Reads pairs from a table of two columns: tab-separated, CSV or JSON Lines, plain or gzipped. More columns are left out. A
 * first line that names columns "source" and "target" is not a pair, and tells which columns are meant.
 *
 * @throws OwnPairsError or DataError, each with one sentence, if they cannot be read, are too many or too few.
 */
export async function readOwnPairs(file: OwnFile): Promise<OwnPairs> {
  const { name } = file;
  const text = textOfBytes(await unpacked(file), name);
  if (text.trim() === "") throw new OwnPairsError(name, { kind: "empty" });
  const format = formatIn(text, name);
  const found = await pairsIn(text, { name, format });
  const corpus: PairReader = {
    name,
    async *read() {
      yield* found;
    },
  };
  if (found.every((pair) => blankSide(pair) !== undefined)) {
    throw new OwnPairsError(name, { kind: "allDropped", pairs: found.length });
  }
  const survey = await surveyCorpus(corpus, { lowercase: false });
  const { total, heldOut } = await holdOut(corpus);
  if (total < leastToDivide) {
    throw new OwnPairsError(name, { kind: "few", pairs: total, least: leastToDivide });
  }
  if (heldOut === null) throw new OwnPairsError(name, { kind: "alike", pairs: total });
  const train: TextPair[] = [];
  for await (const pair of without(corpus, heldOut).read()) {
    if (blankSide(pair) === undefined) train.push(textsOf(pair));
  }
  const learned = await surveyCorpus(pairsInMemory(train, name), { lowercase: false });
  const { tokenizer } = choiceFor(corpusFacts(learned, false), { limits: {}, hidden: undefined });
  return { pairs: { train, heldOut: heldOut.pairs.map(textsOf) }, tokenizer, format, survey };
}

/** A pair in the form that models read and write, in which outputs are compared. */
const textsOf = ({ source, target }: SentencePair): TextPair => ({
  source: normalizeText(source),
  target: normalizeText(target),
});

/** The bytes of a file, unpacked if they are gzipped; not more than a page takes. */
async function unpacked({ name, bytes }: OwnFile): Promise<Uint8Array> {
  if (bytes.length > mostOwnBytes) throw tooLarge(name, bytes.length);
  if (!startsWith(bytes, gzipStart)) return bytes;
  const reader = new Blob([bytes])
    .stream()
    .pipeThrough(new DecompressionStream("gzip"))
    .getReader();
  const parts: Uint8Array[] = [];
  let length = 0;
  for (;;) {
    const { done, value } = await reader.read().catch(() => {
      throw new OwnPairsError(name, { kind: "damagedGzip" });
    });
    if (done) break;
    parts.push(value);
    length += value.length;
    if (length > mostOwnBytes) {
      // Not awaited, because nobody may ever read the rest.
      void reader.cancel().catch(() => undefined);
      throw tooLarge(name, length);
    }
  }
  const whole = new Uint8Array(length);
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

const tooLarge = (name: string, bytes: number): OwnPairsError =>
  new OwnPairsError(name, { kind: "large", bytes, most: mostOwnBytes });

/** The format by the ending of the name, or by the first line that says something. */
function formatIn(text: string, name: string): TableFormat {
  const ending = tableEnding.exec(name)?.groups?.["format"]?.toLowerCase();
  if (ending !== undefined && ending !== "txt") return formatOf({ path: name });
  const first = text.split(/[\r\n]/, 1000).find((line) => line.trim() !== "") ?? "";
  if (first.trimStart().startsWith("{")) return "jsonl";
  return first.includes("\t") ? "tsv" : "csv";
}

async function pairsIn(
  text: string,
  { name, format }: { readonly name: string; readonly format: TableFormat },
): Promise<SentencePair[]> {
  const pairs: SentencePair[] = [];
  const columns = columnsIn(text, format);
  const rows = rowsOf(linesOf(text), { name, columns, format, parse: parseCsvWhole });
  for await (const { cells, line } of rows) {
    const [source, target] = cells as [string, string];
    pairs.push({ source, target, line });
  }
  return pairs;
}

const named = ["source", "target"] as const;

/** The columns by their names, where the first line has these; otherwise the first two. */
function columnsIn(text: string, format: TableFormat): readonly string[] {
  if (format === "jsonl") return fieldsIn(text);
  const [header = ""] = text.split(/[\r\n]/, 1);
  const cells = header.split(/[\t;,]/).map((cell) => cell.trim().replace(/^"(.*)"$/, "$1"));
  return named.every((name) => cells.includes(name)) ? named : ["1", "2"];
}

/** The fields `source` and `target`, or else the first two texts of the first object. */
function fieldsIn(text: string): readonly string[] {
  const first = text.split(/[\r\n]/, 1000).find((line) => line.trim() !== "") ?? "";
  try {
    const row = JSON.parse(first) as Readonly<Record<string, unknown>>;
    const texts = Object.keys(row).filter((field) => typeof row[field] === "string");
    const [source, target] = texts;
    if (named.every((name) => texts.includes(name)) || !source || !target) return named;
    return [source, target];
  } catch {
    // Its line is reported when it is read.
    return named;
  }
}

/** csv-parse without streams; it is fetched when it is first needed. */
const parseCsvWhole: ParseCsv = async function* (text, options) {
  const { parse } = await import("csv-parse/browser/esm/sync");
  let whole = "";
  for await (const part of text) whole += part;
  yield* parse(whole, options) as string[][];
};
