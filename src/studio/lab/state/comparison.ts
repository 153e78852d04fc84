/** @file What two runs of the same pairs have come to, at a step at which both were looked at. Pure. */

import type { Look } from "../../../lab/messages.ts";

/** The last looks of two runs at one step; null before there is one. */
export function lastCommonLooks(
  one: readonly Look[],
  other: readonly Look[],
): readonly [Look, Look] | null {
  const others = new Map(other.map((look) => [look.step, look]));
  for (let place = one.length - 1; place >= 0; place--) {
    const look = one[place] as Look;
    const beside = others.get(look.step);
    if (beside) return [look, beside];
  }
  return null;
}

/** Which of two shares of right outputs is larger: 0, 1, or null if they are nearly the same. */
export function betterOf([one, other]: readonly [Look, Look]): 0 | 1 | null {
  if (Math.abs(one.right - other.right) < 0.02) return null;
  return one.right > other.right ? 0 : 1;
}
