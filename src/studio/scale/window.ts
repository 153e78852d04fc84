/** @file The window of local attention: its middle, and what is inside of it (Luong et al. 2015, §3.2). */

import type { Window as Bounds } from "../../nn/attentionScope.ts";
import { isInWindow, scopeKinds } from "../../nn/attentionScope.ts";
import type { Trace } from "../../trace/trace.ts";

/** Where a step of local attention looks. */
export interface Window extends Bounds {
  /** Whether a position is inside. */
  readonly isInside: (position: number) => boolean;
  /** The share of its softmax that a position keeps: 1 without a Gaussian. */
  readonly gaussian: (position: number) => number;
}

/** The window of a step; null where all words may be looked at. */
export function windowOf(trace: Trace, step: number): Window | null {
  const { attentionScope, window: reach } = trace.model;
  const centre = trace.steps[step]?.tensors["attention.centre"]?.data[0];
  if (centre === undefined) return null;
  const window = { centre, reach };
  return {
    ...window,
    isInside: (position) => isInWindow(position, window),
    gaussian: (position) => scopeKinds[attentionScope].factor?.(position, window) ?? 1,
  };
}

/** The first and the last position inside of a window; null if none is. */
export function insideOf({ isInside }: Window, count: number): readonly [number, number] | null {
  const inside = Array.from({ length: count }, (_, at) => at).filter(isInside);
  const [first, last] = [inside[0], inside.at(-1)];
  return first === undefined || last === undefined ? null : [first, last];
}
