/** @file The options with which each task is learned fast, on one thread of a processor in a page. */

import type { LabSettings } from "./settings.ts";
import type { TaskName } from "./task.ts";

type Options = LabSettings["options"];

/**
 * What all tasks share: a small model that learns in seconds, without what only helps long runs. The rate falls from
 * epoch to epoch, so that the last words become right too; with a constant rate they come and go.
 */
const common = {
  preset: "luong2015",
  cell: "gru",
  hidden: 64,
  embedding: 32,
  layers: 1,
  bidirectional: true,
  attention: "general",
  inputFeeding: false,
  dropout: 0,
  optimizer: "adam",
  learningRate: 0.005,
  schedule: "halve:1",
  batch: 32,
  seed: 1,
} as const satisfies Options;

const defaults: Readonly<Record<TaskName, Options>> = {
  reverse: common,
  copy: common,
  sort: common,
  add: { ...common, hidden: 96, attention: "additive" },
  dates: { ...common, attention: "additive" },
  numbers: common,
  pronunciation: { ...common, hidden: 96, schedule: "halve:3" },
  own: { ...common, hidden: 96, schedule: "halve:3" },
};

/** The options of a task, from which settings differ. */
export function defaultsOf(task: TaskName): Options {
  return defaults[task];
}
