/** @file The settings of an experiment as options of its run. What goes together, `training/plan` says. */

import { OptionError, OptionErrors } from "../options/optionError.ts";
import type { TrainOptions } from "../training/plan/options.ts";
import type { Plan } from "../training/plan/plan.ts";
import { plan } from "../training/plan/plan.ts";
import type { LabOptions } from "./labOptions.ts";
import { allOptions, isLeftOut, isOfModel, leftOut } from "./labOptions.ts";
import type { RunOptions } from "./messages.ts";
import type { LabOptionKey, LabSettings, LabValue } from "./settings.ts";
import { labOptionKeys } from "./settings.ts";
import { tasks } from "./tasks/registry.ts";

/**
 * The options of a run, in the form of `MemoryTrainOptions`, without data and without what ends it.
 *
 * @param tokenizer that of pairs of the reader's own; a task has its own.
 */
export function runOptionsOf(settings: LabSettings, tokenizer?: string): RunOptions {
  const { task } = settings;
  const used = task === "own" ? tokenizer : tasks[task].tokenizer;
  return { ...split(settledOptions(settings)), ...(used !== undefined && { tokenizer: used }) };
}

/** The plan of a run. */
export function planOf(settings: LabSettings): Plan {
  return planned(settledOptions(settings));
}

/** The values that options have in the run: given, the preset's, or defaults. */
export function valuesOf(settings: LabSettings): Readonly<Record<LabOptionKey, LabValue>> {
  const { configuration, options } = planOf(settings);
  const all: Readonly<Record<string, unknown>> = {
    scheduledSampling: leftOut,
    ...configuration,
    ...options,
  };
  return Object.fromEntries(labOptionKeys.map((key) => [key, all[key] as LabValue])) as Readonly<
    Record<LabOptionKey, LabValue>
  >;
}

/**
 * The options that take part. If not all go together, they are taken in the order of `labOptionKeys`, and those that
 * have no effect beside the ones before them, or are refused, are left out.
 */
export function settledOptions(settings: LabSettings): LabOptions {
  const all = allOptions(settings);
  if (faultIn(all) === null) return all;
  let kept: LabOptions = {};
  for (const [key, value] of Object.entries(all)) {
    const more = { ...kept, [key]: value };
    if (faultIn(more) === null) kept = more;
  }
  return kept;
}

/**
 * Why an option cannot have a value, or has no effect with it, in these settings. Options after it, in the order of
 * `labOptionKeys`, give way.
 *
 * @returns null if it can.
 */
export function faultOf(
  settings: LabSettings,
  key: LabOptionKey,
  value: LabValue,
): OptionError | null {
  const all = { ...allOptions(settings), [key]: value };
  if (faultIn(all) === null) return null;
  const { [key]: _, ...others } = settledOptions(settings);
  const fault = faultIn({ ...others, [key]: value });
  if (fault === null) return null;
  return faultIn({ ...before(key, others), [key]: value });
}

/** The options before one, in the order of `labOptionKeys`. */
function before(key: LabOptionKey, options: LabOptions): LabOptions {
  const place = labOptionKeys.indexOf(key);
  return Object.fromEntries(
    Object.entries(options).filter(
      ([other]) => labOptionKeys.indexOf(other as LabOptionKey) < place,
    ),
  );
}

/** What is wrong with options together; null if nothing is. */
function faultIn(options: LabOptions): OptionError | null {
  try {
    planned(options);
    return null;
  } catch (error) {
    if (error instanceof OptionErrors) return error.faults[0] as OptionError;
    if (error instanceof OptionError) return error;
    throw error;
  }
}

/** Plans a run over pairs that are not there yet. */
function planned(options: LabOptions): Plan {
  return plan({
    ...split(options),
    data: { kind: "table", path: "pairs", columns: ["1", "2"] },
    dev: false,
    steps: 1,
    out: "",
  } as unknown as TrainOptions);
}

function split(options: LabOptions): RunOptions {
  const given = (Object.entries(options) as [LabOptionKey, LabValue][]).filter(
    ([key, value]) => !isLeftOut(key, value),
  );
  const part = (isModel: boolean): object =>
    Object.fromEntries(given.filter(([key]) => isOfModel(key) === isModel));
  return { ...part(false), model: part(true) };
}
