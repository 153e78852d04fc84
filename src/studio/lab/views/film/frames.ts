/** @file Which checkpoints a film strip shows. Pure. */

/**
 * The places of at most about `most` checkpoints of `count`: every first, second, fourth, eighth …, so that the strip stays
 * as it is while checkpoints are added; and the one that is shown and the newest.
 */
export function framesOf(count: number, shown: number, most: number): number[] {
  let stride = 1;
  while (Math.ceil(count / stride) > Math.max(1, most)) stride *= 2;
  const places = new Set<number>();
  for (let place = 0; place < count; place += stride) places.add(place);
  for (const place of [shown, count - 1]) if (place >= 0 && place < count) places.add(place);
  return [...places].sort((one, other) => one - other);
}

/**
 * How many rows of an output are drawn, its end included: one more than the right one has, so that pictures keep their size
 * while outputs change; a model that has learned nothing yet may not find an end.
 *
 * @param wanted the length of the right output, without its end.
 */
export function rowsOf(wanted: number): number {
  return wanted + 2;
}
