import { parseJson } from "../../files/json.ts";
import { UserError } from "../../tensor/errors.ts";
import type { Plan } from "../plan/plan.ts";
import { planResumed, storedOptions } from "../plan/plan.ts";
import type { Limits } from "../step/schedules.ts";
import type { RunStorage } from "./runStorage.ts";
import { runFiles } from "./runStorage.ts";

/**
 * Plans to resume a run with its stored options. Only limits may change: if any is given, the earlier limits no
 * longer apply.
 *
 * @throws UserError if the options are damaged, or a limit is out of range.
 */
export async function resumedPlan(storage: RunStorage, limits: Limits): Promise<Plan> {
  const path = storage.pathOf(runFiles.options);
  const parsed = parseJson(await storage.read(runFiles.options), path);
  let before: ReturnType<typeof storedOptions>;
  try {
    before = storedOptions(parsed);
  } catch (error) {
    const reason = (error as Error).message.replace(/\.$/, "");
    throw new UserError(`${path}: ${reason}; restore the file or train the model again.`);
  }
  return planResumed(before, limits);
}
