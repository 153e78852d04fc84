/** @file Numbers of things, as messages write them. */

/**
 * Writes a number of things: `1 pair`, `1,200 pairs`.
 *
 * @param one  the name of one of them.
 * @param many the name of several, where that is not `one` with an s.
 */
export function counted(count: number, one: string, many = `${one}s`): string {
  return `${count.toLocaleString("en-US")} ${count === 1 ? one : many}`;
}
