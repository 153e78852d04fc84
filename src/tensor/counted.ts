/** @file Numbers of things, as messages write them. */

/** To make a formatter takes longer than to draw what it writes. */
const formatter = new Intl.NumberFormat("en-US");

/** Writes a number with its thousands apart: `1,200`. */
export function grouped(count: number): string {
  return formatter.format(count);
}

/**
 * Writes a number of things: `1 pair`, `1,200 pairs`.
 *
 * @param one  the name of one of them.
 * @param many the name of several, where that is not `one` with an s.
 */
export function counted(count: number, one: string, many = `${one}s`): string {
  return `${grouped(count)} ${count === 1 ? one : many}`;
}
