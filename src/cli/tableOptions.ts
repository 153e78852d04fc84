/** @file Commander's options from the rows that declare them. */

import type { Command } from "commander";
import { Option } from "commander";
import type { OptionTable, Option as Row } from "../options/option.ts";
import { otherNamesOf, takenBy, wordsOf } from "../options/option.ts";
import { spelled } from "../options/spelling.ts";
import { flagOf, flagSpelling } from "./flagSpelling.ts";
import { numberList, numberOr } from "./numbers.ts";
import { choicesWithSuggestions, listWithSuggestions, otherNames } from "./suggestions.ts";

/** Adds the options of a table to a command, each in its group of the help. */
export function addOptions(command: Command, table: OptionTable): Command {
  for (const [key, row] of Object.entries(table)) {
    if (!row.isDerived) for (const option of optionsOf(key, row)) command.addOption(option);
  }
  return command;
}

/** An option, and the one that switches it off if there is one. */
function optionsOf(key: string, row: Row): Option[] {
  const { schema, group, argument, help, helpOff } = row;
  const taken = takenBy(schema);
  const flags = taken.isSwitch ? flagOf(key) : `${flagOf(key)} <${argument}>`;
  const option = new Option(flags, spelled(help + defaultOf(row), flagSpelling));
  // A name that begins with "no" does not make a switch of it.
  option.negate = false;
  if (taken.isList && taken.isNumber) option.argParser(numberList);
  else if (taken.isList) listWithSuggestions(option, wordsOf(row));
  else if (taken.isNumber) option.argParser(numberOr(...taken.words));
  else if (row.isRepeatable) option.argParser(oneOrList);
  else if (taken.words.length > 0) choicesWithSuggestions(option, wordsOf(row));
  otherNames.set(option, otherNamesOf(row));
  const options = [option];
  if (helpOff !== undefined) {
    const off = flagOf(key).replace("--", "--no-");
    options.push(new Option(off, spelled(helpOff, flagSpelling)));
  }
  return options.map((each) => each.helpGroup(`${group}:`));
}

/** The value of an option that is given once, or the list of its values. */
function oneOrList(value: string, before?: string | readonly string[]): string | string[] {
  return before === undefined ? value : [before, value].flat();
}

function defaultOf({ default: value, defaultText }: Row): string {
  const text = defaultText ?? (typeof value === "boolean" ? undefined : value);
  return text === undefined ? "" : ` (default: ${String(text)})`;
}
