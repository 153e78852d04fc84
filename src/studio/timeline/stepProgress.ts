/** @file What is over and what is going on within one decoder step, for the scenes that show one. */

import type { Trace } from "../../trace/trace.ts";
import { isOver, type Moment, type MomentKind } from "./script.ts";

/** The decoder step that a moment belongs to; the last one when all is over, the first before. */
export function stepOf({ kind, step }: Moment, { steps }: Trace): number {
  if (kind === "end") return Math.max(0, steps.length - 1);
  return kind === "encode" ? 0 : (step ?? 0);
}

/** How far what happens at `kind` of the moment's own step is: 0 before it, 1 after it. */
export function progressOf(
  kind: MomentKind,
  moment: Moment,
  progress: number,
  model: Trace["model"],
): number {
  if (moment.kind === kind) return progress;
  return isOver(kind, moment, model) ? 1 : 0;
}

/** The part of a movement that runs while `whole` goes from `from` to `to`: 0 to 1. */
export function part(whole: number, from: number, to: number): number {
  return Math.min(1, Math.max(0, (whole - from) / (to - from)));
}

/** Begins and ends gently. */
export function eased(share: number): number {
  return share * share * (3 - 2 * share);
}
