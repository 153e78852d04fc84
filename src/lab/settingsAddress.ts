/** @file An experiment as parameters of an address: what differs from the task's defaults, and no more. Pure. */

import { takenBy } from "../options/option.ts";
import { rowOf } from "./labOptions.ts";
import { paperPresets } from "./paperPresets.ts";
import { faultOf, valuesOf } from "./runOptions.ts";
import type { LabOptionKey, LabSettings, LabValue } from "./settings.ts";
import { labOptionKeys } from "./settings.ts";
import type { TaskName } from "./task.ts";
import { taskNames } from "./task.ts";
import type { Change } from "./withOption.ts";
import { withOption } from "./withOption.ts";

/** What an address of the lab holds. */
export interface Experiment {
  readonly settings: LabSettings;
  /** What the run beside it has differently; null if there is one run. */
  readonly versus: Change | null;
  /** The source whose attention is watched; null for the task's example. */
  readonly watched: string | null;
  /** Whether the training starts at once. */
  readonly isStarted: boolean;
}

/** The longest source that an address may bring. */
const longestSource = 200;

/** Parameters of an address by their names, not encoded. */
export type Parameters = Readonly<Record<string, string>>;

/** The parameters of an experiment, of which the first is the task. */
export function writeExperiment(experiment: Experiment): Parameters {
  const { settings, versus, watched, isStarted } = experiment;
  const set = labOptionKeys.flatMap((key) => {
    const value = settings.options[key];
    return value === undefined ? [] : [[key, String(value)] as const];
  });
  return {
    lab: settings.task,
    ...Object.fromEntries(set),
    ...(versus && { versus: `${versus.key}:${versus.value}` }),
    ...(watched !== null && { watch: watched }),
    ...(isStarted && { run: "1" }),
  };
}

/** Reads an experiment; what makes no sense, or has no effect, is left out. */
export function readExperiment(parameters: Parameters): Experiment {
  let settings: LabSettings = { task: taskNamed(parameters["lab"]), options: {} };
  for (const key of labOptionKeys) {
    const text = parameters[key];
    const value = text === undefined ? null : valueIn(key, text);
    if (value !== null && canHave(settings, key, value)) {
      settings = withOption(settings, { key, value });
    }
  }
  const watched = parameters["watch"]?.trim().slice(0, longestSource) ?? "";
  return {
    settings,
    versus: changeIn(parameters["versus"] ?? "", settings),
    watched: watched === "" ? null : watched,
    isStarted: parameters["run"] !== undefined,
  };
}

function taskNamed(name: string | undefined): TaskName {
  return taskNames.find((each) => each === name) ?? taskNames[0];
}

/** A value as its option has it; null if it is of another kind. */
function valueIn(key: LabOptionKey, text: string): LabValue | null {
  const { isSwitch, isNumber } = takenBy(rowOf(key).schema);
  if (isSwitch) return text === "true" ? true : text === "false" ? false : null;
  if (!isNumber) return text;
  return text.trim() !== "" && Number.isFinite(Number(text)) ? Number(text) : null;
}

function canHave(settings: LabSettings, key: LabOptionKey, value: LabValue): boolean {
  if (key === "preset" && !Object.hasOwn(paperPresets, String(value))) return false;
  return faultOf(settings, key, value) === null;
}

function changeIn(text: string, settings: LabSettings): Change | null {
  const [, name = "", written = ""] = /^(\w+):(.*)$/.exec(text) ?? [];
  const key = labOptionKeys.find((each) => each === name);
  const value = key === undefined ? null : valueIn(key, written);
  if (key === undefined || value === null) return null;
  const isSame = valuesOf(settings)[key] === value;
  return isSame || !canHave(settings, key, value) ? null : { key, value };
}
