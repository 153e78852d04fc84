/** @file The settings of the lab that are nearest to a run or a model that was trained elsewhere, to be shown beside it. */

import type { ModelSizes } from "../../models/configuration.ts";
import { UserError } from "../../tensor/errors.ts";
import type { TextPair } from "../../training/memory/memoryRun.ts";
import { MemoryStorage } from "../../training/memory/memoryStorage.ts";
import { resumedPlan } from "../../training/storage/storedOptions.ts";
import { isOfModel, leftOut } from "../labOptions.ts";
import type { LabFiles } from "../messages.ts";
import { paperPresets } from "../paperPresets.ts";
import { faultOf, valuesOf } from "../runOptions.ts";
import type { LabOptionKey, LabSettings, LabValue } from "../settings.ts";
import { labOptionKeys } from "../settings.ts";
import type { TaskName } from "../task.ts";
import { tasks } from "../tasks/registry.ts";
import { withOption } from "../withOption.ts";

/**
 * The settings of a run, by the options that it keeps.
 *
 * @param heldOut pairs of the run, which tell its task.
 * @returns null if its options cannot be read; the engine says why when the run begins.
 */
export async function settingsOfRun(
  files: LabFiles,
  heldOut: readonly TextPair[],
): Promise<LabSettings | null> {
  try {
    const { configuration, options } = await resumedPlan(new MemoryStorage(files), {});
    const values = { scheduledSampling: leftOut, ...configuration, ...options };
    return settingsWith({ task: taskOf(heldOut), options: {} }, values, labOptionKeys);
  } catch (error) {
    if (error instanceof UserError) return null;
    throw error;
  }
}

/** Settings whose model is a given one; what they say of learning stays. */
export function settingsOfModel(settings: LabSettings, sizes: ModelSizes): LabSettings {
  const isLearning = (key: LabOptionKey): boolean => key !== "preset" && !isOfModel(key);
  const learning = Object.entries(settings.options).filter(([key]) =>
    isLearning(key as LabOptionKey),
  );
  const start: LabSettings = { task: settings.task, options: Object.fromEntries(learning) };
  return settingsWith(
    start,
    { ...sizes },
    labOptionKeys.filter((key) => !isLearning(key)),
  );
}

/** Settings with the given values, as far as the lab has them. */
function settingsWith(
  start: LabSettings,
  values: Readonly<Record<string, unknown>>,
  keys: readonly LabOptionKey[],
): LabSettings {
  return keys.reduce((settings, key) => {
    const value = values[key];
    if (!isValue(value) || valuesOf(settings)[key] === value) return settings;
    const isUnknown = key === "preset" && !Object.hasOwn(paperPresets, String(value));
    if (isUnknown || faultOf(settings, key, value) !== null) return settings;
    return withOption(settings, { key, value });
  }, start);
}

const isValue = (value: unknown): value is LabValue =>
  ["string", "number", "boolean"].includes(typeof value);

/** So many pairs tell what the task is. */
const enough = 20;

/** The task whose answers the targets of some pairs are; `own` if there is none. */
function taskOf(pairs: readonly TextPair[]): TaskName {
  const some = pairs.slice(0, enough);
  const found = Object.values(tasks).find(({ answer }) =>
    some.every(({ source, target }) => answer(source) === target),
  );
  return some.length > 0 && found ? found.name : "own";
}
