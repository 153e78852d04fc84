import { existsSync } from "node:fs";
import { mkdir } from "node:fs/promises";
import { UserError } from "../src/tensor/errors.ts";
import { runPath } from "../src/training/runFolder.ts";
import type { Command, CommandRunner, Recipe, RecipeOptions } from "./recipe.ts";
import { paths, readPrepared, readTrained, writePrepared, writeTrained } from "./workFolder.ts";

/** What of a recipe is to be done. */
export interface RunOptions extends RecipeOptions {
  readonly minutes?: number | undefined;
  readonly prepareOnly?: boolean | undefined;
}

/**
 * Prepares the data, trains and measures; what an earlier run in the same folder has done is not done
 * again, and a training that was stopped goes on.
 *
 * @param log takes the lines that tell of it.
 * @returns the exit status: 0, or that of the command that did not succeed.
 * @throws UserError if the data cannot be had, or the folder holds others.
 */
export async function runRecipe(
  recipe: Recipe,
  options: RunOptions,
  runner: CommandRunner,
  log: (line: string) => void,
): Promise<number> {
  await prepare(recipe, options, log);
  const status = await train(recipe, options, runner, log);
  if (status !== 0 || options.prepareOnly) return status;
  const model = paths.model(options.work);
  for (const [name = "", ...rest] of recipe.evaluations(options)) {
    const ended = await runner.run([name, "--model", model, ...rest]);
    if (ended !== 0) return ended;
  }
  for (const line of (await recipe.measure?.(options, runner, model)) ?? []) log(line);
  return 0;
}

async function prepare(
  recipe: Recipe,
  options: RunOptions,
  log: (line: string) => void,
): Promise<void> {
  const { work } = options;
  const origin = recipe.origin(options);
  await mkdir(work, { recursive: true }).catch((error: Error) => {
    throw new UserError(
      `--work ${work}: the folder cannot be made (${error.message}); choose another.`,
    );
  });
  const before = await readPrepared(work);
  if (before !== null && before.origin !== origin) {
    throw new UserError(
      `--work ${work}: the data there are of ${before.origin}, not of ${origin}; choose another folder.`,
    );
  }
  log(`Data of ${origin}, in ${paths.data(work)}${before ? " (there already)" : ""}:`);
  const summary = before?.summary ?? (await recipe.prepare(options));
  if (before === null) await writePrepared(work, { origin, summary });
  for (const line of summary) log(`  ${line}`);
}

async function train(
  recipe: Recipe,
  options: RunOptions,
  runner: CommandRunner,
  log: (line: string) => void,
): Promise<number> {
  const { work, minutes = recipe.minutes } = options;
  const model = paths.model(work);
  const begin: Command = ["train", ...recipe.training(options), "--out", model];
  if (options.prepareOnly) {
    log(`Train with: npx seq2see ${[...begin, "--minutes", minutes].join(" ")}`);
    return 0;
  }
  const before = await readTrained(work);
  if (before !== null && minutes <= before) {
    log(
      `The model in ${model} was trained with a limit of ${before} minutes; more --minutes go on.`,
    );
    return 0;
  }
  const goOn = ["train", "--out", model, "--resume"];
  const command = existsSync(runPath(model, "checkpoint")) ? goOn : begin;
  const status = await runner.run([
    ...command,
    "--minutes",
    String(minutes),
    ...limits(recipe, options, command === goOn),
  ]);
  if (status === 0) await writeTrained(work, minutes);
  if (status === 130) log("Stopped. The same command again goes on from here.");
  return status;
}

/** A run that goes on keeps only the limits that are given again. */
function limits(recipe: Recipe, options: RunOptions, isResumed: boolean): string[] {
  const training = recipe.training(options);
  return isResumed
    ? ["--epochs", "--steps"].flatMap((name) => {
        const at = training.indexOf(name);
        return at < 0 ? [] : [name, training[at + 1] as string];
      })
    : [];
}
