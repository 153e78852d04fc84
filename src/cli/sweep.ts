import type { Command } from "commander";
import type { SweepHooks, SweepOptions } from "../library/seq2seqSweep.ts";
import { sweep, sweepFiles } from "../library/seq2seqSweep.ts";
import { sweepMarkdown } from "../library/sweepTable.ts";
import type { Option as Row } from "../options/option.ts";
import { takenBy } from "../options/option.ts";
import { counted } from "../tensor/counted.ts";
import { UserError } from "../tensor/errors.ts";
import { launchOf } from "../training/node/mpi/launch.ts";
import { variableOptions } from "../training/plan/grid.ts";
import { keyOfFlag } from "./flagSpelling.ts";
import { repeated } from "./models.ts";
import { wholeFrom } from "./numbers.ts";
import { standardOutput } from "./standardOutput.ts";
import { withTrainingHooks } from "./trainingHooks.ts";
import { addTrainOptions, trainRequest } from "./trainOptions.ts";

const examples = `
Trains every combination of the values of --vary with several seeds. Each run gets a folder in --out, such as
hidden-128_seed-1, which is an ordinary model: translate with it, or open it in the studio. After each run, the
tables in --out are written anew: sweep.md and sweep.csv with mean and standard deviation over the seeds,
runs.csv with every run. A run is measured on --dev: perplexity, BLEU and exact match with a beam of 5. Unless you give
--evaluate-every, a run with --steps is evaluated ten times and one with --epochs after each epoch, not by time: so a
repeated sweep gives the same results.

Run the same command again after a stop: it skips the runs that have ended and resumes the one that was stopped. You
may add values and seeds. All options of train apply to every run; see seq2see train --help-all.

Examples:
  Two sizes, two rates of dropout, three seeds: twelve runs
    $ seq2see sweep --data pairs.tsv --dev dev.tsv --out grid --epochs 5 --vary hidden=128,256 --vary dropout=0.1,0.3
  Attention or none, with five seeds
    $ seq2see sweep --data pairs.tsv --dev dev.tsv --out attention --minutes 10 --seeds 5 --vary attention=none,general,additive
  How much one training differs from the next: only the seed varies
    $ seq2see sweep --data pairs.tsv --dev dev.tsv --out spread --steps 2000 --seeds 5
  A switch, and tokenizers
    $ seq2see sweep --data pairs.tsv --dev dev.tsv --out text --epochs 3 --vary input-feeding=yes,no --vary tokenizer=char,bpe:2000
`;

/**
 * Adds `seq2see sweep`.
 *
 * @param run sweeps with the typed options; tests replace it.
 */
export function addSweepCommand(program: Command, run: typeof sweep = sweep): void {
  const command = program
    .command("sweep")
    .description("train a grid of models with several seeds, and compare them in a table")
    .option(
      "--vary <name=values>",
      "an option of train and its values, such as hidden=128,256; repeat it for a grid",
      repeated,
    )
    .option("--seeds <n>", "seeds of each combination, from --seed on (default: 3)", wholeFrom(1));
  addTrainOptions(command, { basic: ["--vary", "--seeds", "--seed"], leftOut: ["resume"] })
    .addHelpText("after", examples)
    .action(async (given: Record<string, unknown>, command: Command) => {
      if (launchOf()) {
        throw new UserError(
          "seq2see sweep trains one model after the other in one process: start it without mpirun; train can be started with it.",
        );
      }
      const { vary = [], seeds, ...rest } = given;
      const shared = await trainRequest(rest, command);
      const options: SweepOptions = {
        ...shared,
        vary: variedOf(vary as readonly string[]),
        ...(seeds !== undefined && { seeds: seeds as number }),
      };
      await runSweep(options, run);
    });
}

/** Parses the values of `--vary`. Throws UserError if one has another form. */
function variedOf(typed: readonly string[]): Record<string, unknown[]> {
  const varied: Record<string, unknown[]> = {};
  for (const text of typed) {
    const [, name = "", list = ""] = /^(?:--)?([\w-]+)=(.+)$/s.exec(text) ?? [];
    if (name === "") {
      throw new UserError(
        `--vary ${text}: write the name of an option and its values, such as hidden=128,256.`,
      );
    }
    const key = keyOfFlag(name);
    if (Object.hasOwn(varied, key)) {
      throw new UserError(
        `--vary ${text}: ${name} is given twice; give all its values at once, with commas between.`,
      );
    }
    const row = Object.hasOwn(variableOptions, key) ? variableOptions[key] : undefined;
    varied[key] = list.split(",").map((value) => typedValue(value.trim(), row));
  }
  return varied;
}

/** A typed value in the form that the option takes, or as it is: the library says what is wrong with it. */
function typedValue(text: string, row: Row | undefined): unknown {
  if (row === undefined) return text;
  const { isSwitch, isNumber } = takenBy(row.schema);
  if (isSwitch && ["yes", "true", "on"].includes(text)) return true;
  if (isSwitch && ["no", "false", "off"].includes(text)) return false;
  return isNumber && text !== "" && Number.isFinite(Number(text)) ? Number(text) : text;
}

async function runSweep(options: SweepOptions, run: typeof sweep): Promise<void> {
  const { result, status } = await withTrainingHooks((hooks) => {
    const sweepHooks: SweepHooks = {
      ...hooks,
      onRun: ({ name, number, count }) => hooks.log(`Run ${number} of ${count}: ${name}`),
    };
    return run(options, sweepHooks);
  });
  const { out, runs, count, isInterrupted } = result;
  if (runs.length > 0) await standardOutput.print(sweepMarkdown(runs));
  console.error(
    isInterrupted
      ? `Stopped with ${runs.length} of ${counted(count, "run")} done; run the same command again to go on.`
      : `Done: ${counted(count, "run")}; the tables are in ${out}: ${Object.values(sweepFiles).slice(1).join(", ")}.`,
  );
  if (isInterrupted) process.exitCode = status;
}
