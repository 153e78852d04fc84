import type { Command } from "commander";
import { UserError } from "../tensor/errors.ts";

/** What a command writes with some of its flags only. */
export interface FlagUse {
  /** What is written, in errors. */
  readonly what: string;
  /** The flag that asks for it. */
  readonly by: string;
  /** The keys of all flags that have an effect on it. */
  readonly used: ReadonlySet<string>;
}

/** @throws UserError if a flag was typed that has no effect. */
export function refuseUnused(command: Command, { what, by, used }: FlagUse): void {
  for (const option of command.options) {
    const name = option.attributeName();
    if (used.has(name) || command.getOptionValueSource(name) !== "cli") continue;
    throw new UserError(
      `${option.long}: it has no effect on ${what}; leave it out, or leave out ${by}.`,
    );
  }
}
