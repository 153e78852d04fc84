/** @file The names of the options with which models are loaded. */

import { namesOf } from "../options/option.ts";
import { computeOptions, runtimeOptions } from "../runtime/options.ts";

/** Of a model on disk, with their names in other tools. */
export const loadOptionNames = [
  ...namesOf({ ...runtimeOptions, ...computeOptions }),
  "onNotice",
  "isAwaited",
];

/** Of a model that a page fetches. */
export const webLoadOptionNames = [...loadOptionNames, "wasmFolder", "wasmBinary", "onBytes"];
