import { parseJson } from "../../files/json.ts";
import { UserError } from "../../tensor/errors.ts";
import type { Plan } from "../plan/plan.ts";
import { planResumed, storedOptions } from "../plan/plan.ts";
import type { Limits } from "../step/schedules.ts";
import type { RunStorage } from "./runStorage.ts";
import { runFiles, writeText } from "./runStorage.ts";

/**
 * Plans to resume a run with its stored options. Only limits may change: if any is given, the earlier limits no
 * longer apply, now and whenever the run is resumed without others.
 *
 * @throws UserError if the options are damaged, or a limit is out of range.
 */
export async function resumedPlan(storage: RunStorage, limits: Limits): Promise<Plan> {
  const before = await storedIn(storage, runFiles.options, (stored) => storedOptions(stored));
  const isGiven = Object.values(limits).some((limit) => limit !== undefined);
  if (isGiven || !storage.has(runFiles.limits)) return planResumed(before, limits);
  return storedIn(storage, runFiles.limits, (stored) => {
    const { epochs, minutes, steps } = Object(stored) as Limits;
    return planResumed(before, { epochs, minutes, steps });
  });
}

/** Stores the limits with which a run goes on, if they are not those that it had. */
export async function keepLimits(
  storage: RunStorage,
  { epochs, minutes, steps }: Limits,
): Promise<void> {
  const { options } = await resumedPlan(storage, {});
  const isSame =
    options.epochs === epochs && options.minutes === minutes && options.steps === steps;
  if (isSame) return;
  await writeText(storage, runFiles.limits, `${JSON.stringify({ epochs, minutes, steps })}\n`);
}

/** Reads a file of options. Throws UserError that names it if they make no sense. */
async function storedIn<Read>(
  storage: RunStorage,
  file: string,
  read: (stored: unknown) => Read,
): Promise<Read> {
  const path = storage.pathOf(file);
  const parsed = parseJson(await storage.read(file), path);
  try {
    return read(parsed);
  } catch (error) {
    const reason = (error as Error).message.replace(/\.$/, "");
    throw new UserError(`${path}: ${reason}; restore the file or train the model again.`);
  }
}
