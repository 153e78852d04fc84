/** @file Messages between the process that trains a side and the one that started it. */

import type { TrainOptions } from "../../src/training/plan/options.ts";
import type { TrainResult } from "../../src/training/run/events.ts";

/** The instructions for the process, as the JSON of its file. */
export type TrainOrder = (
  | { readonly kind: "begin"; readonly options: TrainOptions }
  | { readonly kind: "resume"; readonly out: string }
) & { readonly threads: number };

/** Its answers. */
export type TrainMessage =
  | { readonly kind: "log"; readonly line: string }
  | { readonly kind: "end"; readonly result: TrainResult }
  | { readonly kind: "error"; readonly message: string; readonly isUserError: boolean };
