import { UserError } from "../tensor/errors.ts";
import type { Spelling } from "./spelling.ts";
import { librarySpelling, spelled } from "./spelling.ts";

/** What is wrong with one option. Texts name options as `{key}` or `{key=value}`. */
export interface OptionFault {
  readonly key: string;
  /** The value as it was given; left out where the option is missing. */
  readonly value?: unknown;
  /** What is wrong, as a clause without a full stop; the remedy says enough where it is left out. */
  readonly problem?: string;
  /** What to do, as a clause in the imperative. */
  readonly remedy: string;
}

/**
 * A fault in an option. The error knows no front: its message is spelled as the library has it, and the
 * command line and the server spell it their own way.
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

  /** The sentence as a front writes it. */
  spelled(spelling: Spelling): string {
    const { key, value, problem, remedy } = this;
    const option = value === undefined ? spelling.name(key) : spelling.setting(key, value);
    const clauses = [problem, remedy].filter((clause) => clause !== "").join("; ");
    return `${option}: ${spelled(clauses, spelling)}.`;
  }
}
