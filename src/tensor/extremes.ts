/**
 * @file Extremes and norms of any number of values. `Math.max` takes them as arguments, of which only about
 * 120,000 fit on the stack; a sentence can have more tokens.
 */

/** The largest of some values and of `start`; −∞ if there are none. */
export function largestOf(
  values: Iterable<number>,
  start: number = Number.NEGATIVE_INFINITY,
): number {
  let result = start;
  for (const value of values) result = Math.max(result, value);
  return result;
}

/** The smallest of some values and of `start`; ∞ if there are none. */
export function smallestOf(
  values: Iterable<number>,
  start: number = Number.POSITIVE_INFINITY,
): number {
  let result = start;
  for (const value of values) result = Math.min(result, value);
  return result;
}

/** The index of the largest value, the first of several; 0 if there are none. */
export function indexOfLargest(values: ArrayLike<number>): number {
  let best = 0;
  for (let index = 1; index < values.length; index++) {
    if ((values[index] as number) > (values[best] as number)) best = index;
  }
  return best;
}

/** The Euclidean norm of a vector, scaled and with compensated sums so that it neither overflows nor drifts. */
export function norm(vector: Iterable<number>): number {
  let scale = 0;
  for (const value of vector) scale = Math.max(scale, Math.abs(value));
  if (scale === 0 || !Number.isFinite(scale)) return scale;
  let sum = 0;
  let lost = 0;
  for (const value of vector) {
    const part = (value / scale) ** 2 - lost;
    const next = sum + part;
    lost = next - sum - part;
    sum = next;
  }
  return Math.sqrt(sum) * scale;
}
