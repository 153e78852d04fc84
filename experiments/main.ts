/** @file `npm run experiments -- NAME`: tests a paper's claim and writes the results. See docs/experiments.md. */

import { availableParallelism } from "node:os";
import { join } from "node:path";
import { Command, InvalidArgumentError } from "commander";
import { UserError } from "../src/tensor/errors.ts";
import { experiments } from "./catalog.ts";
import type { Context, Experiment } from "./running/experiment.ts";
import { writeResults } from "./writeResults.ts";
import { machineText } from "./writing/machine.ts";

interface Flags {
  readonly corpora: string;
  readonly work: string;
  readonly out: string;
  readonly minutes?: number;
  readonly seeds?: number;
  readonly jobs?: number;
  readonly threads: number;
  readonly vectors: string;
  readonly model: string;
  readonly list?: true;
}

const examples = `
Examples:
  $ npm run experiments -- --list
  $ npm run experiments -- analogies
  $ npm run experiments -- reversal --corpora ../shared/data
  $ npm run experiments -- alignment --minutes 1 --seeds 1 --out .tmp/trial      a trial, of which the page says so
  $ npm run experiments -- analogies --vectors glove.6B.100d.txt --model my-model

A run that was stopped goes on where it was by the same command.
`;

/** Parses a number above 0. */
function positive(text: string): number {
  const value = Number(text);
  if (text.trim() === "" || !(value > 0 && Number.isFinite(value))) {
    throw new InvalidArgumentError("Give a number above 0.");
  }
  return value;
}

/** Parses a whole number from 1. */
function whole(text: string): number {
  const value = positive(text);
  if (!Number.isInteger(value)) throw new InvalidArgumentError("Give a whole number from 1.");
  return value;
}

const program = new Command("experiments")
  .description(
    "Test a claim of a paper at a small size, and write a page with tables, a figure and a verdict.",
  )
  .argument("[name]", `one of ${experiments.map(({ about }) => about.name).join(", ")}`)
  .option("--list", "list the experiments and their durations")
  .option("--corpora <folder>", "folder of the corpora", "../shared/data")
  .option(
    "--minutes <n>",
    "processor minutes of each training (default: the experiment's own)",
    positive,
  )
  .option("--seeds <n>", "trainings of each side (default: the experiment's own)", whole)
  .option("--jobs <n>", "simultaneous trainings (default: as many as there are processors)", whole)
  .option("--threads <n>", "threads of each training and its evaluation", whole, 1)
  .option("--work <folder>", "folder of finished trainings", ".tmp/experiments")
  .option("--out <folder>", "folder for the page and its figures", "docs/results")
  .option("--vectors <file>", "for analogies: pretrained word vectors", "models/vectors")
  .option("--model <folder>", "for analogies: a model that translates into English", "models/fr-en")
  .addHelpText("after", examples)
  .action(start);

function list(): void {
  for (const { about, intended, trainings } of experiments) {
    console.log(`${about.name.padEnd(14)}${about.title} (${about.paper.label})`);
    const each = intended
      ? `${trainings * intended.seeds} trainings of ${intended.minutes} minutes, ${((trainings * intended.seeds * intended.minutes) / 120).toFixed(1)} hours on two cores`
      : "trains nothing";
    console.log(`${"".padEnd(14)}${each}`);
  }
}

async function start(name: string | undefined, flags: Flags): Promise<void> {
  if (flags.list) {
    list();
    return;
  }
  const experiment = experiments.find(({ about }) => about.name === name);
  if (!experiment) {
    const what = name === undefined ? "Say which experiment" : `There is no experiment "${name}"`;
    throw new UserError(`${what}: ${experiments.map(({ about }) => about.name).join(", ")}.`);
  }
  const controller = new AbortController();
  const stop = (): void => {
    if (controller.signal.aborted) process.exit(130);
    console.error("Stopping after this step; press Ctrl-C again to stop at once.");
    controller.abort();
  };
  process.on("SIGINT", stop);
  process.on("SIGTERM", stop);
  try {
    await runExperiment(experiment, flags, controller.signal);
  } catch (error) {
    if (controller.signal.aborted) process.exitCode = 130;
    throw error;
  } finally {
    process.off("SIGINT", stop);
    process.off("SIGTERM", stop);
  }
}

async function runExperiment(
  experiment: Experiment,
  flags: Flags,
  signal: AbortSignal,
): Promise<void> {
  const { about, intended } = experiment;
  const { corpora, threads, vectors, model } = flags;
  const jobs = flags.jobs ?? Math.max(1, Math.floor(availableParallelism() / threads));
  const minutes = flags.minutes ?? intended?.minutes ?? 0;
  const seeds = flags.seeds ?? intended?.seeds ?? 0;
  const context: Context = {
    corpora,
    jobs,
    threads,
    vectors,
    model,
    minutes,
    seeds,
    signal,
    work: join(flags.work, about.name),
    log: (line) => console.error(`${new Date().toISOString().slice(11, 19)} ${line}`),
  };
  const report = await experiment.run(context);
  const { outcome, reason } = report.verdict;
  const path = await writeResults(flags.out, experiment, report, {
    command: commandText(about.name, flags),
    machine: machineText(),
    jobs,
    threads,
    intended,
    date: new Date().toISOString().slice(0, 10),
    given: intended ? { minutes, seeds } : null,
  });
  console.log(`${outcome}: ${reason}`);
  console.log(`The page is ${path}.`);
}

/** The command that reproduces the numbers; folders, which do not affect them, are omitted. */
function commandText(name: string, { minutes, seeds, threads, vectors, model }: Flags): string {
  const numbers = Object.entries({
    minutes,
    seeds,
    threads: threads === 1 ? undefined : threads,
  });
  const given = numbers.filter(([, value]) => value !== undefined);
  return [
    `npm run experiments -- ${name}`,
    ...given.map(([option, value]) => `--${option} ${value}`),
    ...(name === "analogies" && vectors !== "models/vectors" ? [`--vectors ${vectors}`] : []),
    ...(name === "analogies" && model !== "models/fr-en" ? [`--model ${model}`] : []),
  ].join(" ");
}

try {
  await program.parseAsync();
} catch (error) {
  if (!(error instanceof UserError)) throw error;
  console.error(`experiments: ${error.message}`);
  process.exitCode ??= 1;
}
