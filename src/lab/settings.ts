/** @file The settings of an experiment: a task, and options of model and training. */

import type { TaskName } from "./task.ts";

/** The options that the lab offers, by their keys in `models/options.ts` and `training/plan/options.ts`. */
export const labOptionKeys = [
  "preset",
  "cell",
  "hidden",
  "embedding",
  "layers",
  "bidirectional",
  "attention",
  "attentionScope",
  "window",
  "attentionPlace",
  "inputFeeding",
  "reverseSource",
  "dropout",
  "optimizer",
  "learningRate",
  "schedule",
  "batch",
  "scheduledSampling",
  "seed",
] as const;
export type LabOptionKey = (typeof labOptionKeys)[number];

/** The value of an option of the lab, as in a configuration file. */
export type LabValue = string | number | boolean;

/** An experiment. The same settings give the same run, to the last bit, on the same machine. */
export interface LabSettings {
  readonly task: TaskName;
  /** Options that differ from the task's defaults. */
  readonly options: Readonly<Partial<Record<LabOptionKey, LabValue>>>;
}
