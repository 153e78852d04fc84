/** @file Settings in which the reader has changed something. */

import { leftOut } from "./labOptions.ts";
import { withoutArchitecture } from "./paperPresets.ts";
import { valuesOf } from "./runOptions.ts";
import type { LabOptionKey, LabSettings, LabValue } from "./settings.ts";
import { defaultsOf } from "./taskDefaults.ts";

/** One option with another value. */
export interface Change {
  readonly key: LabOptionKey;
  readonly value: LabValue;
}

/**
 * Settings with another value of an option. Only what differs from the defaults is kept; another preset begins with its
 * own architecture.
 */
export function withOption({ task, options }: LabSettings, { key, value }: Change): LabSettings {
  const { [key]: _, ...others } = options;
  const rest: LabSettings = {
    task,
    options: key === "preset" ? withoutArchitecture(others) : others,
  };
  return defaultOf(rest, key) === value
    ? rest
    : { task, options: { ...rest.options, [key]: value } };
}

/** The value that an option has unless it is set. */
function defaultOf(settings: LabSettings, key: LabOptionKey): LabValue {
  const { task } = settings;
  return key === "preset" ? (defaultsOf(task).preset ?? leftOut) : valuesOf(settings)[key];
}
