import type { Command } from "commander";
import { keepStreams } from "../data/keptStreams.ts";
import { readLines } from "../data/lines.ts";
import type { PairSource, SentencePair } from "../data/pairs.ts";
import { describeSource, pathsOf, readPairs } from "../data/pairs.ts";
import { formatOf } from "../data/tables.ts";
import type { Scoring } from "../decoding/translator.ts";
import { UserError } from "../tensor/errors.ts";
import { normalizeText } from "../text/normalize.ts";
import type { DataOptions } from "./data.ts";
import { addDataOptions, pairSource } from "./data.ts";
import type { ModelFlags } from "./models.ts";
import { addModelOptions, loadModels } from "./models.ts";
import { wholeFrom } from "./numbers.ts";
import { filesOf, scorePairs } from "./sources.ts";
import { standardOutput } from "./standardOutput.ts";

const examples = `
Prints for each pair the log-probability of the target in nats, and the number of its tokens with the end. With
--keep-columns, prints each row as it is with two more columns: the log-probability, and the same divided by
the number of tokens. It scores the phrase pairs of other systems, as Cho et al. (2014) did.

Examples:
  $ seq2see score --model my-model --data pairs.tsv
  $ seq2see score --model my-model --data phrases.tsv --keep-columns > scored.tsv
  $ seq2see score --model one --model two --data pairs.tsv          an ensemble
`;

/** How many pairs are scored at a time: enough to sort by length, and few enough for any memory. */
const chunkSize = 4096;

interface ScoreFlags extends DataOptions, ModelFlags {
  readonly json?: boolean;
  readonly keepColumns?: boolean;
}

/** A pair with its row in the file. */
interface Row extends SentencePair {
  readonly text: string;
}

/** Adds `seq2see score`. */
export function addScoreCommand(program: Command): void {
  const command = addModelOptions(
    program.command("score").description("log-probability of given translations"),
  );
  addDataOptions(command)
    .option("--json", "print one JSON object a line, with every token's log-probability")
    .option("--keep-columns", "print the rows with their scores as two more columns")
    .option("--device <name>", "cpu, cuda or webgpu (default: cpu)")
    .option("--threads <n>", "(default: all processors)", wholeFrom(1))
    .addHelpText("after", examples)
    .action(score);
}

async function score(flags: ScoreFlags): Promise<void> {
  const source = pairSource(flags);
  if (flags.json && flags.keepColumns) {
    throw new UserError("--keep-columns: --json prints no rows; give only one of them.");
  }
  if (flags.keepColumns && source.kind === "table" && formatOf(source) !== "tsv") {
    throw new UserError(
      "--keep-columns: only rows of tab-separated tables are printed; leave it out, or save the table as TSV.",
    );
  }
  await keepStreams(pathsOf(source));
  await checkSources(source);
  const model = await loadModels(flags);
  const files = filesOf(source, model);
  try {
    const header = flags.keepColumns ? await headerOf(source) : null;
    if (header !== null) {
      await standardOutput.print(`${header}\tlog_probability\tper_token`);
    }
    for await (const rows of rowChunks(source)) {
      const scores = await scorePairs(model, files, rows);
      const lines = rows.map(({ text }, index) => lineOf(scores[index] as Scoring, text, flags));
      await standardOutput.print(lines.join("\n"));
    }
  } finally {
    await model.release();
  }
}

function lineOf(
  { logProbability, logProbabilities, tokens }: Scoring,
  row: string,
  { json, keepColumns }: ScoreFlags,
): string {
  if (json) return JSON.stringify({ logProbability, tokens, logProbabilities });
  const { length } = logProbabilities;
  const sum = logProbability.toFixed(6);
  return keepColumns
    ? `${row}\t${sum}\t${(logProbability / length).toFixed(6)}`
    : `${sum}\t${length}`;
}

/** A mistake is found before anything is printed. */
async function checkSources(source: PairSource): Promise<void> {
  for await (const pair of readPairs(source)) {
    if (normalizeText(pair.source) !== "") continue;
    throw new UserError(
      `${describeSource(source)}: line ${pair.line} has an empty source, of which nothing is a translation; remove it.`,
    );
  }
}

/** The first line of a table whose columns are named in it. */
async function headerOf(source: PairSource): Promise<string | null> {
  if (source.kind !== "table" || /^\d+$/.test(source.columns[0])) return null;
  for await (const { text } of readLines(source.path)) return text;
  return null;
}

/** The pairs with their rows, some at a time; of two files, a row is both lines with a tab between. */
async function* rowChunks(source: PairSource): AsyncGenerator<Row[]> {
  const lines = source.kind === "table" ? readLines(source.path) : null;
  let rows: Row[] = [];
  try {
    for await (const pair of readPairs(source)) {
      let next = await lines?.next();
      while (next && !next.done && next.value.line < pair.line) next = await lines?.next();
      rows.push({ ...pair, text: next?.value?.text ?? `${pair.source}\t${pair.target}` });
      if (rows.length < chunkSize) continue;
      yield rows;
      rows = [];
    }
    if (rows.length > 0) yield rows;
  } finally {
    await lines?.return(undefined);
  }
}
