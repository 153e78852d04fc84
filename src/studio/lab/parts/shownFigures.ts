/** @file The numbers of a run at the place that is shown. Pure. */

import type { Look, StepFigures } from "../../../lab/messages.ts";
import type { LabRun } from "../state/labRun.svelte.ts";

/** Numbers of a run; null what is not known there. */
export interface ShownFigures {
  readonly step: number;
  readonly seconds: number | null;
  readonly loss: number | null;
  readonly look: Look | null;
}

/** The newest numbers where the newest checkpoint is shown, else those of the checkpoint. */
export function shownFigures(
  run: Pick<LabRun, "isFollowing" | "look" | "latest" | "steps" | "step">,
): ShownFigures {
  const { isFollowing, look, latest, steps, step } = run;
  if (isFollowing || look === null) {
    // A run that was taken up has no figures before its next step, but a look.
    const seconds = latest?.seconds ?? look?.seconds ?? null;
    return { step, seconds, loss: latest?.loss ?? null, look };
  }
  const at = lastUpTo(steps, look.step);
  return { step: look.step, seconds: look.seconds, loss: at?.loss ?? null, look };
}

/** The figures of the last step that is not after one. */
function lastUpTo(steps: readonly StepFigures[], step: number): StepFigures | undefined {
  return steps.findLast((each) => each.step <= step);
}
