/** @file The last lines of a training: why it ended, which weights it leaves, and what to do next. */

import { counted } from "../tensor/counted.ts";
import type { TrainResult } from "../training/run/events.ts";
import { programCall, shellWord } from "./invocation.ts";
import { duration } from "./progress.ts";

/** Ways of the user to call the program, and a source to try. */
export interface EndSettings {
  /** A source of the dev set; undefined if there is none, or it is no text. */
  readonly example?: string | undefined;
  /** The program as typed. */
  readonly program?: string;
}

/** What a run says at its end; commands in it can be typed as they are. */
export function endLines(
  result: TrainResult,
  { example, program = programCall() }: EndSettings = {},
): string[] {
  const { reason, steps, seconds, out } = result;
  if (steps === 0) {
    return [
      "Stopped before the first step; nothing was saved. Run the same command to start again.",
    ];
  }
  const folder = shellWord(out);
  const model = `--model ${folder}`;
  const source = shellWord(example ?? "…");
  const use = [
    `  translate:    echo ${source} | ${program} translate ${model}`,
    `  look inside:  ${program} studio ${model}`,
  ];
  const goOn = `${program} train --out ${folder} --resume`;
  if (reason === "interrupted") {
    return [
      `Stopped after ${duration(seconds)}; ${keptWeights(result)}. Use them, or train on:`,
      ...use,
      `Stopped at step ${steps}; resume with: ${goOn}`,
    ];
  }
  const why = reason === "patience" ? "the dev set stopped improving" : "the limit is reached";
  const minutes = Math.max(1, Math.ceil(seconds / 30));
  return [
    `Done after ${counted(steps, "step")}, ${duration(seconds)}: ${why}; ${keptWeights(result)}.`,
    `The model is in ${out}. Next:`,
    ...use,
    ...(reason === "limit" ? [`  train on:     ${goOn} --minutes ${minutes}`] : []),
  ];
}

/** Which weights the model has. */
function keptWeights({ bestStep, steps, devPerplexity }: TrainResult): string {
  const dev = devPerplexity === null ? "" : `, with dev perplexity ${devPerplexity.toFixed(2)}`;
  const which =
    bestStep === steps ? "kept the last weights" : `kept the weights of step ${bestStep}`;
  return `${which}${dev}`;
}
