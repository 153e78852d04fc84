/** @file Whether a model can be trained in the memory of this machine. */

import { totalmem } from "node:os";
import type { ModelConfiguration } from "../../models/configuration.ts";
import { parametersOf } from "../../models/graphs.ts";
import { OptionError } from "../../options/optionError.ts";
import { elementCount } from "../../tensor/value.ts";

/** A parameter's bytes, those of its gradient, and of what most optimisers remember of it: two more. */
const bytesPerParameter = 4 * 4;

/**
 * Makes sure that there is memory for a model, its vocabularies not counted.
 *
 * @param bytes how much there is; all of the machine unless given.
 * @throws OptionError if there is not, so that nothing is begun that the system would end.
 */
export function checkMemory(configuration: ModelConfiguration, bytes: number = memory()): void {
  const sizes = { ...configuration, sourceVocabulary: 4, targetVocabulary: 4 };
  const parameters = parametersOf(sizes).reduce((sum, { shape }) => sum + elementCount(shape), 0);
  if (parameters * bytesPerParameter <= bytes) return;
  const gigabytes = (count: number): string => Math.ceil(count / 1e9).toLocaleString("en-US");
  const count = parameters.toLocaleString("en-US");
  const needed = gigabytes(parameters * bytesPerParameter);
  throw new OptionError({
    key: "hidden",
    value: configuration.hidden,
    problem: `the model would have ${count} parameters, and its training would need ${needed} GB of memory where there are ${gigabytes(bytes)}`,
    remedy: "lower {hidden}, {embedding} or {layers}",
  });
}

function memory(): number {
  const limit = process.constrainedMemory?.() ?? 0;
  return limit > 0 ? Math.min(limit, totalmem()) : totalmem();
}
