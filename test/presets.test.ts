/** Every preset learns: with its own wiring, dropout and bridge, at a small size, on a small task. */
import { expect, test } from "vitest";
import { configure, presets } from "../src/models/configuration.ts";
import { nodeRuntime } from "../src/runtime/node.ts";
import { updateRule } from "../src/training/optimizers.ts";
import { TrainingStep } from "../src/training/trainingStep.ts";

const runtime = nodeRuntime({ threads: 1 });

/** Sentences of one repeated word, which is to be said as often as it is read. */
const pairs = [4, 5, 6, 7].flatMap((word) =>
  [1, 2, 3].map((length) => ({
    source: Array.from({ length }, () => word),
    target: Array.from({ length }, () => word + 1),
  })),
);

test.each(Object.keys(presets))("%s learns a small task", async (preset) => {
  const layers = Math.min(4, presets[preset]?.layers ?? 1);
  const sizes = {
    ...configure(preset, { hidden: 12, embedding: 8, layers, dropout: 0.05, window: 2 }),
    ...{ sourceVocabulary: 10, targetVocabulary: 10 },
  };
  const step = await TrainingStep.create(runtime, runtime, sizes, {
    ...{ rule: updateRule("adam"), clip: 5, labelSmoothing: 0, lossPer: "token", seed: 1 },
  });
  const first = (await step.run(pairs, 1, 0.02)).loss;
  expect(first).toBeGreaterThan(2);
  let last = first;
  // A product of two matrices that begin near zero, as Cho's output layer, learns late.
  for (let time = 2; time <= 200 && last > 0.5 * first; time++) {
    last = (await step.run(pairs, time, 0.02)).loss;
  }
  await step.release();
  expect(last).toBeLessThanOrEqual(0.5 * first);
});
