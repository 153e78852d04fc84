import { UserError } from "../tensor/errors.ts";
import { didYouMean } from "./nearest.ts";
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
  /** Options, settings or words that are probably meant. */
  readonly suggestions?: readonly string[];
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
  readonly suggestions: readonly string[];

  constructor({ key, value, problem = "", remedy, suggestions = [] }: OptionFault) {
    super("");
    this.key = key;
    this.value = value;
    this.problem = problem;
    this.remedy = remedy;
    this.suggestions = suggestions;
    this.message = this.spelled(librarySpelling);
  }

  /** The message in another spelling. */
  spelled(spelling: Spelling): string {
    const { key, value, problem, remedy, suggestions } = this;
    const option = value === undefined ? spelling.name(key) : spelling.setting(key, value);
    const clauses = [problem, remedy].filter((clause) => clause !== "").join("; ");
    const question = didYouMean(suggestions.map((text) => spelled(text, spelling)));
    return `${option}: ${spelled(clauses, spelling)}.${question && ` ${question}`}`;
  }
}

/** Faults in several options, as one error: all that is missing or wrong at once. */
export class OptionErrors extends OptionError {
  readonly faults: readonly OptionError[];

  constructor(faults: readonly [OptionError, ...OptionError[]]) {
    super(faults[0]);
    this.faults = faults;
    this.message = this.spelled(librarySpelling);
  }

  /** One sentence for each option, in another spelling. */
  sentences(spelling: Spelling): string[] {
    return this.faults.map((fault) => fault.spelled(spelling));
  }

  override spelled(spelling: Spelling): string {
    // The base class spells its message before there are faults.
    return this.faults === undefined ? "" : this.sentences(spelling).join(" ");
  }
}

/**
 * Makes all checks and throws everything they find wrong as one error.
 *
 * @throws OptionError if one option is at fault, OptionErrors if several are.
 */
export function checkTogether(...checks: readonly (() => void)[]): void {
  const faults: OptionError[] = [];
  for (const check of checks) {
    try {
      check();
    } catch (error) {
      if (error instanceof OptionError) {
        for (const fault of error instanceof OptionErrors ? error.faults : [error]) {
          faults.push(fault);
        }
      } else if (faults.length === 0) {
        throw error;
      }
      // Otherwise the check may have stumbled over what another one found.
    }
  }
  const [first, ...more] = faults;
  if (first === undefined) return;
  throw more.length === 0 ? first : new OptionErrors([first, ...more]);
}
