import { readLines } from "../data/node/lines.ts";
import { readPairs } from "../data/node/readPairs.ts";
import type { PairSource, SentencePair } from "../data/pairs.ts";
import { describeSource } from "../data/pairs.ts";
import { nameOfPath } from "../data/paths.ts";
import { CellPicker } from "../data/tableCells.ts";
import type { Table } from "../data/tables.ts";
import { UserError } from "../tensor/errors.ts";
import { normalizeText } from "../text/normalize.ts";

/** A pair with its row as printed. */
export interface ScoredRow extends SentencePair {
  readonly text: string;
}

/** The pairs that `score` reads, each only once, so that they can come through a pipe. */
export class ScoredRows {
  /** The header line of a table with named columns; null if there is none, or it has not been read yet. */
  header: string | null = null;
  private readonly source: PairSource;
  private readonly keepsColumns: boolean;

  /** @param keepsColumns whether rows are kept as in the table, which must then be tab-separated. */
  constructor(source: PairSource, keepsColumns: boolean) {
    this.source = source;
    this.keepsColumns = keepsColumns;
  }

  /**
   * Yields the pairs in order.
   *
   * @throws UserError naming an invalid line, including one with an empty source.
   */
  async *read(): AsyncGenerator<ScoredRow> {
    const { source } = this;
    const rows =
      source.kind === "table" && this.keepsColumns ? this.tableRows(source) : pairRows(source);
    for await (const row of rows) {
      if (normalizeText(row.source) === "") {
        throw new UserError(
          `${describeSource(source)}: line ${row.line} has an empty source, of which nothing is a translation; remove it.`,
        );
      }
      yield row;
    }
  }

  private async *tableRows({ path, columns }: Table): AsyncGenerator<ScoredRow> {
    const name = nameOfPath(path);
    const picker = new CellPicker(columns, name, "tabs");
    let isEmpty = true;
    for await (const { text, line } of readLines(path)) {
      const row = picker.pick(text.split("\t"), line);
      if (row === null) {
        this.header = text;
        continue;
      }
      isEmpty = false;
      const [source, target] = row.cells as [string, string];
      yield { source, target, line, text };
    }
    if (isEmpty) throw new UserError(`${name} is empty: it has no pairs of sentences.`);
  }
}

/** Pairs as rows: source and target separated by a tab. */
async function* pairRows(source: PairSource): AsyncGenerator<ScoredRow> {
  for await (const pair of readPairs(source)) {
    yield { ...pair, text: `${pair.source}\t${pair.target}` };
  }
}
