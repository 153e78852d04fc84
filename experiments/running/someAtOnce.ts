/** Something to do, that ends early and in order when its signal is aborted. */
export type Work<Result> = (signal: AbortSignal) => Promise<Result>;

/**
 * Does several things, some of them at once, beginning in their order. When one fails the others are told to
 * end, and waited for.
 *
 * @param most   how many at once.
 * @param signal ends all of them.
 * @returns what each yielded, in their order.
 * @throws what the first one that failed threw.
 */
export async function someAtOnce<Result>(
  works: readonly Work<Result>[],
  most: number,
  signal: AbortSignal,
): Promise<Result[]> {
  const failure = new AbortController();
  const either = AbortSignal.any([signal, failure.signal]);
  const results: Result[] = [];
  const errors: unknown[] = [];
  let next = 0;
  const takeOneByOne = async (): Promise<void> => {
    while (next < works.length && errors.length === 0) {
      const index = next++;
      try {
        results[index] = await (works[index] as Work<Result>)(either);
      } catch (error) {
        errors.push(error);
        failure.abort();
      }
    }
  };
  await Promise.all(Array.from({ length: most }, takeOneByOne));
  if (errors.length > 0) throw errors[0];
  return results;
}
