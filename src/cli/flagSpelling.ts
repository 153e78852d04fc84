import { OptionError } from "../options/optionError.ts";
import type { Spelling } from "../options/spelling.ts";
import { UserError } from "../tensor/errors.ts";

/** Options as the command line has them: `learningRate` is `--learning-rate`, `false` is `--no-…`. */
export const flagSpelling: Spelling = {
  name: flagOf,
  setting: (key, value) => {
    // Objects, such as a dictionary, say nothing as text.
    if (value === true || typeof value === "object") return flagOf(key);
    return value === false ? `--no-${kebabCase(key)}` : `${flagOf(key)} ${quoted(String(value))}`;
  },
};

/** A value as it is typed: in quotes where it has spaces. */
function quoted(value: string): string {
  return value === "" || /\s/.test(value) ? `"${value}"` : value;
}

/** The flag of an option. */
export function flagOf(key: string): string {
  return `--${kebabCase(key)}`;
}

function kebabCase(key: string): string {
  return key.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}

/** An error with its options written as flags. */
export function withFlags(error: unknown): unknown {
  return error instanceof OptionError ? new UserError(error.spelled(flagSpelling)) : error;
}
