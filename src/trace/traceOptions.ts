/** @file What a trace can be asked for, and whether it makes sense. */

import { z } from "zod";
import type { SearchOptions } from "../decoding/searchOptions.ts";
import type { ModelSizes } from "../models/configuration.ts";
import { OptionError } from "../options/optionError.ts";
import { counted } from "../tensor/counted.ts";
import { UserError } from "../tensor/errors.ts";
import { endId, paddingId, startId } from "../tensor/specialIds.ts";
import type { TensorGroup } from "./tensorGroups.ts";
import { tensorGroups } from "./tensorGroups.ts";

/** Which of the search's results is recorded. */
export const hypothesisOption = {
  schema: z.int().min(0),
  default: 0,
  group: "Trace",
  argument: "n",
  help: "which of the search's results the steps are recorded of, from 0",
};

/** Which tensors are recorded. */
export const tensorsOption = {
  schema: z.array(z.enum(tensorGroups)).max(tensorGroups.length),
  defaultText: "all",
  group: "Trace",
  argument: "groups",
  help: "groups of tensors that a trace records; none for the search and the probable tokens only",
  otherNames: "record outputs",
};

/**
 * How a text is translated while it is recorded; `nBest` is the beam unless given. With `prefix`,
 * `target` or `attention` there is no search: the model is asked what follows from them.
 */
export interface TraceOptions
  extends Omit<SearchOptions, "attention" | "observe" | "batchSize" | "prefixes"> {
  /** Which of the search's results the steps are recorded of; 0, the best, unless given. */
  readonly hypothesis?: z.output<typeof hypothesisOption.schema>;
  /** The groups of tensors to record; all unless given. The search and the probable tokens are always recorded. */
  readonly tensors?: readonly TensorGroup[];
  /** Target ids that come first. Decoding goes on greedily behind them, unless the last ends it. */
  readonly prefix?: readonly number[];
  /** Target ids of the whole output, with or without its end. */
  readonly target?: readonly number[];
  /**
   * Attention weights in the place of the model's own, by decoder step from 0: one for each source
   * token, in the order of the sentence. What follows is computed from them. The output is chosen
   * greedily where neither `prefix` nor `target` gives it; a step that is not reached is left out.
   */
  readonly attention?: ReadonlyMap<number, ArrayLike<number>>;
  /** Ends the trace between two steps, with the signal's reason. */
  readonly signal?: AbortSignal;
}

/** What is given from outside. */
export interface Given {
  /** The outputs of the first steps. */
  readonly outputs: readonly number[];
  /** Whether decoding goes on behind them. */
  readonly goesOn: boolean;
  /** Weights in the order of the sentence, by step. */
  readonly attention: ReadonlyMap<number, ArrayLike<number>>;
}

/** How far a sum of attention weights may be from 1. */
const tolerance = 1e-3;

/**
 * Yields what is given from outside; null if nothing is.
 *
 * @param sourceLength how many tokens the source has.
 * @throws UserError if options do not go together, or ids or weights cannot be.
 */
export function givenOf(
  options: TraceOptions,
  sizes: ModelSizes,
  sourceLength: number,
): Given | null {
  const { prefix, target, hypothesis, sample } = options;
  const attention = options.attention ?? new Map<number, ArrayLike<number>>();
  if (prefix === undefined && target === undefined && attention.size === 0) return null;
  if (prefix && target) fail("The prefix is a part of the target; give only one of them.");
  const what = target ? "target" : prefix ? "prefix" : "attention";
  if (hypothesis !== undefined) {
    fail(`With ${what} given there is no search, and so no hypothesis ${hypothesis}.`);
  }
  if (sample) {
    throw new OptionError({
      key: "sample",
      value: sample,
      problem: `with {${what}} nothing is drawn`,
      remedy: "leave {sample} out",
    });
  }
  if (sourceLength === 0) fail(`The text has no tokens, so that nothing follows from ${what}.`);
  const ids = target ?? prefix ?? [];
  checkOutputs(ids, sizes.targetVocabulary, what);
  const isWhole = target !== undefined;
  const outputs = isWhole && ids.at(-1) !== endId ? [...ids, endId] : [...ids];
  if (attention.size > 0 && sizes.attention === "none") {
    fail("A model without attention takes no attention weights.");
  }
  for (const [step, weights] of attention) {
    checkStep(step, isWhole ? outputs.length : null);
    checkWeights(step, weights, sourceLength);
  }
  return { outputs, goesOn: !isWhole, attention };
}

function checkOutputs(ids: readonly number[], vocabulary: number, what: string): void {
  ids.forEach((id, at) => {
    const place = `The ${what} has the id ${id} at position ${at}`;
    if (!(Number.isInteger(id) && id >= 0 && id < vocabulary)) {
      fail(`${place}; ids are whole numbers up to ${vocabulary - 1}.`);
    }
    if (id === paddingId || id === startId) fail(`${place}, which is never said.`);
    if (id === endId && at < ids.length - 1)
      fail(`${place}, which ends a sentence; leave the rest.`);
  });
}

function checkStep(step: number, steps: number | null): void {
  if (!Number.isInteger(step) || step < 0) {
    fail(`Attention is given for step ${step}; steps are whole numbers from 0.`);
  }
  if (steps !== null && step >= steps) {
    fail(`Attention is given for step ${step}; the target takes the steps 0 to ${steps - 1}.`);
  }
}

function checkWeights(step: number, weights: ArrayLike<number>, sourceLength: number): void {
  const place = `The attention weights of step ${step}`;
  if (weights.length !== sourceLength) {
    fail(
      `${place} are ${counted(weights.length, "number")}; give one for each of ${counted(sourceLength, "token")}.`,
    );
  }
  let sum = 0;
  for (let at = 0; at < weights.length; at++) {
    const weight = weights[at] as number;
    if (!(Number.isFinite(weight) && weight >= 0)) {
      fail(`${place} have ${weight} at position ${at}; give numbers from 0.`);
    }
    sum += weight;
  }
  if (Math.abs(sum - 1) > tolerance) fail(`${place} add up to ${sum}; make it 1.`);
}

function fail(message: string): never {
  throw new UserError(message);
}
