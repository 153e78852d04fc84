/** @file The options of an experiment: the task's defaults, a preset's own, and what the reader has set. */

import { modelOptions } from "../models/options.ts";
import type { Option } from "../options/option.ts";
import { trainingOptions } from "../training/plan/options.ts";
import { paperPresets, withoutArchitecture } from "./paperPresets.ts";
import type { LabOptionKey, LabSettings, LabValue } from "./settings.ts";
import { labOptionKeys } from "./settings.ts";
import { defaultsOf } from "./taskDefaults.ts";

/** Values of options, by key. */
export type LabOptions = LabSettings["options"];

/**
 * The value that stands for leaving an option out which has no value for that: without scheduled sampling, the decoder
 * reads the true words.
 */
export const leftOut = "none";

/** The options that some value of {@link leftOut} leaves out. */
const mayBeLeftOut: readonly LabOptionKey[] = ["scheduledSampling"];

/** Whether a value leaves its option out. */
export function isLeftOut(key: LabOptionKey, value: LabValue): boolean {
  return value === leftOut && mayBeLeftOut.includes(key);
}

/** Whether an option is one of the model; the others are of the training. */
export function isOfModel(key: LabOptionKey): boolean {
  return key !== "preset" && Object.hasOwn(modelOptions, key);
}

/** The row of an option. */
export function rowOf(key: LabOptionKey): Option {
  return (isOfModel(key) ? modelOptions : trainingOptions)[
    key as keyof typeof modelOptions & keyof typeof trainingOptions
  ];
}

/** What holds unless the reader sets it: a preset other than the task's brings its own architecture. */
export function baseOptions({ task, options }: LabSettings): LabOptions {
  const defaults: LabOptions = { scheduledSampling: leftOut, ...defaultsOf(task) };
  const { preset } = options;
  if (preset === undefined || preset === defaults.preset) return defaults;
  return { ...withoutArchitecture(defaults), ...paperPresets[String(preset)], preset };
}

/** All options of the settings, in the order of {@link labOptionKeys}. */
export function allOptions(settings: LabSettings): LabOptions {
  const values = { ...baseOptions(settings), ...settings.options };
  const entries = labOptionKeys.map((key) => [key, values[key]] as const);
  return Object.fromEntries(entries.filter(([, value]) => value !== undefined));
}
