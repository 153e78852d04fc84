/** @file Many numbers over a run, thinned to what can be drawn. Pure. */

/** The numbers of some neighbouring steps. */
export interface Bucket {
  /** The mean of the steps. */
  readonly step: number;
  readonly mean: number;
  readonly least: number;
  readonly most: number;
}

/** Numbers along a run. */
export interface Numbers {
  readonly count: number;
  /** The step of a number; steps grow. */
  readonly stepOf: (index: number) => number;
  /** The number; one that is not finite is left out. */
  readonly numberOf: (index: number) => number;
}

/**
 * Yields at most `count` buckets of equal width between step 0 and `last`, in order, without those that are empty. So the work of
 * drawing does not grow with a run, and no extreme gets lost.
 */
export function bucketsOf(numbers: Numbers, last: number, count: number): Bucket[] {
  const buckets: Bucket[] = [];
  const width = Math.max(1e-9, last) / Math.max(1, count);
  let place = -1;
  let [steps, sum, least, most, size] = [0, 0, 0, 0, 0];
  const close = (): void => {
    if (size > 0) buckets.push({ step: steps / size, mean: sum / size, least, most });
    size = 0;
  };
  for (let index = 0; index < numbers.count; index++) {
    const value = numbers.numberOf(index);
    if (!Number.isFinite(value)) continue;
    const step = numbers.stepOf(index);
    const own = Math.min(count - 1, Math.floor(step / width));
    if (own !== place || size === 0) {
      close();
      place = own;
      [steps, sum, least, most] = [0, 0, value, value];
    }
    steps += step;
    sum += value;
    if (value < least) least = value;
    if (value > most) most = value;
    size++;
  }
  close();
  return buckets;
}

/**
 * Steps a second over spans of the run: a span has at least `leastSpan` seconds, as a time that is measured over less says
 * little, and there are at most `count` of them.
 */
export function speedsOf(
  steps: readonly { readonly step: number; readonly seconds: number }[],
  count: number,
  leastSpan = 0.5,
): Bucket[] {
  const speeds: Bucket[] = [];
  const first = steps[0];
  const last = steps.at(-1);
  if (!first || !last) return speeds;
  const span = Math.max(leastSpan, (last.seconds - first.seconds) / Math.max(1, count));
  let from = first;
  for (const figures of steps) {
    const seconds = figures.seconds - from.seconds;
    if (seconds < span) continue;
    const speed = (figures.step - from.step) / seconds;
    const step = (figures.step + from.step) / 2;
    speeds.push({ step, mean: speed, least: speed, most: speed });
    from = figures;
  }
  return speeds;
}

/** The place of the last of some things at a step or before it, found by halving; −1 if there is none. */
export function lastAt(things: readonly { readonly step: number }[], step: number): number {
  let [low, high] = [0, things.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((things[middle] as { step: number }).step <= step) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

/** The place of the thing nearest to a step; −1 if there is none. */
export function nearestAt(things: readonly { readonly step: number }[], step: number): number {
  const before = lastAt(things, step);
  const [one, other] = [things[before], things[before + 1]];
  if (!one) return other ? 0 : -1;
  if (!other) return before;
  return step - one.step <= other.step - step ? before : before + 1;
}
