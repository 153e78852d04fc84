/**
 * A value that has to be there.
 *
 * @param what it is, for the error.
 * @throws Error if it is not there, which is a mistake in the program.
 */
export function required<T>(value: T | null | undefined, what: string): T {
  if (value === null || value === undefined) throw new Error(`${what} is missing.`);
  return value;
}
