/** @file Which steps of a long run are kept to be shown. The engine and the page keep the same ones. */

/** The most looks, and measurements of steps, that are kept. */
export const mostLooks = 64;
export const mostFigures = 2048;

interface OfStep {
  readonly step: number;
}

/**
 * Adds a look to looks in the order of their steps, in the place of one of the same step. If there are too many, one goes:
 * that whose neighbours are closest together. The first and the last stay. Distances are even at first and grow with the
 * steps from some hundreds on, as a model learns most in the beginning.
 */
export function withLook<Look extends OfStep>(
  looks: readonly Look[],
  added: Look,
  most: number = mostLooks,
): Look[] {
  const all = [...looks.filter(({ step }) => step !== added.step), added];
  if (all.length <= most) return all;
  const placeOf = (index: number): number => Math.log1p((all[index] as Look).step / evenUntil);
  let least = Number.POSITIVE_INFINITY;
  let dropped = -1;
  for (let index = 1; index < all.length - 1; index++) {
    const distance = placeOf(index + 1) - placeOf(index - 1);
    if (distance < least) [least, dropped] = [distance, index];
  }
  return all.filter((_, index) => index !== dropped);
}

/** Steps up to which looks are about evenly spaced. */
const evenUntil = 200;

/** Adds measurements of steps, and keeps those of every second, fourth, … step where there are too many. */
export function withFigures<Figures extends OfStep>(
  kept: readonly Figures[],
  added: readonly Figures[],
  most: number = mostFigures,
): Figures[] {
  const last = added.at(-1)?.step ?? kept.at(-1)?.step ?? 0;
  let every = 1;
  while (last / every > most) every *= 2;
  return [...kept, ...added].filter(({ step }) => step % every === 0 || step === 1);
}
