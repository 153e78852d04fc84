import { OptionError } from "../../options/optionError.ts";
import type { Spelling } from "../../options/spelling.ts";
import { UserError } from "../../tensor/errors.ts";
import { Divergence } from "../../training/storage/divergence.ts";
import { EndOfRun } from "./gate.ts";

/** Options as people read them: `batch = 0`. */
const spelling: Spelling = {
  name: (key) => key,
  setting: (key, value) => `${key} = ${value}`,
};

/** What went wrong, as a sentence for the reader of the lab. */
export function faultText(error: unknown): string {
  if (error instanceof EndOfRun) return "The run was ended before this was answered.";
  if (error instanceof Divergence) {
    return `${error.what} at step ${error.step}. Begin again with a lower learning rate.`;
  }
  if (error instanceof OptionError) return error.spelled(spelling);
  if (error instanceof UserError) return error.message;
  const reason = error instanceof Error ? error.message : String(error);
  return `The run has failed (${reason}); begin it again.`;
}
