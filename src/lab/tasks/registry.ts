/** @file The tasks of the lab by name. */

import type { Task, TaskName } from "../task.ts";
import { add } from "./add.ts";
import { dates } from "./dates.ts";
import { copy, reverse, sort } from "./letters.ts";
import { numbers } from "./numbers.ts";
import { pronunciation } from "./pronunciation.ts";

/** The tasks whose pairs the lab makes; `own` has those of `ownPairs.ts`. */
export const tasks: Readonly<Record<Exclude<TaskName, "own">, Task>> = {
  reverse,
  copy,
  sort,
  add,
  dates,
  numbers,
  pronunciation,
};
