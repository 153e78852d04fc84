/** @file What may look at a run while it stands between two steps: a lab, which shows how it learns. */

import type { StepBatch } from "../step/sharedStep.ts";
import type { StepResult } from "../step/trainingStep.ts";
import type { TrainingState } from "../storage/checkpoint.ts";
import type { TrainHooks } from "./events.ts";
import type { RunParts } from "./runParts.ts";

/** A run that stands between two steps. Who looks at it writes to none of its numbers. */
export interface RunView {
  /** Data, tokenizers, graphs, parameters, gradients of the last step, and averages. */
  readonly parts: RunParts;
  /** What it has done so far. It changes with the run. */
  readonly state: Readonly<TrainingState>;
  readonly batchesPerEpoch: number;
  /** Saves a checkpoint: the run's files go on from this step then, to the same bits. */
  save(): Promise<void>;
}

/** A step that is about to be taken. */
export interface ComingStep {
  /** Its number, from 1. */
  readonly step: number;
  readonly batches: readonly StepBatch[];
}

/** A step that has been taken, with the evaluation that followed it. */
export interface TakenStep {
  readonly step: number;
  readonly learningRate: number;
  readonly result: StepResult;
}

/**
 * Hooks that a run waits for, so that they can pause it, slow it down, or look at it: its numbers stay the same, and their
 * time does not count as the run's. An error of a hook ends the run without another evaluation.
 */
export interface RunHooks extends TrainHooks {
  /** Before the first step, of a resumed run too. */
  begin?(view: RunView): Promise<void>;
  beforeStep?(coming: ComingStep): Promise<void>;
  afterStep?(taken: TakenStep): Promise<void>;
}
