/** Every preset learns: with its own wiring, dropout and bridge, at a small size, on a small task. */
import { expect, test } from "vitest";
import type { IdPair } from "../src/models/batchFeeds.ts";
import type { ConfigurationChanges } from "../src/models/configuration.ts";
import { configure, presets } from "../src/models/configuration.ts";
import { nodeRuntime } from "../src/runtime/node.ts";
import { withFeatures } from "../src/tensor/sequence.ts";
import { firstPlaceId, placeIds } from "../src/text/placeTokenizer.ts";
import { updateRule } from "../src/training/step/optimizers.ts";
import { TrainingStep } from "../src/training/step/trainingStep.ts";

const runtime = nodeRuntime({ threads: 1 });

/** How many words there are. */
const words = 10;

/** Sentences of one repeated word, which is to be said as often as it is read. */
const pairs: IdPair[] = [4, 5, 6, 7].flatMap((word) =>
  [1, 2, 3].map((length) => ({
    source: Array.from({ length }, () => word),
    target: Array.from({ length }, () => word + 1),
  })),
);

/** The same for models that read features: places, each with 1 at the word's number. */
const shown: IdPair[] = pairs.map(({ source, target }) => {
  const features = new Float32Array(source.length * words);
  for (let place = 0; place < source.length; place++) {
    features[place * words + (source[place] as number)] = 1;
  }
  return { source: withFeatures(placeIds(source.length), () => features), target };
});

/** A preset at a small size, and pairs that it reads. */
async function smallStep(
  preset: string,
  changes: ConfigurationChanges = {},
): Promise<{ step: TrainingStep; read: IdPair[] }> {
  const layers = Math.min(4, presets[preset]?.layers ?? 1);
  const configuration = configure(preset, {
    hidden: 12,
    embedding: 8,
    layers,
    dropout: 0.05,
    window: 2,
    ...changes,
  });
  const hasFeatures = configuration.sourceInput === "features";
  const read = hasFeatures ? shown : pairs;
  const sizes = {
    ...configuration,
    ...(hasFeatures && { sourceFeatures: words }),
    sourceVocabulary: hasFeatures ? firstPlaceId + 3 : words,
    targetVocabulary: words,
  };
  const step = await TrainingStep.create(runtime, sizes, {
    rule: updateRule("adam"),
    clip: 5,
    labelSmoothing: 0,
    lossPer: "token",
    seed: 1,
  });
  return { step, read };
}

test.each(Object.keys(presets))("%s learns a small task", async (preset) => {
  const { step, read } = await smallStep(preset);
  const first = (await step.run(read, 1, 0.02)).loss;
  expect(first).toBeGreaterThan(2);
  let last = first;
  // A product of two matrices that begin near zero, as Cho's output layer, learns late.
  for (let time = 2; time <= 200 && last > 0.5 * first; time++) {
    last = (await step.run(read, time, 0.02)).loss;
  }
  await step.release();
  expect(last).toBeLessThanOrEqual(0.5 * first);
});

test.each(Object.keys(presets))("%s learns without attention", async (preset) => {
  const { step, read } = await smallStep(preset, { attention: "none" });
  const { loss: first } = await step.run(read, 1, 0.01);
  const { loss: second } = await step.run(read, 2, 0.01);
  await step.release();
  expect(second).toBeLessThan(first);
});
