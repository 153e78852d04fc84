import type { Command, Option } from "commander";
import { UserError } from "../tensor/errors.ts";
import { wordsBesideNumber } from "./numbers.ts";
import { readOptionFile } from "./optionFile.ts";

/**
 * Reads options from a JSON file: an object with their long names, as `learning-rate` or `learningRate`.
 *
 * @param path the value of `--config`.
 * @returns the options by the names that commander uses.
 * @throws UserError if it is no such file, or a value is not one that the option takes.
 */
export async function fileOptions(
  path: string,
  command: Command,
): Promise<Record<string, unknown>> {
  const parsed = await readJson(path);
  if (typeof parsed !== "object" || parsed === null || Array.isArray(parsed)) {
    throw unreadable(path, "it is not an object");
  }
  const result: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(parsed)) {
    const name = camelCase(key);
    const off = command.options.find((known) => known.negate && camelCase(known.name()) === name);
    if (off) {
      throw new UserError(
        `--config ${path}: "${key}" switches something off; write "${off.name().slice("no-".length)}": false instead.`,
      );
    }
    const option = command.options.find((known) => known.attributeName() === name);
    if (!option || name === "config") {
      throw new UserError(
        `--config ${path}: there is no option "${key}"; see seq2see train --help.`,
      );
    }
    if (Object.hasOwn(result, name)) {
      throw new UserError(
        `--config ${path}: "${key}" is there twice, spelled in two ways; leave one of them out.`,
      );
    }
    const wanted = wantedInstead(option, value);
    if (wanted !== undefined) {
      throw new UserError(
        `--config ${path}: "${key}" is ${JSON.stringify(value)}; give ${wanted}.`,
      );
    }
    result[name] = value;
  }
  return result;
}

function camelCase(name: string): string {
  return name.replace(/-([a-z])/g, (_, letter: string) => letter.toUpperCase());
}

async function readJson(path: string): Promise<unknown> {
  const text = await readOptionFile("--config", path);
  try {
    return JSON.parse(text);
  } catch {
    throw unreadable(path, "it is not JSON");
  }
}

function unreadable(path: string, reason: string): UserError {
  return new UserError(`--config ${path}: ${reason}; give a JSON object of options.`);
}

/** What an option takes, unless the value is that. */
function wantedInstead(option: Option, value: unknown): string | undefined {
  if (option.isBoolean()) return typeof value === "boolean" ? undefined : "true or false";
  const words = wordsBesideNumber(option.parseArg);
  if (words) {
    const isTaken = typeof value === "number" || words.includes(value as string);
    return isTaken ? undefined : ["a number", ...words].join(" or ");
  }
  if (option.argChoices && !option.argChoices.includes(value as string)) {
    return `one of ${option.argChoices.join(", ")}`;
  }
  return typeof value === "string" ? undefined : "a text";
}
