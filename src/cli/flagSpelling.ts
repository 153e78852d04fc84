import { OptionError } from "../options/optionError.ts";
import type { Spelling } from "../options/spelling.ts";
import { isNumberList } from "../options/spelling.ts";
import { UserError } from "../tensor/errors.ts";

/** Options as flags: `learningRate` becomes `--learning-rate`, a switch set to `false` becomes `--no-…`. */
export const flagSpelling: Spelling = {
  name: flagOf,
  setting: (key, value) => {
    if (isNumberList(value)) return `${flagOf(key)} ${value.join(",")}`;
    // An object, such as a dictionary, has no short text.
    if (value === true || typeof value === "object") return flagOf(key);
    return value === false ? `--no-${kebabCase(key)}` : `${flagOf(key)} ${quoted(String(value))}`;
  },
};

/** A value as typed in a shell: in quotes if it contains spaces. */
function quoted(value: string): string {
  return value === "" || /\s/.test(value) ? `"${value}"` : value;
}

/** The flag of an option. */
export function flagOf(key: string): string {
  return `--${kebabCase(key)}`;
}

/** The key of a flag's name without dashes before it, such as `learning-rate`; a key stays as it is. */
export function keyOfFlag(name: string): string {
  return name.replace(/-([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
}

function kebabCase(key: string): string {
  return key.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}

/** Converts an option error so that its message names flags; returns other errors unchanged. */
export function withFlags(error: unknown): unknown {
  return error instanceof OptionError ? new UserError(error.spelled(flagSpelling)) : error;
}
