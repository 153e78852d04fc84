/** @file How large the numbers of a tensor get, so that one colour means one number in a whole trace. */

import type { Trace } from "../../trace/trace.ts";

const known = new WeakMap<Trace, Map<string, number>>();

/**
 * The size of number at the end of the colour scale: 1 for gates and attention weights, else the
 * largest absolute value that the tensor has anywhere in the trace.
 */
export function domainOf(trace: Trace, side: "encoder" | "decoder", tensor: string): number {
  if (/(gate|weights)$/.test(tensor)) return 1;
  const domains = known.get(trace) ?? new Map<string, number>();
  known.set(trace, domains);
  const key = `${side} ${tensor}`;
  const found = domains.get(key);
  if (found !== undefined) return found;
  const tensors =
    side === "encoder" ? [trace.encoder.tensors] : trace.steps.map(({ tensors }) => tensors);
  let largest = 0;
  for (const { [tensor]: values } of tensors) {
    // Scores at padding are −10⁹ and would hide all others.
    const data = values?.data ?? [];
    for (let at = 0; at < data.length; at++) {
      const size = Math.abs(data[at] as number);
      if (size > largest && size < 1e8) largest = size;
    }
  }
  domains.set(key, largest || 1);
  return largest || 1;
}

/** The vector of an encoder tensor at a step of its time axis, or of a decoder step; empty if none. */
export function vectorAt(
  trace: Trace,
  side: "encoder" | "decoder",
  tensor: string,
  step: number,
): ArrayLike<number> {
  if (side === "decoder") return trace.steps[step]?.tensors[tensor]?.data ?? [];
  const found = trace.encoder.tensors[tensor];
  if (!found) return [];
  if (found.shape.length < 2) return found.data;
  const size = found.shape[1] as number;
  const { data } = found;
  return data instanceof Float32Array
    ? data.subarray(step * size, (step + 1) * size)
    : Array.prototype.slice.call(data, step * size, (step + 1) * size);
}

/** Which numbers of a vector are shown, in order of their places. */
export function folded(
  values: ArrayLike<number>,
  fold: "first" | "strongest",
  count: number,
): number[] {
  const places = Array.from({ length: values.length }, (_, place) => place);
  if (fold === "first" || values.length <= count) return places.slice(0, count);
  const size = (place: number): number => Math.abs(values[place] as number);
  return places
    .sort((one, other) => size(other) - size(one) || one - other)
    .slice(0, count)
    .sort((one, other) => one - other);
}
