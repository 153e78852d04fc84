/** Models that read rows of features: what they compute, and that batches and traces keep it. */
import { describe, expect, test } from "vitest";
import type { ConfigurationChanges } from "../src/models/configuration.ts";
import { configure } from "../src/models/configuration.ts";
import { parametersOf } from "../src/models/graphs.ts";
import { trainingGraph } from "../src/models/trainingGraph.ts";
import { Random } from "../src/tensor/random.ts";
import type { FeatureInput } from "../src/tensor/sequence.ts";
import { readTrace, traceJson } from "../src/trace/traceJson.ts";
import { FeatureModel } from "./support/featureModel.ts";
import { traceDifferences } from "./support/recompute.ts";

const random = new Random(3);

function input(positions: number, size = 5): FeatureInput {
  const data = Float32Array.from({ length: positions * size }, () => random.normal());
  return { name: `${positions}.npy`, shape: [positions, size], data, picture: null };
}

const models: [string, string, ConfigurationChanges][] = [
  ["Xu et al.", "xu2015", {}],
  ["no encoder, two layers, input feeding", "luong2015", { encoder: "none", layers: 2 }],
  ["a bidirectional encoder", "luong2015", {}],
  ["Bahdanau's", "bahdanau2014", {}],
  ["the source reversed", "luong2015", { bidirectional: false, reverseSource: true }],
];

describe.each(models)("%s:", (_, preset, changes) => {
  const make = () => FeatureModel.create(preset, changes);
  const inputs = [3, 20, 1, 17].map((positions) => input(positions));

  test("a batch never changes what comes out, not in the last bit", async () => {
    const model = await make();
    const options = { beam: 3, maxLength: 12 };
    const together = await model.translateAll(inputs, options);
    for (const [index, alone] of inputs.entries()) {
      expect(await model.translate(alone, options)).toEqual(together[index]);
    }
    expect(new Set(together.map(([best]) => best?.text)).size).toBeGreaterThan(1);
    expect(together[1]?.[0]?.attention?.[0]).toHaveLength(20);
    expect(together[1]?.[0]?.sourceTokens.slice(0, 3)).toEqual(["1", "2", "3"]);
    await model.release();
  });

  test("scoring what a search found gives the search's probabilities and attention", async () => {
    const model = await make();
    const found = await model.translateAll(inputs, { beam: 1, maxLength: 8 });
    // Letters spell a text one way only, so that it is cut into the tokens that were written.
    const pairs = found.map(([best], index) => ({
      source: inputs[index] as FeatureInput,
      target: best?.text ?? "",
    }));
    const scores = await model.score(pairs);
    for (const [index, { logProbabilities, attention }] of scores.entries()) {
      const best = found[index]?.[0];
      for (const [at, value] of (best?.logProbabilities ?? []).entries()) {
        expect(logProbabilities[at]).toBeCloseTo(value, 4);
        expect(attention?.[at]).toHaveLength(inputs[index]?.shape[0] as number);
      }
    }
    expect(scores).toHaveLength(4);
    await model.release();
  });

  test("a trace has the rows, what became of them, and where they come from", async () => {
    const model = await make();
    const source = inputs[0] as FeatureInput;
    const trace = await model.trace(source, { beam: 2, maxLength: 4 });
    expect(readTrace(JSON.parse(JSON.stringify(traceJson(trace)))).source).toEqual(trace.source);
    expect(trace.source.features).toEqual({ file: "3.npy", grid: null, picture: null });
    expect(trace.source.text).toBe("3.npy");
    expect(trace.source.tokens).toEqual(["1", "2", "3"]);
    const { data } = source;
    expect(trace.encoder.tensors["source_features"]).toEqual({ shape: [3, 5], data });
    expect(trace.encoder.tensors).toHaveProperty("projected_features");
    // Everything else is computed again from the rows and the weights alone.
    expect(traceDifferences(trace, model.weights)).toEqual([]);
    expect(trace.steps.length).toBeGreaterThan(1);
    await model.release();
  });
});

test("without an encoder attention sees the embedded rows themselves", async () => {
  const model = await FeatureModel.create("xu2015");
  const { encoder } = await model.trace(input(3), { beam: 1, maxLength: 2 });
  expect(encoder.tensors["memory"]).toEqual(encoder.tensors["source_embedding"]);
  expect(Object.keys(encoder.tensors).filter((name) => name.startsWith("encoder"))).toEqual([]);
  await model.release();
});

test("a picture's trace knows the grid and the picture's size, and its tokens are rows and columns", async () => {
  const model = await FeatureModel.create("xu2015", { patchRows: 2, patchColumns: 2 });
  const picture = { ...input(4), name: "cat.png", picture: { width: 8, height: 6 } };
  const { source } = await model.trace(picture, { maxLength: 2 });
  expect(source.tokens).toEqual(["1,1", "1,2", "2,1", "2,2"]);
  expect(source.features).toEqual({
    file: "cat.png",
    grid: { rows: 2, columns: 2 },
    picture: { width: 8, height: 6 },
  });
  await model.release();
});

test("what the model cannot read is named", async () => {
  const model = await FeatureModel.create("xu2015");
  await expect(model.translate("a b c")).rejects.toThrow('"a b c" is a text, but the model reads');
  await expect(model.translate(input(2, 4))).rejects.toThrow(
    "2.npy: its rows have 4 numbers where the model reads 5; make it as the training data were made.",
  );
  await expect(model.translate(input(41))).rejects.toThrow(
    "41.npy: it has 41 rows where the model knows 40 places",
  );
  await model.release();
});

test("the table of places takes the place of the source's embeddings", () => {
  const sizes = {
    ...configure("xu2015", { hidden: 8, embedding: 6, sourceFeatures: 5 }),
    sourceVocabulary: 14,
    targetVocabulary: 30,
  };
  const shapes = new Map(parametersOf(sizes).map(({ name, shape }) => [name, shape]));
  expect(shapes.get("features.W")).toEqual([5, 6]);
  expect(shapes.get("position_embedding")).toEqual([14, 6]);
  expect([...shapes.keys()].filter((name) => /^(source_embedding|encoder)/.test(name))).toEqual([]);
  const { outputs } = trainingGraph(sizes);
  expect(outputs["gradient.features.W"]?.shape).toEqual([5, 6]);
});

test.each([
  [{ encoder: "none", bidirectional: true }, "luong2015", "leave bidirectional out"],
  [{ encoder: "none", attention: "none", inputFeeding: false }, "luong2015", 'encoder: "none":'],
  [{ patchRows: 2, patchColumns: 2 }, "luong2015", 'add sourceInput: "features"'],
  [{ encoder: "none", attention: "dot" }, "luong2015", 'attention: "dot": the encoder'],
] as const)("%o does not fit together", (changes, preset, message) => {
  expect(() => configure(preset, changes)).toThrow(message);
});
