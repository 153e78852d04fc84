import { UserError } from "../tensor/errors.ts";
import type { Spelling } from "./spelling.ts";
import { librarySpelling, spelled } from "./spelling.ts";

/** A fault in one option. Texts name options as `{key}` or `{key=value}`. */
export interface OptionFault {
  readonly key: string;
  /** The given value; omitted if the option is missing. */
  readonly value?: unknown;
  /** The problem, as a clause without a full stop; omitted if the remedy says enough. */
  readonly problem?: string;
  /** The remedy, as a clause in the imperative. */
  readonly remedy: string;
}

/**
 * A fault in an option. Its message uses the library's names of options; the command line and the server
 * spell it with theirs.
 */
export class OptionError extends UserError implements OptionFault {
  readonly key: string;
  readonly value: unknown;
  readonly problem: string;
  readonly remedy: string;

  constructor({ key, value, problem = "", remedy }: OptionFault) {
    super("");
    this.key = key;
    this.value = value;
    this.problem = problem;
    this.remedy = remedy;
    this.message = this.spelled(librarySpelling);
  }

  /** The message in another spelling. */
  spelled(spelling: Spelling): string {
    const { key, value, problem, remedy } = this;
    const option = value === undefined ? spelling.name(key) : spelling.setting(key, value);
    const clauses = [problem, remedy].filter((clause) => clause !== "").join("; ");
    return `${option}: ${spelled(clauses, spelling)}.`;
  }
}
