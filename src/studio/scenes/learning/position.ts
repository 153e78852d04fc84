/** @file Where a play through the checkpoints is. Pure: a picture is a function of the position. */

import { eased } from "../../timeline/stepProgress.ts";

/** How long a checkpoint is shown at normal speed, in milliseconds. */
export const checkpointDuration = 1100;

/** The part of that time in which the picture changes; then it rests. */
const moving = 0.45;

/** Two checkpoints, and how far the picture has gone from the one to the other. */
export interface Blend {
  readonly before: number;
  readonly after: number;
  /** 0 at the one, 1 at the other, and at rest. */
  readonly share: number;
  /** The checkpoint that is told of. */
  readonly shown: number;
}

/**
 * What is shown at a position from 0 to `count` − 1: at a whole number its checkpoint; behind it, the
 * way to the next one.
 *
 * @param isStill whether nothing moves; then the next checkpoint is there at once.
 */
export function blendAt(position: number, count: number, isStill = false): Blend {
  const last = Math.max(0, count - 1);
  const at = Math.min(last, Math.max(0, position));
  const before = Math.floor(at);
  const part = Math.min(1, (at - before) / moving);
  const share = part === 0 ? 1 : isStill ? 1 : eased(part);
  // At rest there is nothing to come from.
  const after = part === 0 ? before : Math.min(last, before + 1);
  return { before, after, share, shown: share < 0.5 ? before : after };
}

/** The weights on the way from one checkpoint's to another's. */
export function blended(
  before: readonly (readonly number[])[],
  after: readonly (readonly number[])[],
  share: number,
): readonly (readonly number[])[] {
  if (share >= 1) return after;
  return after.map((row, index) =>
    row.map((weight, at) => weight * share + (before[index]?.[at] ?? 0) * (1 - share)),
  );
}
