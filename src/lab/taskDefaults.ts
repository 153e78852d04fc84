/** @file The options with which each task is learned fast, on one thread of a processor in a page. */

import type { LabSettings } from "./settings.ts";
import type { TaskName } from "./task.ts";

type Options = LabSettings["options"];

/** What all tasks share: a small model that learns for seconds, without what only helps long runs. */
const common = {
  preset: "luong2015",
  cell: "gru",
  layers: 1,
  bidirectional: true,
  attention: "general",
  inputFeeding: false,
  dropout: 0,
  optimizer: "adam",
  schedule: "constant",
  batch: 32,
  hidden: 64,
  embedding: 32,
  learningRate: 0.005,
  seed: 1,
} as const satisfies Options;

const defaults: Readonly<Record<TaskName, Options>> = {
  reverse: common,
  copy: common,
  sort: common,
  add: { ...common, hidden: 96 },
  dates: { ...common, hidden: 96 },
  numbers: { ...common, hidden: 96 },
  pronunciation: { ...common, hidden: 96 },
  own: { ...common, hidden: 96 },
};

/** The options of a task, from which settings differ. */
export function defaultsOf(task: TaskName): Options {
  return defaults[task];
}
