/** @file What the lab has seen of a run, as the records of a training that the story shows. */

import type { EvaluationLine, SampleLine, WatchedLine } from "../../modelFolder/trainingRecords.ts";
import { trainingRecords } from "../../modelFolder/trainingRecords.ts";
import type { BegunRun, LabFiles, Look, StepFigures } from "../messages.ts";

/** What was seen of a run up to the step that is shown. */
export interface SeenRun {
  readonly begun: Pick<BegunRun, "shown" | "heldOutCount" | "batchesPerEpoch">;
  readonly steps: readonly StepFigures[];
  readonly looks: readonly Look[];
  /** How checkpoints see some pairs. */
  readonly lines: readonly WatchedLine[];
}

/**
 * Writes the looks of a run as lines of `metrics.jsonl`, `samples.jsonl` and `watched.jsonl`.
 *
 * @param last the step of the model; what came after it is left out.
 */
export function labRecords({ begun, steps, looks, lines }: SeenRun, last: number): LabFiles {
  const seen = looks.filter(({ step }) => step <= last);
  const metrics = seen.map(
    (look): EvaluationLine => ({
      step: look.step,
      epoch: Math.floor(look.step / Math.max(1, begun.batchesPerEpoch)),
      seconds: look.seconds,
      trainPerplexity: look.trainPerplexity,
      devPerplexity: look.heldOutPerplexity,
      devBleu: null,
      learningRate: rateAt(steps, look.step),
      // The lab keeps no weights as the best: a model is what it is at its step.
      isBest: look.step === seen.at(-1)?.step,
    }),
  );
  const samples = seen.map(
    (look): SampleLine => ({
      step: look.step,
      seconds: look.seconds,
      score: { metric: "exact", value: 100 * look.right, pairs: begun.heldOutCount },
      translations: begun.shown.map(({ source, target }, index) => ({
        source,
        reference: target,
        output: look.outputs[index] ?? "",
      })),
    }),
  );
  return new Map([
    [trainingRecords.metrics, linesOf(metrics)],
    [trainingRecords.samples, linesOf(samples)],
    [trainingRecords.watched, linesOf(lines.filter(({ step }) => step <= last))],
  ]);
}

/** The learning rate of the last step up to one; before the first, that of the first. */
function rateAt(steps: readonly StepFigures[], step: number): number {
  const before = steps.findLast((figures) => figures.step <= step) ?? steps[0];
  return before?.learningRate ?? 0;
}

const linesOf = (lines: readonly object[]): Uint8Array<ArrayBuffer> =>
  new TextEncoder().encode(lines.map((line) => `${JSON.stringify(line)}\n`).join(""));
