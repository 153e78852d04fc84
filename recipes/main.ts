/**
 * @file Reproducible trainings, with one command each:
 *
 *     npm run recipe -- studio/dates
 *
 * docs/recipes.md lists them with their results.
 */
import { basename, dirname, join, resolve } from "node:path";
import { Command } from "commander";
import { UserError } from "../src/tensor/errors.ts";
import { captions } from "./captions.ts";
import { dates } from "./dates.ts";
import { everydayFile, everydaySentences, writeEveryday } from "./everyday.ts";
import { pronunciation } from "./pronunciation.ts";
import type { Recipe, RecipeOptions } from "./recipe.ts";
import { type RunOptions, runRecipe } from "./runRecipe.ts";
import { seq2see } from "./seq2seeCommands.ts";
import { studioRecipe } from "./studioModel.ts";
import { studioModels } from "./studioModels.ts";
import { summaries } from "./summaries.ts";
import { translation } from "./translation.ts";

const recipes: readonly Recipe[] = [
  ...[translation, pronunciation, dates, summaries, captions],
  ...studioModels.map(studioRecipe),
];

const examples = `
Examples:
  $ npm run recipe -- studio/dates
  $ npm run recipe -- pronunciation --minutes 60
  $ npm run recipe -- pronunciation --minutes 90        resumes it
  $ npm run recipe -- translation --corpus multi30k --corpora my-corpora
  $ npm run recipe -- studio/zh-en --corpora my-corpora
  $ npm run recipe -- studio/captions --prepare-only    the data and the training command
  $ npm run recipe -- everyday --model models/fr-en     its translations of everyday sentences
`;

const program = new Command("npm run recipe --")
  .description("Prepare data, train a model and evaluate it. Run again to resume.")
  .addHelpText("after", examples);
for (const recipe of recipes) addRecipe(recipe);
addEveryday();

try {
  await program.parseAsync();
} catch (error) {
  console.error(error instanceof UserError ? `recipe: ${error.message}` : error);
  process.exitCode = 1;
}

function addRecipe(recipe: Recipe): void {
  const command = program
    .command(recipe.name)
    .description(recipe.summary)
    .option("--work <folder>", `folder for data and model (default: ${defaultWork(recipe)})`)
    .option("--minutes <n>", `total training time (${usualTime(recipe)})`, minutes)
    .option("--threads <n>", "processor cores of the training (default: all)", threads)
    .option("--prepare-only", "prepare the data and show the training command");
  if (recipe.alias !== undefined) command.alias(recipe.alias);
  if (recipe.hasCorpora) {
    command.option("--corpora <folder>", "folder of your corpora");
  }
  if (recipe === translation) {
    command.option("--corpus <name>", "corpus: tatoeba, europarl, multi30k (default: tatoeba)");
  }
  command.action(async (flags: Omit<RunOptions, "work"> & { readonly work?: string }) => {
    const options = { ...flags, work: flags.work ?? defaultWork(recipe, flags) };
    process.exitCode = await runRecipe(recipe, options, seq2see, (line) => console.error(line));
  });
}

/** The table that a studio recipe writes at its end, for any model. */
function addEveryday(): void {
  program
    .command("everyday")
    .description(`write a model's translations of everyday sentences into its ${everydayFile}`)
    .requiredOption("--model <folder>", "the model's folder")
    .option(
      "--sentences <file>",
      `table with the columns source and reference (default: in ${dirname(everydaySentences(""))}, by the folder's name)`,
    )
    .action(async (flags: { readonly model: string; readonly sentences?: string }) => {
      const name = basename(resolve(flags.model));
      const set = studioModels.find((each) => each.name === name)?.everyday ?? name;
      const { model, sentences = everydaySentences(set) } = flags;
      const input = join(".tmp/recipes/everyday", `${name}.txt`);
      process.exitCode = await writeEveryday({ model, sentences, input }, seq2see);
    });
}

function threads(text: string): number {
  const value = Number(text);
  if (value > 0 && Number.isInteger(value)) return value;
  throw new UserError(`--threads ${text}: give a whole number above 0.`);
}

function usualTime({ minutes }: Recipe): string {
  return minutes === null ? "default: until the recipe's last epoch" : `default: ${minutes}`;
}

function defaultWork(recipe: Recipe, options: Omit<RecipeOptions, "work"> = {}): string {
  const variant = recipe.variant?.(options);
  return join(".tmp/recipes", variant === undefined ? recipe.name : `${recipe.name}-${variant}`);
}

function minutes(text: string): number {
  const value = Number(text);
  if (value > 0 && Number.isFinite(value)) return value;
  throw new UserError(`--minutes ${text}: give a number above 0.`);
}
