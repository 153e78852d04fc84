/** A task that ends early but orderly when its signal is aborted. */
export type Work<Result> = (signal: AbortSignal) => Promise<Result>;

/**
 * Runs several tasks, some of them at once, starting in order. When one fails, the others are asked to end and
 * awaited.
 *
 * @param most   the maximum number at once.
 * @param signal ends all of them.
 * @returns their results, in order.
 * @throws the error of the first task that failed.
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
