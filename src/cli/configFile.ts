import { didYouMean, nearest } from "../options/nearest.ts";
import type { OptionTable } from "../options/option.ts";
import { namesOf, takenBy, wanted, wordsOf } from "../options/option.ts";
import { UserError } from "../tensor/errors.ts";
import { readOptionFile } from "./optionFile.ts";

/**
 * Reads options from a JSON file: an object with keys as in the library (`learningRate`). Names of flags
 * (`learning-rate`) and names of earlier versions are accepted too.
 *
 * @param path the value of `--config`.
 * @returns the options by key.
 * @throws UserError if the file is not a JSON object, or an option is unknown or has an invalid value.
 */
export async function fileOptions(
  path: string,
  table: OptionTable,
): Promise<Record<string, unknown>> {
  const parsed = await readJson(path);
  if (typeof parsed !== "object" || parsed === null || Array.isArray(parsed)) {
    throw unreadable(path, "it is not an object");
  }
  const fault = (sentence: string, meant: readonly string[] = []): UserError => {
    const question = didYouMean(meant.map((each) => `"${each}"`));
    return new UserError(`--config ${path}: ${sentence}.${question && ` ${question}`}`);
  };
  const result: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(parsed)) {
    const key = keyOf(name, table);
    if (key === undefined) {
      const off = keyOf(camelCase(name).replace(/^no([A-Z])/, lowerCase), table);
      throw fault(
        off !== undefined && canSwitchOff(table[off] as OptionTable[string])
          ? `"${name}" switches something off; write "${off}": false instead`
          : `there is no option "${name}"; see seq2see train --help-all`,
        nearest(name, namesOf(table)),
      );
    }
    if (Object.hasOwn(result, key)) {
      throw fault(`"${name}" is given twice, in two spellings; leave one of them out`);
    }
    const row = table[key] as OptionTable[string];
    if (!row.schema.safeParse(value).success) {
      const meant = typeof value === "string" ? nearest(value, wordsOf(row)) : [];
      throw fault(`"${name}" is ${JSON.stringify(value)}; ${wanted(row.schema)}`, meant);
    }
    result[key] = value;
  }
  return result;
}

/** Whether an option takes `false`. */
function canSwitchOff({ schema, helpOff }: OptionTable[string]): boolean {
  return helpOff !== undefined || takenBy(schema).isSwitch;
}

function keyOf(name: string, table: OptionTable): string | undefined {
  const key = camelCase(name);
  if (Object.hasOwn(table, key)) return table[key]?.isDerived ? undefined : key;
  return Object.keys(table).find((each) => table[each]?.formerNames?.includes(key));
}

function camelCase(name: string): string {
  return name.replace(/-([a-z])/g, (_, letter: string) => letter.toUpperCase());
}

const lowerCase = (_: string, letter: string): string => letter.toLowerCase();

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
