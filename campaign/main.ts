/** @file `npm run campaign`: injects faults and counts the outcomes; see docs/reliability.md. */

import { existsSync } from "node:fs";
import { mkdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { Command, InvalidArgumentError } from "commander";
import { machineText } from "../experiments/writing/machine.ts";
import { UserError } from "../src/tensor/errors.ts";
import { Random } from "../src/tensor/random.ts";
import { prepareMaterial } from "./material.ts";
import { campaignTable, type Result, writeTable } from "./report.ts";
import type { Trial } from "./trial.ts";
import { damagedModel } from "./trials/damagedModel.ts";
import { damagedRun } from "./trials/damagedRun.ts";
import { killedTranslation } from "./trials/killedTranslation.ts";
import { kills } from "./trials/kills.ts";
import { replacedModel } from "./trials/replacedModel.ts";
import { requests } from "./trials/requests.ts";
import { shutdown } from "./trials/shutdown.ts";
import { twoRuns } from "./trials/twoRuns.ts";

const trials: readonly Trial[] = [
  kills,
  twoRuns,
  damagedRun,
  damagedModel,
  killedTranslation,
  requests,
  replacedModel,
  shutdown,
];

/** The page with the table. */
const page = "docs/reliability.md";

interface Flags {
  readonly quick?: true;
  readonly only?: string;
  readonly seed: number;
  readonly work: string;
  readonly write?: true;
}

const examples = `
Examples:
  $ npm run campaign -- --quick                 a tenth of the attempts
  $ npm run campaign -- --write                 under an hour; puts the table into ${page}
  $ npm run campaign -- --only requests --seed 7
`;

function wholeNumber(text: string): number {
  if (!/^\d{1,9}$/.test(text)) throw new InvalidArgumentError("Give a whole number from 0.");
  return Number(text);
}

const program = new Command("npm run campaign --")
  .description("Inject faults into the program many times and count the outcomes.")
  .option("--quick", "fewer attempts of each trial")
  .option("--only <trial>", `one of: ${trials.map(({ name }) => name).join(", ")}`)
  .option("--seed <n>", "seed of all randomness", wholeNumber, 1)
  .option("--work <folder>", "folder for models and their copies", ".tmp/campaign")
  .option("--write", `put the table into ${page}`)
  .addHelpText("after", examples)
  .action(async (flags: Flags) => {
    const results = await runTrials(chosen(flags), flags);
    const command = `npm run campaign --${flags.quick ? " --quick" : ""} --seed ${flags.seed}`;
    const table = campaignTable(results, `\`${command}\`, ${machineText()}`);
    console.log(table);
    for (const { trial, tally } of results) {
      for (const failure of tally.failures) console.log(`${trial.name}: ${failure}`);
    }
    if (flags.write) await writeTable(page, table);
    if (results.some(({ tally }) => tally.failures.length > 0)) process.exitCode = 1;
  });

function chosen({ only }: Flags): readonly Trial[] {
  const found = trials.filter(({ name }) => only === undefined || name === only);
  if (found.length > 0) return found;
  throw new UserError(`--only ${only}: give one of ${trials.map(({ name }) => name).join(", ")}.`);
}

async function runTrials(list: readonly Trial[], { quick, seed, work }: Flags): Promise<Result[]> {
  if (!existsSync("dist/cli/main.js")) {
    throw new UserError("The program is not built; run npm run build first.");
  }
  const log = (line: string): void => {
    console.error(`${new Date().toISOString().slice(11, 19)} ${line}`);
  };
  const material = await prepareMaterial(join(work, "material"));
  const results: Result[] = [];
  for (const trial of list) {
    const folder = join(work, trial.name.replaceAll(" ", "-"));
    await rm(folder, { recursive: true, force: true });
    await mkdir(folder, { recursive: true });
    const count = quick ? trial.counts.quick : trial.counts.whole;
    log(`${trial.name}: ${trial.about}`);
    const began = performance.now();
    const context = { material, folder, count, random: new Random(seed), log };
    const tally = await trial.run(context);
    const minutes = (performance.now() - began) / 60_000;
    log(`${trial.name}: ${tally.attempts} attempts, ${tally.failures.length} failures`);
    results.push({ trial, tally, minutes });
    await rm(folder, { recursive: true, force: true });
  }
  return results;
}

try {
  await program.parseAsync();
} catch (error) {
  console.error(error instanceof UserError ? `campaign: ${error.message}` : error);
  process.exitCode = 1;
}
