import { parseJson } from "../../files/json.ts";
import { UserError } from "../../tensor/errors.ts";
import type { FullTrainOptions, TrainOptions } from "../plan/options.ts";
import { fullOptions } from "../plan/options.ts";
import type { Limits } from "../step/schedules.ts";
import type { RunStorage } from "./runStorage.ts";
import { runFiles } from "./runStorage.ts";

/**
 * The options that a run was started with. Only limits may change: where one is given, those from before count no
 * more.
 *
 * @throws UserError if the options are damaged, or a limit is out of range.
 */
export async function resumedOptions(
  storage: RunStorage,
  { epochs, minutes, steps }: Limits,
): Promise<FullTrainOptions> {
  const path = storage.pathOf(runFiles.options);
  const parsed = parseJson(await storage.read(runFiles.options), path);
  let before: FullTrainOptions;
  try {
    before = fullOptions(parsed as TrainOptions);
  } catch (error) {
    const reason = (error as Error).message.replace(/\.$/, "");
    throw new UserError(`${path}: ${reason}; restore the file or train the model again.`);
  }
  const limits = { epochs, minutes, steps };
  const isChanged = Object.values(limits).some((limit) => limit !== undefined);
  return fullOptions({ ...before, ...(isChanged && limits) });
}
