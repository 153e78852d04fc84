/** @file What the process that trains a side tells the one that started it. */

import type { TrainOptions } from "../../src/training/plan/options.ts";
import type { TrainResult } from "../../src/training/run/events.ts";

/** What the process is told to do, as the JSON of the file that it is given. */
export type TrainOrder = (
  | { readonly kind: "begin"; readonly options: TrainOptions }
  | { readonly kind: "resume"; readonly out: string }
) & { readonly threads: number };

/** What it answers. */
export type TrainMessage =
  | { readonly kind: "log"; readonly line: string }
  | { readonly kind: "end"; readonly result: TrainResult }
  | { readonly kind: "error"; readonly message: string; readonly isUserError: boolean };
