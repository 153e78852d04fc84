/** @file A small run that learns to reverse letters, in memory, as the lab trains it. */

import { modelFiles, tokenizerFiles } from "../../src/modelFolder/modelFolder.ts";
import { nodeRuntime } from "../../src/runtime/node.ts";
import type { TextPair } from "../../src/training/memory/memoryRun.ts";
import { MemoryTraining } from "../../src/training/memory/memoryRun.ts";

const letters = "abcdefgh";

/** Words of letters and their reversals. */
export const letterPairs: readonly TextPair[] = Array.from({ length: 120 }, (_, index) => {
  const word = Array.from(
    { length: 2 + (index % 4) },
    (_, at) => letters[(index * (at + 3) + at) % 8],
  );
  return { source: word.join(""), target: word.toReversed().join("") };
});

export const heldOutLetters: readonly TextPair[] = letterPairs.slice(0, 12);

/** Trains some steps, of which the last is between two evaluations. */
export async function trainLetters(steps = 14): Promise<MemoryTraining> {
  const run = new MemoryTraining();
  const stop = new AbortController();
  await run.train(
    {
      data: letterPairs.slice(12),
      dev: heldOutLetters,
      model: { hidden: 16, embedding: 8 },
      tokenizer: "char",
      batch: 16,
      steps: 1000,
      evaluateEvery: 8,
      seed: 3,
    },
    nodeRuntime({ threads: 1 }),
    { signal: stop.signal, onProgress: ({ step }) => step === steps && stop.abort() },
  );
  return run;
}

/** The files of the model among those of a run. */
export function modelFilesOf(
  files: ReadonlyMap<string, Uint8Array<ArrayBuffer>>,
): Map<string, Uint8Array<ArrayBuffer>> {
  const names = [...Object.values(modelFiles), ...Object.values(tokenizerFiles)];
  return new Map([...files].filter(([path]) => names.includes(path as never)));
}
