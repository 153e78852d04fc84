import type { Command } from "commander";
import { inChunks } from "../data/chunks.ts";
import { pathsOf } from "../data/pairs.ts";
import { formatOf } from "../data/tables.ts";
import type { Scoring } from "../decoding/textModel.ts";
import { UserError } from "../tensor/errors.ts";
import type { DataOptions } from "./data.ts";
import { addDataOptions, pairSource } from "./data.ts";
import { isOpen, isRereadable } from "./inputs.ts";
import type { ModelFlags } from "./models.ts";
import { addModelOptions, loadModels } from "./models.ts";
import { type ScoredRow, ScoredRows } from "./scoredRows.ts";
import { endingCleanly } from "./signals.ts";
import { filesOf, scorePairs } from "./sources.ts";
import { standardOutput } from "./standardOutput.ts";

const examples = `
Prints for each pair the log-probability of the target in nats, and its number of tokens including the end
symbol. With --keep-columns, prints each row with two more columns: the log-probability, and the log-probability
per token. Use it to score the phrase pairs of another system, as Cho et al. (2014) did.

Scores are printed in order, each as soon as it is ready; from an open pipe, whenever no more pairs are waiting.
Files are checked completely before scoring starts; lines from a pipe are checked as they arrive.

Examples:
  $ seq2see score --model my-model --data pairs.tsv
  $ seq2see score --model my-model --data phrases.tsv --keep-columns > scored.tsv
  $ seq2see score --model one --model two --data pairs.tsv          an ensemble
`;

interface ScoreFlags extends DataOptions, ModelFlags {
  readonly json?: boolean;
  readonly keepColumns?: boolean;
}

/** Adds `seq2see score`. */
export function addScoreCommand(program: Command): void {
  const command = addModelOptions(
    program.command("score").description("compute the log-probability of given translations"),
  );
  addDataOptions(command)
    .option("--json", "print one JSON object per line, with the log-probability of every token")
    .option("--keep-columns", "print the input rows with the scores as two more columns")
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
  const paths = pathsOf(source);
  const rows = new ScoredRows(source, flags.keepColumns ?? false);
  const model = await loadModels(flags);
  const files = filesOf(source, model);
  try {
    if (await isRereadable(paths)) {
      for await (const row of rows.read()) await files.check(row.source, row.line);
    }
    const chunks = inChunks(rows.read(), weightOf, await isOpen(paths));
    await endingCleanly(async () => {
      let first = 0;
      for await (const chunk of chunks) {
        const scores = await scorePairs(model, files, chunk, first);
        const lines = chunk.map(({ text }, index) => lineOf(scores[index] as Scoring, text, flags));
        if (first === 0 && rows.header !== null) {
          lines.unshift(`${rows.header}\tlog_probability\tper_token`);
        }
        await standardOutput.print(lines.join("\n"));
        first += chunk.length;
      }
    });
  } finally {
    await model.release();
  }
}

/** The cost of a pair: attention has a weight for each pair of tokens. */
const weightOf = ({ source, target }: ScoredRow): number =>
  Math.max(source.length, target.length) ** 2;

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
