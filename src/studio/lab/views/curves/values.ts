/** @file What curves say at a step, as text. Pure. */

import { formatShare, formatShort } from "../../../text/numbers.ts";
import type { CurveRun, Panel } from "./panels.ts";
import { lastAt } from "./thin.ts";

/** A number of a run at a step, as it is written; `–` where there is none yet. */
export interface Value {
  readonly on: "train" | "heldOut" | null;
  readonly written: string;
}

/** What a run has at a step in a panel: of its figures those of the step, of its looks the last one before it. */
export function valuesAt(
  { steps, looks, parts }: CurveRun,
  { kind, part }: Pick<Panel, "kind" | "part">,
  step: number,
): Value[] {
  const place = lastAt(steps, step);
  const figures = steps[place];
  const look = looks[lastAt(looks, step)];
  const short = (value: number | undefined): string =>
    value === undefined ? "–" : formatShort(value);
  const only = (written: string): Value[] => [{ on: null, written }];
  switch (kind) {
    case "loss":
      return only(short(figures?.loss));
    case "perplexity":
      return [
        { on: "train", written: short(look?.trainPerplexity) },
        { on: "heldOut", written: short(look?.heldOutPerplexity) },
      ];
    case "right":
      return only(look ? formatShare(look.right) : "–");
    case "speed":
      return only(short(speedAt(steps, place)));
    case "norm":
      return only(short(figures?.gradientNorm));
    case "partNorm":
      return only(short(figures?.partNorms[parts.indexOf(part ?? "")]));
  }
}

/** Steps a second around a place: over at least a second, or all there is. */
function speedAt(steps: CurveRun["steps"], place: number): number | undefined {
  const to = steps[place];
  if (!to) return undefined;
  let from = place;
  while (from > 0 && to.seconds - (steps[from] as typeof to).seconds < 1) from--;
  const start = steps[from] as typeof to;
  const seconds = to.seconds - start.seconds;
  return seconds > 0 ? (to.step - start.step) / seconds : undefined;
}
