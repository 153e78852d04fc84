import { readLines } from "../data/node/lines.ts";
import { readPairs } from "../data/node/readPairs.ts";
import type { PairSource, SentencePair } from "../data/pairs.ts";
import { describeSource } from "../data/pairs.ts";
import { nameOfPath } from "../data/paths.ts";
import { CellPicker } from "../data/tableCells.ts";
import type { Table } from "../data/tables.ts";
import { UserError } from "../tensor/errors.ts";
import { normalizeText } from "../text/normalize.ts";

/** A pair with its row as it is printed. */
export interface ScoredRow extends SentencePair {
  readonly text: string;
}

/** The pairs that `score` reads, each once, so that they may come through a pipe. */
export class ScoredRows {
  /** The first line of a table whose columns are named in it; null if there is none, or it was not read yet. */
  header: string | null = null;
  private readonly source: PairSource;
  private readonly keepsColumns: boolean;

  /** @param keepsColumns whether rows are wanted as they stand in the table, which has tabs then. */
  constructor(source: PairSource, keepsColumns: boolean) {
    this.source = source;
    this.keepsColumns = keepsColumns;
  }

  /**
   * Yields the pairs in order.
   *
   * @throws UserError naming the line that is wrong, be it only that its source is empty.
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

/** Pairs as rows: source and target with a tab between. */
async function* pairRows(source: PairSource): AsyncGenerator<ScoredRow> {
  for await (const pair of readPairs(source)) {
    yield { ...pair, text: `${pair.source}\t${pair.target}` };
  }
}
