import { tensorGroupOf } from "../../trace/tensorGroups.ts";
import type { Trace } from "../../trace/trace.ts";
import { vectorAt } from "../scale/domain.ts";
import type { Pick } from "../state/selection.svelte.ts";
import { layerOutput } from "./layerRows.ts";

/**
 * The vector that a pick points into: one of the trace's, or one of those that scenes make of them.
 * `weighted` is a source state times its weight, `joined.N` what layer N hands to the one above.
 */
export function valuesOf(trace: Trace, { tensor, side, step, row }: Pick): ArrayLike<number> {
  if (tensor === "weighted" && row !== undefined) {
    const weight = vectorAt(trace, "decoder", "attention.weights", step)[row] ?? 0;
    return Float32Array.from(
      vectorAt(trace, "encoder", "memory", row),
      (number) => number * weight,
    );
  }
  const below = /^joined\.(\d+)$/.exec(tensor);
  if (below) return layerOutput(trace, Number(below[1]), step, "h").values;
  return vectorAt(trace, tensor.startsWith("state.") ? "encoder" : side, tensor, step);
}

/**
 * A number that was picked, as another trace has it: a pick outlives its sentence.
 *
 * @returns null if the trace has no such place.
 */
export function refreshed(trace: Trace, pick: Pick): Pick | null {
  const { tensor, side, step, index, row } = pick;
  const tokens = trace.source.tokens.length;
  const isEncoder = side === "encoder" || tensor.startsWith("state.");
  const steps = isEncoder ? tokens : trace.steps.length;
  if (step >= steps || (row !== undefined && row >= tokens)) return null;
  // The zero before a first step is in no trace.
  if (step < 0) return pick;
  const values = valuesOf(trace, pick);
  const value = values[index];
  if (value !== undefined) return { ...pick, value, size: values.length };
  // What else scenes make has names of its own; a name of a trace is of what this model lacks.
  return values.length > 0 || tensorGroupOf(tensor) ? null : pick;
}
