/** @file The last lines of a training: why it ended, which weights it leaves, and what to do next. */

import type { TrainResult } from "../training/run/events.ts";

/** What a run that ended says. */
export function endLines(result: TrainResult): string[] {
  const { reason, steps, seconds, out } = result;
  if (steps === 0) {
    return [
      "Stopped before the first step; nothing was saved. Run the same command to start again.",
    ];
  }
  const minutes = `${(seconds / 60).toFixed(1)} minutes`;
  const use = `The model is in ${out}; try: echo "…" | seq2see translate --model ${out}`;
  if (reason === "interrupted") {
    return [
      `Stopped after ${minutes}; ${keptWeights(result)}.`,
      use,
      `Stopped at step ${steps}; resume with: seq2see train --out ${out} --resume`,
    ];
  }
  const why = reason === "patience" ? "the dev set stopped improving" : "the limit is reached";
  return [`Done after ${steps} steps, ${minutes}: ${why}; ${keptWeights(result)}.`, use];
}

/** Which weights the model has. */
function keptWeights({ bestStep, steps, devPerplexity }: TrainResult): string {
  const dev = devPerplexity === null ? "" : `, with dev perplexity ${devPerplexity.toFixed(2)}`;
  const which =
    bestStep === steps ? "kept the last weights" : `kept the weights of step ${bestStep}`;
  return `${which}${dev}`;
}
