/** @file Small runs of the lab, in Node. */

import { LabEngine } from "../../src/lab/engine/labEngine.ts";
import type { LabFault } from "../../src/lab/labFault.ts";
import type { Beginning, LabFiles, Look, RunOptions, StepFigures } from "../../src/lab/messages.ts";
import type { TaskPairs } from "../../src/lab/task.ts";
import { nodeRuntime } from "../../src/runtime/node.ts";
import { Random } from "../../src/tensor/random.ts";
import { MemoryStorage } from "../../src/training/memory/memoryStorage.ts";
import { readCheckpoint } from "../../src/training/storage/checkpoint.ts";

export const labRuntime = nodeRuntime({ threads: 1 });

/** Words of up to five letters and the same letters from behind. */
export function reversedWords(count: number, seed = 1): { source: string; target: string }[] {
  const random = new Random(seed);
  return Array.from({ length: count }, () => {
    const letters = Array.from(
      { length: 2 + random.integer(4) },
      () => "abcdef"[random.integer(6)],
    );
    return { source: letters.join(""), target: letters.toReversed().join("") };
  });
}

export const labPairs: TaskPairs = { train: reversedWords(60), heldOut: reversedWords(20, 2) };

/** The options of a tiny model; an epoch has four batches. */
export const labOptions: RunOptions = {
  preset: "luong2015",
  tokenizer: "char",
  model: { hidden: 8, embedding: 8, layers: 1, dropout: 0 },
  batch: 16,
  optimizer: "adam",
  learningRate: 0.01,
  seed: 5,
};

/** A new run of the tiny model. */
export function newRun(options: RunOptions = {}, from?: LabFiles): Beginning {
  const all = from ? options : { ...labOptions, ...options };
  return { kind: "new", options: all, pairs: labPairs, ...(from && { from }) };
}

/** An engine with what it has said of its own accord. */
export interface Heard {
  readonly engine: LabEngine;
  readonly steps: StepFigures[];
  readonly looks: Look[];
  readonly failures: LabFault[];
  /** Resolves once it has told of a step. */
  reached(step: number): Promise<void>;
}

/** An engine in this thread. */
export function listenedEngine(): Heard {
  const engine = new LabEngine({ runtime: Promise.resolve(labRuntime) });
  const waiting: { readonly step: number; readonly resolve: () => void }[] = [];
  const heard = {
    engine,
    steps: [] as StepFigures[],
    looks: [] as Look[],
    failures: [] as LabFault[],
    reached: (step: number) =>
      new Promise<void>((resolve) => {
        waiting.push({ step, resolve });
        tell();
      }),
  };
  const tell = (): void => {
    const last = heard.steps.at(-1)?.step ?? 0;
    for (const { step, resolve } of waiting) if (step <= last) resolve();
  };
  engine.onEvent = (event) => {
    if (event.kind === "steps") heard.steps.push(...event.steps);
    else if (event.kind === "look") heard.looks.push(event.look);
    else heard.failures.push(event.fault);
    tell();
  };
  return heard;
}

/** All numbers of a run's checkpoint: parameters, moments, averages. */
export async function numbersOfRun(files: LabFiles): Promise<Map<string, number[]>> {
  const { tensors } = await readCheckpoint(new MemoryStorage(files));
  return new Map([...tensors].map(([name, { data }]) => [name, Array.from(data as Float32Array)]));
}
