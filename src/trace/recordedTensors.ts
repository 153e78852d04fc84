/** @file Which tensors a trace has, and what to say of one that it does not have. */

import { didYouMean, nearest } from "../options/nearest.ts";
import { counted } from "../tensor/counted.ts";
import { UserError } from "../tensor/errors.ts";
import type { TensorGroup } from "./tensorGroups.ts";
import { tensorGroupOf, tensorGroups } from "./tensorGroups.ts";
import type { Trace, TracedTensor, TracedTensors } from "./trace.ts";

/** The same trace with the tensors of some groups only; everything else stays. */
export function withTensors(trace: Trace, groups: readonly TensorGroup[]): Trace {
  const kept = (tensors: TracedTensors): TracedTensors =>
    Object.fromEntries(
      Object.entries(tensors).filter(([name]) => {
        const group = tensorGroupOf(name);
        return group !== undefined && groups.includes(group);
      }),
    );
  return {
    ...trace,
    options: { ...trace.options, tensors: tensorGroups.filter((group) => groups.includes(group)) },
    encoder: { ...trace.encoder, tensors: kept(trace.encoder.tensors) },
    steps: trace.steps.map((step) => ({ ...step, tensors: kept(step.tensors) })),
  };
}

/**
 * A tensor of a trace.
 *
 * ```ts
 * const { data } = recordedTensor(trace, "attention.weights", 0);
 * ```
 *
 * @param step a decoder step, from 0; without it, the tensor is of the encoder.
 * @throws UserError saying whether the trace leaves the tensor out, has it elsewhere, or the model has none of that name.
 */
export function recordedTensor(trace: Trace, name: string, step?: number): TracedTensor {
  const tensors = step === undefined ? trace.encoder.tensors : trace.steps[step]?.tensors;
  if (tensors === undefined) {
    throw new UserError(
      `There is no step ${step}; the trace has ${counted(trace.steps.length, "step")}, counted from 0.`,
    );
  }
  const found = Object.hasOwn(tensors, name) ? tensors[name] : undefined;
  if (found) return found;
  const recorded = trace.options.tensors ?? tensorGroups;
  const group = tensorGroupOf(name);
  if (group !== undefined && !recorded.includes(group)) {
    const has = recorded.length === 0 ? "no tensors" : `only the tensors of ${recorded.join(", ")}`;
    throw new UserError(
      `${name} is not recorded: the trace has ${has}; record it again with those of ${group}.`,
    );
  }
  const elsewhere = placeOf(trace, name, step);
  if (elsewhere !== null) throw new UserError(`${name} is ${elsewhere}.`);
  const question = didYouMean(nearest(name, Object.keys(tensors)));
  const where = step === undefined ? "of the encoder" : "of the decoder";
  throw new UserError(
    `There is no tensor ${name} ${where} in a trace of this model.${question && ` ${question}`}`,
  );
}

/** Where a trace has a tensor that is not where it was looked for, and what to do; null if it has it nowhere. */
function placeOf(trace: Trace, name: string, step: number | undefined): string | null {
  const others = trace.steps.flatMap(({ tensors }, at) =>
    Object.hasOwn(tensors, name) ? [at] : [],
  );
  const [first] = others;
  if (step === undefined) {
    return first === undefined ? null : `a tensor of decoder steps; give a step, such as ${first}`;
  }
  if (Object.hasOwn(trace.encoder.tensors, name)) {
    return "a tensor of the encoder; ask for it without a step";
  }
  if (first === undefined) return null;
  return `missing in step ${step}, though other steps have it: the trace is incomplete; record it again`;
}
