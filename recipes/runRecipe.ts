import { existsSync } from "node:fs";
import { mkdir } from "node:fs/promises";
import { UserError } from "../src/tensor/errors.ts";
import { runPath } from "../src/training/node/runFolder.ts";
import type { Command, CommandRunner, Recipe, RecipeOptions } from "./recipe.ts";
import { paths, readPrepared, readTrained, writePrepared, writeTrained } from "./workFolder.ts";

/** What to do with a recipe. */
export interface RunOptions extends RecipeOptions {
  readonly minutes?: number | undefined;
  /** The threads of the training, if it is of one model. */
  readonly threads?: number | undefined;
  readonly prepareOnly?: boolean | undefined;
}

/**
 * Prepares the data, trains and evaluates. Steps that an earlier run in the same folder completed are skipped,
 * and an interrupted training resumes.
 *
 * @param log receives progress lines.
 * @returns the exit status: 0, or that of the command that failed.
 * @throws UserError if the data are not available, or the folder holds other data.
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
  const finished = (await recipe.finish?.(options, runner)) ?? 0;
  if (finished !== 0) return finished;
  const models = membersOf(recipe, options).flatMap(({ model }) => ["--model", model]);
  for (const [name = "", ...rest] of recipe.evaluations(options)) {
    const ended = await runner.run([name, ...models, ...rest]);
    if (ended !== 0) return ended;
  }
  for (const line of (await recipe.measure?.(options, runner, models)) ?? []) log(line);
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
      `--work ${work}: the folder cannot be created (${error.message}); choose another.`,
    );
  });
  const before = await readPrepared(work);
  if (before !== null && before.origin !== origin) {
    throw new UserError(
      `--work ${work}: the folder holds data from ${before.origin}, not from ${origin}; choose another folder.`,
    );
  }
  log(`Data from ${origin}, in ${paths.data(work)}${before ? " (reused)" : ""}:`);
  const summary = before?.summary ?? (await recipe.prepare(options));
  if (before === null) await writePrepared(work, { origin, summary });
  for (const line of summary) log(`  ${line}`);
}

/** A model of a recipe. */
interface Member {
  readonly model: string;
  /** The options that only this member's training has. */
  readonly own: Command;
  readonly label?: string;
}

function membersOf({ members = 1 }: Recipe, { work, threads }: RunOptions): Member[] {
  if (members === 1) {
    const own = threads === undefined ? [] : ["--threads", String(threads)];
    return [{ model: paths.model(work), own }];
  }
  return Array.from({ length: members }, (_, index) => ({
    model: paths.member(work, index + 1),
    own: ["--seed", String(index + 1), "--threads", "1"],
    label: `model ${index + 1}: `,
  }));
}

async function train(
  recipe: Recipe,
  options: RunOptions,
  runner: CommandRunner,
  log: (line: string) => void,
): Promise<number> {
  const { work, minutes = recipe.minutes } = options;
  const members = membersOf(recipe, options);
  const training = recipe.training(options);
  const begin = ({ model, own }: Member): Command => ["train", ...training, ...own, "--out", model];
  const limit = minutes === null ? [] : ["--minutes", String(minutes)];
  if (options.prepareOnly) {
    for (const member of members) {
      log(`Train with: npx seq2see ${[...begin(member), ...limit].join(" ")}`);
    }
    return 0;
  }
  const before = await readTrained(work);
  if (before !== null && isLongEnough(before.minutes, minutes)) {
    for (const { model } of members) log(doneLine(model, before.minutes));
    return 0;
  }
  const statuses = await Promise.all(
    members.map((member) => {
      const isBegun = existsSync(runPath(member.model, "checkpoint"));
      const goOn: Command = ["train", "--out", member.model, "--resume"];
      return runner.run(
        [...(isBegun ? goOn : begin(member)), ...limit, ...(isBegun ? limitsOf(training) : [])],
        member.label,
      );
    }),
  );
  const status = statuses.find((each) => each !== 0) ?? 0;
  if (status === 0) await writeTrained(work, { minutes });
  if (status > 128) log("Stopped. Run the same command again to resume.");
  return status;
}

/** Whether a training that ended at a limit has nothing more to do under another; null is the end that its recipe sets. */
function isLongEnough(before: number | null, now: number | null): boolean {
  return before === null || (now !== null && now <= before);
}

function doneLine(model: string, minutes: number | null): string {
  return minutes === null
    ? `The model in ${model} is trained.`
    : `The model in ${model} was trained with a limit of ${minutes} minutes; raise --minutes to continue.`;
}

/** A resumed run keeps only the limits that are given again. */
function limitsOf(training: Command): string[] {
  return ["--epochs", "--steps"].flatMap((name) => {
    const at = training.indexOf(name);
    return at < 0 ? [] : [name, training[at + 1] as string];
  });
}
