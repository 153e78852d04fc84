/** Attention that is to look at every place as much (Xu et al. 2015), and their gate on the context. */
import { describe, expect, test } from "vitest";
import { batchFeeds } from "../src/models/batchFeeds.ts";
import type { ConfigurationChanges, ModelSizes } from "../src/models/configuration.ts";
import { configure } from "../src/models/configuration.ts";
import { scoringGraph } from "../src/models/graphs.ts";
import { trainingGraph } from "../src/models/trainingGraph.ts";
import { Random } from "../src/tensor/random.ts";
import type { TensorValue } from "../src/tensor/value.ts";
import { elementCount, numbersOf, tensorValue } from "../src/tensor/value.ts";
import { attentionMasks } from "../src/training/step/evenAttention.ts";
import { compile, evaluate } from "./support/evaluate.ts";
import { expectParameterGradients } from "./support/parameterGradients.ts";

const pairs = [
  { source: [4, 5, 6], target: [5, 4] },
  { source: [6, 4], target: [6, 5, 4] },
];

function tinySizes(preset: string, changes: ConfigurationChanges): ModelSizes {
  return {
    ...configure(preset, { hidden: 4, embedding: 3, dropout: 0, ...changes }),
    sourceVocabulary: 8,
    targetVocabulary: 7,
  };
}

/** Random values for everything a graph of the pairs takes, in float64. */
function feedsOf(sizes: ModelSizes, weight: number): Record<string, TensorValue> {
  const batch = batchFeeds(pairs, sizes.reverseSource);
  const random = new Random(3);
  const normal = (shape: readonly number[]): TensorValue =>
    tensorValue(
      "float64",
      shape,
      Array.from({ length: elementCount(shape) }, () => 0.5 * random.normal()),
    );
  const parameters = trainingGraph(sizes, { evenAttention: true }).parameters.map(
    ({ name, shape }) => [name, normal(shape)] as const,
  );
  const masks = Object.entries(attentionMasks(pairs, batch.sizes, weight)).map(
    ([name, value]) => [name, tensorValue("float64", value.shape, numbersOf(value))] as const,
  );
  return {
    ...batch.values,
    ...Object.fromEntries([...parameters, ...masks]),
    scale: tensorValue("float64", [], 1 / 7),
  };
}

const models: [string, string, ConfigurationChanges][] = [
  ["attention after the step", "luong2015", {}],
  ["the source reversed", "luong2015", { reverseSource: true, inputFeeding: false }],
  ["attention before the step", "bahdanau2014", {}],
  ["with a gate on the context", "bahdanau2014", { contextGate: true }],
];

describe.each(models)("%s:", (_, preset, changes) => {
  const sizes = tinySizes(preset, changes);
  const graph = trainingGraph(sizes, { dtype: "float64", evenAttention: true });

  test("the loss gains how far each place's weights are from 1 together", async () => {
    const weight = 0.5;
    const feeds = feedsOf(sizes, weight);
    const { attention } = await evaluate(scoringGraph(sizes, { dtype: "float64" }), feeds);
    const [, batch, source] = (attention as TensorValue).shape as [number, number, number];
    let expected = 0;
    pairs.forEach((pair, row) => {
      for (let place = 0; place < pair.source.length; place++) {
        let sum = 0;
        for (let time = 0; time <= pair.target.length; time++) {
          sum += attention?.data[(time * batch + row) * source + place] as number;
        }
        expected += weight * (1 - sum) ** 2;
      }
    });
    const program = await compile({ loss: graph.outputs["loss"] as never });
    const lossAt = async (scale: number) =>
      (await program.run(feedsOf(sizes, scale)))["loss"]?.data[0] as number;
    expect((await lossAt(weight)) - (await lossAt(0))).toBeCloseTo(expected, 10);
    await program.release();
  });

  test("its gradient is that of finite differences", async () => {
    await expectParameterGradients(graph, feedsOf(sizes, 0.7));
  });
});

test("a gate has one number for each step, made of the state", () => {
  const gated = tinySizes("bahdanau2014", { contextGate: true });
  const shapes = Object.fromEntries(
    trainingGraph(gated, {}).parameters.map(({ name, shape }) => [name, shape]),
  );
  expect(shapes).toMatchObject({
    "attention.gate.W": [4, 1],
    "attention.gate.bias": [1],
  });
});

test("a gate is for attention before the step", () => {
  expect(() => configure("luong2015", { contextGate: true })).toThrow(
    /^contextGate: true: it is for attention before the step; add contextGate: false/,
  );
  expect(() => configure("rnnencdec2014", { contextGate: true })).toThrow(/^contextGate: true/);
});
