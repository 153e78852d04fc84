/** A trace's numbers belong together: what is shown can be computed again from what is shown. */
import { describe, expect, test } from "vitest";
import { InferenceModel } from "../src/decoding/inferenceModel.ts";
import { configure } from "../src/models/configuration.ts";
import { parametersOf } from "../src/models/graphs.ts";
import { initialValues } from "../src/nn/initialize.ts";
import { nodeRuntime } from "../src/runtime/node.ts";
import { TextTokenizer } from "../src/text/tokenizer.ts";
import { learnTokenizer } from "../src/text/tokenizerOption.ts";
import { countWords } from "../src/text/wordCounts.ts";
import type { TracedTensor } from "../src/trace/trace.ts";
import { traceTranslation } from "../src/trace/trace.ts";

const counts = new Map<string, number>();
for (let time = 0; time < 3; time++) countWords(counts, "a b c d e f g h i j k l m n o p");
const tokenizer = TextTokenizer.fromJson(
  learnTokenizer(counts, { kind: "word", size: 20 }),
  "test",
);

async function trace(preset: string) {
  const sizes = {
    ...configure(preset, { hidden: 8, embedding: 6 }),
    ...{ sourceVocabulary: tokenizer.size, targetVocabulary: tokenizer.size },
  };
  const weights = new Map(
    parametersOf(sizes).map((specification) => {
      const data = initialValues(
        { ...specification, initializer: { kind: "uniform", range: 1 } },
        1,
      );
      return [specification.name, { dtype: "float32", shape: specification.shape, data } as const];
    }),
  );
  const model = await InferenceModel.create(nodeRuntime({ threads: 1 }), sizes, weights);
  const recorded = await traceTranslation(model, tokenizer, tokenizer, "a b d f", {
    beam: 3,
    nBest: 3,
    maximumLength: 6,
  });
  await model.release();
  return recorded;
}

describe.each(["luong2015", "bahdanau2014", "sutskever2014"])("%s:", (preset) => {
  test("the recorded steps give the translation its log-probability, token by token", async () => {
    const { hypotheses, steps, search, source } = await trace(preset);
    expect(source.tokens).toEqual(["a", "b", "d", "f"]);
    expect(search.length).toBeGreaterThan(0);
    const [best] = hypotheses;
    expect(steps.map(({ output }) => output).slice(0, best?.tokens.length)).toEqual(best?.tokens);
    const sum = steps.reduce((total, { output, tensors }) => {
      const id = Array.from({ length: tokenizer.size }, (_, at) => tokenizer.tokenOf(at)).indexOf(
        output,
      );
      return total + ((tensors["log_probabilities"] as TracedTensor).data[id] as number);
    }, 0);
    expect(sum).toBeCloseTo(best?.logProbability as number, 4);
  });

  test("the attention's weights are the softmax of its scores, and the context is their sum of states", async () => {
    const { encoder, steps } = await trace(preset);
    if (preset === "sutskever2014") {
      expect(encoder["memory"]).toBeUndefined();
      return;
    }
    const memory = encoder["memory"] as TracedTensor;
    const [positions, size] = memory.shape as [number, number];
    for (const { tensors } of steps) {
      const scores = (tensors["attention.scores"] as TracedTensor).data;
      const weights = (tensors["attention.weights"] as TracedTensor).data;
      const total = scores.reduce((sum, score) => sum + Math.exp(score), 0);
      scores.forEach((score, at) => {
        expect(weights[at]).toBeCloseTo(Math.exp(score) / total, 5);
      });
      const context = (tensors["context"] as TracedTensor).data;
      expect(context).toHaveLength(size);
      context.forEach((value, unit) => {
        let sum = 0;
        for (let at = 0; at < positions; at++)
          sum += (weights[at] as number) * (memory.data[at * size + unit] as number);
        expect(value).toBeCloseTo(sum, 5);
      });
    }
  });

  test("it is plain data: JSON and back changes nothing", async () => {
    const recorded = await trace(preset);
    expect(JSON.parse(JSON.stringify(recorded))).toEqual(recorded);
  });
});
