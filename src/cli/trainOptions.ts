/** @file The options of a training on the command line, for every command that trains. */

import type { Command } from "commander";
import { Option } from "commander";
import { modelOptions } from "../models/options.ts";
import type { OptionTable, Option as Row } from "../options/option.ts";
import type { TrainOptions } from "../training/plan/options.ts";
import { trainingOptions } from "../training/plan/options.ts";
import { fileOptions } from "./configFile.ts";
import { flagOf } from "./flagSpelling.ts";
import { addShortHelp } from "./shortHelp.ts";
import { addOptions } from "./tableOptions.ts";

const modelKeys = Object.entries<Row>(modelOptions).flatMap(([key, { isDerived }]) =>
  isDerived ? [] : [key],
);

/** The options of a run and of its model, by key; `preset` is an option of the run. */
export const trainTable: OptionTable = { ...modelOptions, ...trainingOptions };

/**
 * Adds the options of both tables, with the model's in the group "Model" of the help.
 *
 * @param basic   the command's own flags that short help shows too.
 * @param leftOut keys of options that the command does not have.
 */
export function addTrainOptions(
  command: Command,
  {
    basic: own = [],
    leftOut = [],
  }: { basic?: readonly string[]; leftOut?: readonly string[] } = {},
): Command {
  const rows = Object.entries<Row>(trainingOptions).filter(([key]) => !leftOut.includes(key));
  const end = rows.findLastIndex(([, { group }]) => group === "Model") + 1;
  addOptions(command, Object.fromEntries(rows.slice(0, end)));
  const help = "JSON file of options, named as here or as in the library; flags override it";
  command.addOption(new Option("--config <file>", help).helpGroup("The run:"));
  addOptions(command, modelOptions);
  addOptions(command, Object.fromEntries(rows.slice(end)));
  const basic = new Set([
    ...own,
    ...Object.entries(trainTable).flatMap(([key, { isBasic }]) => (isBasic ? [flagOf(key)] : [])),
  ]);
  return addShortHelp(command, basic);
}

/**
 * The options of a training as the library takes them: those of `--config`, and the typed ones, which come first.
 *
 * @throws UserError if the file of options cannot be read or has a fault.
 */
export async function trainRequest(
  given: Record<string, unknown>,
  command: Command,
): Promise<TrainOptions> {
  const file = given["config"];
  return requestOf({
    ...(typeof file === "string" && (await fileOptions(file, trainTable))),
    ...explicit(given, command),
  });
}

/** The typed options only: commander's defaults must not override a configuration file. */
function explicit(given: Record<string, unknown>, command: Command): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(given).filter(
      ([key]) => command.getOptionValueSource(key) === "cli" && key !== "config",
    ),
  );
}

/** The options of the library, with the model's options in the object `model`. */
function requestOf(options: Record<string, unknown>): TrainOptions {
  const isOfModel = ([key]: [string, unknown]): boolean => modelKeys.includes(key);
  const entries = Object.entries(options);
  const model = Object.fromEntries(entries.filter(isOfModel));
  const rest = Object.fromEntries(entries.filter((entry) => !isOfModel(entry)));
  return { ...rest, model } as unknown as TrainOptions;
}
