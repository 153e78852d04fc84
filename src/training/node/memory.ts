/** @file Whether a model can be trained in the memory of this machine. */

import { totalmem } from "node:os";
import type { ModelConfiguration } from "../../models/configuration.ts";
import { parametersOf } from "../../models/graphs.ts";
import { OptionError } from "../../options/optionError.ts";
import { counted } from "../../tensor/counted.ts";
import { elementCount } from "../../tensor/value.ts";

/** Bytes of a float32 parameter, its gradient and the two moments of most optimisers. */
const bytesPerParameter = 4 * 4;

/**
 * Checks that there is enough memory to train a model, without counting its vocabularies.
 *
 * @param bytes the available memory; by default, all memory of the machine.
 * @throws OptionError if there is not, before the system would kill the run.
 */
export function checkMemory(configuration: ModelConfiguration, bytes: number = memory()): void {
  const sizes = { ...configuration, sourceVocabulary: 4, targetVocabulary: 4 };
  const parameters = parametersOf(sizes).reduce((sum, { shape }) => sum + elementCount(shape), 0);
  if (parameters * bytesPerParameter <= bytes) return;
  const gigabytes = (count: number): string => Math.ceil(count / 1e9).toLocaleString("en-US");
  const needed = gigabytes(parameters * bytesPerParameter);
  throw new OptionError({
    key: "hidden",
    value: configuration.hidden,
    problem: `the model would have ${counted(parameters, "parameter")}, and its training would need ${needed} GB of memory where there are ${gigabytes(bytes)}`,
    remedy: "lower {hidden}, {embedding} or {layers}",
  });
}

function memory(): number {
  const limit = process.constrainedMemory?.() ?? 0;
  return limit > 0 ? Math.min(limit, totalmem()) : totalmem();
}
