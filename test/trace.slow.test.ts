/**
 * A trace's numbers are the model's: everything that it shows is computed again in float64 from its
 * weights (`support/recompute.ts`), whatever the model and whatever was given from outside.
 */
import { describe, expect, test } from "vitest";
import { scoreForced } from "../src/decoding/score.ts";
import { search } from "../src/decoding/search.ts";
import type { ConfigurationChanges } from "../src/models/configuration.ts";
import { UserError } from "../src/tensor/errors.ts";
import { endId, startId, unknownId } from "../src/tensor/specialIds.ts";
import type { Trace, TracedTensor } from "../src/trace/trace.ts";
import type { TraceOptions } from "../src/trace/traceOptions.ts";
import type { RandomModel } from "./support/randomModel.ts";
import { withModel } from "./support/randomModel.ts";
import { traceDifferences } from "./support/recompute.ts";
import { row } from "./support/vectors.ts";

const sentence = "a b d f g e";

const plain: ConfigurationChanges = { bidirectional: false, bridge: "copy" };

const models: [string, ConfigurationChanges][] = [
  ["luong2015", {}],
  ["luong2015", { attention: "dot", layers: 2 }],
  ["luong2015", { attention: "general", layers: 2, inputFeeding: false }],
  ["luong2015", { attention: "concat", attentionHidden: 5 }],
  ["luong2015", { attention: "concat", inputFeeding: false, reverseSource: true }],
  ["luong2015", { attention: "additive", layers: 3, attentionHidden: 7 }],
  ["luong2015", { cell: "gru" }],
  ["luong2015", { cell: "gru", layers: 2, inputFeeding: false, attention: "dot" }],
  ["luong2015", { cell: "gru", attention: "concat", bidirectional: false }],
  ["luong2015", { ...plain, attention: "dot", layers: 2 }],
  ["luong2015", { ...plain, reverseSource: true }],
  ["luong2015", { reverseSource: true, layers: 2, attention: "additive" }],
  ["luong2015", { embedding: 8, tiedEmbeddings: true }],
  ["luong2015", { attention: "none", inputFeeding: false, layers: 2 }],
  ["bahdanau2014", {}],
  ["bahdanau2014", { attentionHidden: 5 }],
  ["bahdanau2014", { reverseSource: true, maxout: 3, outputBias: true }],
  ["bahdanau2014", { attention: "general", encoderHidden: 5 }],
  ["bahdanau2014", { attention: "concat" }],
  ["bahdanau2014", { cell: "lstm", bridge: "linear", attention: "dot", encoderHidden: 4 }],
  ["bahdanau2014", { bidirectional: false, bridge: "linear" }],
  ["sutskever2014", {}],
  ["sutskever2014", { layers: 1, reverseSource: false }],
  ["sutskever2014", { cell: "gru", layers: 3 }],
  ["luong2015", { attentionScope: "local-m", window: 2 }],
  ["luong2015", { attentionScope: "local-m", window: 1, inputFeeding: false, reverseSource: true }],
  ["luong2015", { attentionScope: "local-p", window: 2, attentionHidden: 5 }],
  ["luong2015", { attentionScope: "local-p", window: 2, attention: "dot", reverseSource: true }],
  ["luong2015", { attentionScope: "local-p", attention: "concat", inputFeeding: false }],
  ["luong2015", { attention: "location", locations: 9 }],
  ["luong2015", { attention: "location", locations: 4, reverseSource: true, inputFeeding: false }],
  ["luong2015", { attention: "scaledGeneral", cellClip: 0.3 }],
  ["luong2015", { attention: "normedAdditive", attentionHidden: 5, readout: "linear" }],
  ["luong2015", { cell: "rnn", cellBias: false }],
  ["luong2015", { cell: "gru", resetGate: "after" }],
  ["bahdanau2014", { resetGate: "after", cellBias: false }],
  ["luong2015-paper", { layers: 2, window: 2 }],
  ["bahdanau2014", { outputRank: 3, startInput: "zero" }],
  ["bahdanau2014", { layers: 2, contextGate: true }],
  ["bahdanau2014", { layers: 2, attentionScope: "local-m", window: 1 }],
  ["bahdanau2014", { layers: 2, bridge: "linear", queryLayer: "top", upperContext: "none" }],
  ["bahdanau2014", { layers: 3, bridge: "linear", queryLayer: "top", readout: "concat" }],
  ["bahdanau2014", { attention: "biasedAdditive", readout: "concat", outputRank: 4 }],
  ["luong2015", { inputFeeding: false, readout: "concat" }],
  ["cho2014", { layers: 2, upperContext: "none", readout: "concat" }],
  ["cho2014", {}],
  ["cho2014", { bidirectional: true, encoderHidden: 5, summary: "last", outputRank: 0 }],
  ["rnnencdec2014", { reverseSource: true }],
  ["rnnencdec2014", { cell: "rnn", layers: 2, readoutState: "current" }],
  ["gnmt2016", {}],
  ["gnmt2016", { layers: 3, bridge: "zero", encoderLayers: 2, attention: "normedAdditive" }],
  ["luong2015", { layers: 2, bidirectionalLayers: true, bridge: "copy" }],
  ["luong2015", { layers: 2, bridgeActivation: "none" }],
  ["luong2015", { sourceConvolution: 2, bidirectionalStacks: true, layers: 2, encoderLayers: 4 }],
  ["bahdanau2014", { sourceConvolution: 9, reverseSource: true }],
  ["luong2015", { layers: 2, bridgeBias: false, cell: "gru" }],
  ["bahdanau2014", { layers: 2, bidirectionalLayers: true, reverseSource: true }],
  ["nmt-iwslt15", {}],
  ["nmt-iwslt15", { layers: 4, residualFrom: 1, attention: "normedAdditive" }],
  ["nmt-iwslt15", { layers: 2, encoderLayers: 4, residualFrom: 1, bridge: "zero" }],
  ["nmt-wmt16-gnmt-4-layer", {}],
  ["nmt-wmt16-gnmt-4-layer", { layers: 3, upperContext: "previous" }],
  ["nmt-wmt16-gnmt-4-layer", { attentionScope: "local-m", window: 1, attention: "general" }],
];

describe.each(models)("%s %o:", (preset, changes) => {
  test("every number follows from the weights", async () => {
    await withModel(preset, changes, async (model) => {
      for (const hypothesis of [0, 2]) {
        const options = { beam: 4, minLength: 2, maxLength: 7, hypothesis };
        const trace = await model.trace(sentence, options);
        expect(traceDifferences(trace, model.weights)).toEqual([]);
        expect(trace.steps.length).toBeGreaterThan(1);
        const chosen = trace.hypotheses[hypothesis] as Trace["hypotheses"][number];
        const outputs = trace.steps.map(({ outputId }) => outputId);
        expect(outputs).toEqual([...chosen.ids, ...(chosen.finished ? [endId] : [])]);
        chosen.logProbabilities.forEach((value, step) => {
          const { tensors, outputId } = trace.steps[step] as Trace["steps"][number];
          expect(value).toBeCloseTo(tensors["log_probabilities"]?.data[outputId] as number, 4);
        });
      }
    });
  });

  test("what is given from outside goes through the same model", async () => {
    await withModel(preset, changes, async (model) => {
      const weights = [0.5, 0, 0.25, 0, 0.125, 0.125];
      const attention = new Map(model.sizes.attention === "none" ? [] : [[2, weights]]);
      const trace = await model.trace(sentence, { prefix: [9, 4], attention, maxLength: 6 });
      expect(traceDifferences(trace, model.weights)).toEqual([]);
      expect(trace.steps.slice(0, 2).map(({ outputId }) => outputId)).toEqual([9, 4]);
      expect(trace.search).toEqual([]);
      expect(trace.steps.map(({ isForced }) => isForced).slice(0, 3)).toEqual([true, true, false]);
      trace.steps.forEach(({ hasGivenAttention, tensors }, step) => {
        expect(hasGivenAttention).toBe(attention.has(step));
        expect("attention.own_weights" in tensors).toBe(attention.has(step));
      });
      if (attention.size === 0) return;
      const { tensors } = trace.steps[2] as Trace["steps"][number];
      expect(row(tensors["attention.weights"])).toEqual(weights);
      const without = await model.trace(sentence, { prefix: [9, 4], maxLength: 6 });
      const { tensors: own } = without.steps[2] as Trace["steps"][number];
      // The scores do not know of what is given at their own step.
      expect(tensors["attention.scores"]).toEqual(own["attention.scores"]);
      expect(tensors["attention.own_weights"]).toEqual(own["attention.weights"]);
      expect(tensors["context"]).not.toEqual(own["context"]);
    });
  });
});

test.each([
  ["luong2015", { reverseSource: true }],
  ["luong2015", { attention: "dot" }],
  ["bahdanau2014", {}],
] as const)(
  "%s %o: a given weight of 1 makes the context the token's own state",
  async (preset, changes) => {
    await withModel(preset, changes, async (model) => {
      for (let token = 0; token < 6; token++) {
        const attention = new Map([
          [1, Array.from({ length: 6 }, (_, at) => Number(at === token))],
        ]);
        const { steps, encoder } = await model.trace(sentence, { attention, maxLength: 3 });
        expect(row(steps[1]?.tensors["context"])).toEqual(row(encoder.tensors["memory"], token));
        const hidden = ["forward", "backward"].flatMap((direction) =>
          row(encoder.tensors[`encoder.0.${direction}.hidden_state`], token),
        );
        expect(row(encoder.tensors["memory"], token)).toEqual(hidden);
      }
    });
  },
);

test("a number that is not the model's is noticed", async () => {
  await withModel("luong2015", {}, async (model) => {
    const trace = await model.trace(sentence, { maxLength: 3 });
    for (const [owner, name] of [
      [trace.encoder.tensors, "encoder.0.backward.forget_gate"],
      [trace.steps[1]?.tensors, "context"],
    ] as const) {
      const data = owner?.[name]?.data as Float32Array;
      (data[3] as number) += 1e-3;
      const places = traceDifferences(trace, model.weights).map(({ place }) => place);
      expect(places.some((place) => place.endsWith(`tensors.${name}.3`))).toBe(true);
      (data[3] as number) -= 1e-3;
    }
  });
});

test("rows are in the order of the sentence, and order tells how it was read", async () => {
  await withModel("sutskever2014", {}, async (model) => {
    const { encoder, source } = await model.trace("a b c", {});
    expect(encoder.order).toEqual([2, 1, 0]);
    expect(source.words).toEqual([
      { text: "a", start: 0, end: 1 },
      { text: "b", start: 1, end: 2 },
      { text: "c", start: 2, end: 3 },
    ]);
    source.ids.forEach((id, position) => {
      const embedding = row(model.weights.get("source_embedding"), id);
      expect(row(encoder.tensors["source_embedding"], position)).toEqual(embedding);
    });
  });
});

test("padding changes nothing of what the encoder records of a sentence", async () => {
  await withModel("luong2015", { layers: 2 }, async ({ inference }) => {
    const padded = Int32Array.from([4, 7, 5, 8, 6, 9, 10, 0, 11, 0]);
    const both = await inference.recordEncoder({
      source: { dtype: "int32", shape: [5, 2], data: padded },
    });
    const ids = Int32Array.from([7, 8, 9]);
    const alone = await inference.recordEncoder({
      source: { dtype: "int32", shape: [3, 1], data: ids },
    });
    for (const [name, value] of Object.entries(alone.record)) {
      if (name === "keys") continue;
      for (let time = 0; time < 3; time++) {
        const one = row(value, time);
        const other = row(both.record[name], 2 * time + 1);
        other.forEach((each, at) => {
          expect(each).toBeCloseTo(one[at] as number, 5);
        });
      }
    }
  });
});

describe("what follows from a prefix", () => {
  test.each([
    ["luong2015", {}],
    ["bahdanau2014", {}],
    ["sutskever2014", {}],
  ] as const)("%s: is what the model would have said anyway", async (preset, changes) => {
    await withModel(preset, changes, async (model) => {
      for (const text of ["a b d f g e", "k", "z y x w", "h e l l o"]) {
        for (const options of [{}, { maxLength: 5 }, { minLength: 3, lengthPenalty: 0.5 }]) {
          const [greedy] = await model.translate(text, { ...options, replaceUnknown: false });
          const [found] = (await model.trace(text, options)).hypotheses;
          const ids = found?.ids ?? [];
          for (let length = 0; length <= Math.min(ids.length, 4); length++) {
            const prefix = ids.slice(0, length);
            const { hypotheses } = await model.trace(text, { ...options, prefix });
            expect(hypotheses).toHaveLength(1);
            expect(hypotheses[0]?.text).toBe(greedy?.text);
            expect(hypotheses[0]?.finished).toBe(greedy?.finished);
            expect(hypotheses[0]?.score).toBeCloseTo(greedy?.score as number, 4);
          }
        }
      }
    });
  });

  test("it may end the sentence, and what was forbidden stays so", async () => {
    await withModel("luong2015", {}, async (model) => {
      const { steps, hypotheses } = await model.trace("a b", { prefix: [5, endId] });
      expect(steps.map(({ output }) => output)).toEqual(["b", "</s>"]);
      expect(hypotheses[0]?.finished).toBe(true);
      expect(hypotheses[0]?.text).toBe("b");
      const wanted = { prefix: [], forbidUnknown: true, minLength: 4 };
      const forbidden = await model.trace("a b", wanted);
      const outputs = forbidden.steps.map(({ outputId }) => outputId);
      expect(outputs).not.toContain(unknownId);
      expect(outputs.slice(0, 4)).not.toContain(endId);
    });
  });

  test("each output is the best of the candidates that may come, or is at their end", async () => {
    await withModel("luong2015", {}, async (model) => {
      const { steps } = await model.trace(sentence, { prefix: [12] });
      for (const { candidates, outputId, isForced } of steps) {
        const ranks = candidates.slice(0, 20).map(({ probability }) => probability);
        expect(ranks).toEqual(ranks.toSorted((one, other) => other - one));
        const best = candidates.find(({ id }) => id !== startId && id !== 0);
        if (!isForced) expect(best?.id).toBe(outputId);
        expect(candidates.map(({ id }) => id)).toContain(outputId);
      }
      expect(steps[0]?.candidates.length).toBeGreaterThanOrEqual(20);
    });
  });
});

test("a given target has the log-probabilities of forced decoding", async () => {
  await withModel("bahdanau2014", {}, async (model) => {
    const target = [4, 9, 1, 7];
    const { source, ...trace } = await model.trace(sentence, { target, coveragePenalty: 0.2 });
    const [forced] = await scoreForced(model.inference, [{ source: source.ids, target }]);
    const [said] = trace.hypotheses;
    expect(said?.ids).toEqual(target);
    expect(said?.finished).toBe(true);
    said?.logProbabilities.forEach((value, step) => {
      expect(value).toBeCloseTo(forced?.logProbabilities[step] as number, 4);
    });
    expect(trace.steps.every(({ isForced }) => isForced)).toBe(true);
    const again = await model.trace(sentence, { target: [...target, endId], coveragePenalty: 0.2 });
    expect(again.hypotheses).toEqual(trace.hypotheses);
  });
});

test("the search's tree leads to the hypotheses", async () => {
  await withModel("luong2015", {}, async (model) => {
    const { search: tree, hypotheses, options } = await model.trace(sentence, { beam: 3 });
    expect(options).toMatchObject({
      beam: 3,
      nBest: 3,
      lengthPenalty: 1,
      coveragePenalty: 0,
      maxLength: 22,
    });
    expect(tree.at(-1)?.isDone).toBe(true);
    let running: { ids: number[]; sum: number }[] = [{ ids: [], sum: 0 }];
    const ended: string[] = [];
    for (const { candidates, length } of tree) {
      const next: typeof running = [];
      for (const { parent, id, sum, logProbability, fate } of candidates) {
        const before = running[parent] as (typeof running)[number];
        expect(before.ids).toHaveLength(length);
        expect(sum).toBeCloseTo(before.sum + logProbability, 6);
        if (fate === "running") next.push({ ids: [...before.ids, id], sum });
        if (fate === "finished") ended.push(before.ids.join());
      }
      running = next;
    }
    for (const { ids, finished } of hypotheses) if (finished) expect(ended).toContain(ids.join());
    const [found] = await search(model.inference, [await idsOf(model)], { beam: 3, nBest: 3 });
    expect(hypotheses.map(({ ids }) => ids)).toEqual(found?.map(({ ids }) => ids));
  });
});

async function idsOf(model: RandomModel): Promise<number[]> {
  return model.sourceTokenizer.encodeIds(sentence);
}

test("a text of no tokens has an empty trace", async () => {
  await withModel("luong2015", {}, async (model) => {
    const trace = await model.trace("  ", { beam: 2 });
    expect(trace.steps).toEqual([]);
    expect(trace.encoder).toEqual({ order: [], tensors: {} });
    expect(trace.hypotheses).toMatchObject([{ text: "", finished: true }]);
  });
});

describe("what cannot be is said in one sentence:", () => {
  const even = (length: number): number[] => Array.from({ length }, () => 1 / length);
  const given = (step: number, weights: number[]): TraceOptions => ({
    attention: new Map([[step, weights]]),
  });
  test.each<[TraceOptions, RegExp]>([
    [{ prefix: [5], target: [5] }, /prefix is a part of the target/],
    [{ prefix: [5], hypothesis: 0 }, /no hypothesis 0/],
    [{ prefix: [5], sample: true, seed: 1 }, /leave sample out/],
    [{ prefix: [5, 30] }, /prefix has the id 30 at position 1; ids .* up to 29/],
    [{ target: [4.5] }, /target has the id 4.5 at position 0/],
    [{ target: [-1] }, /id -1/],
    [{ prefix: [startId] }, /never said/],
    [{ prefix: [endId, 5] }, /position 0, which ends a sentence/],
    [given(0, even(5)), /step 0 are 5 numbers; give one for each of 6 tokens/],
    [given(0, [1, 0, 0, 0, 0, Number.NaN]), /NaN at position 5/],
    [given(0, [2, -1, 0, 0, 0, 0]), /-1 at position 1/],
    [given(2, [0.5, 0.49, 0, 0, 0, 0]), /step 2 add up to 0.99/],
    [given(-1, even(6)), /step -1/],
    [{ ...given(3, even(6)), target: [5, 6] }, /step 3; the target takes the steps 0 to 2/],
    [{ hypothesis: 3, beam: 2 }, /no hypothesis 3; the search found 2/],
    [{ hypothesis: -1 }, /hypothesis: -1: give a whole number from 0/],
    [{ beam: 0 }, /beam: 0: give a whole number from 1/],
  ])("%o", async (options, message) => {
    await withModel("luong2015", {}, async (model) => {
      await expect(model.trace(sentence, options)).rejects.toThrow(UserError);
      await expect(model.trace(sentence, options)).rejects.toThrow(message);
    });
  });

  test("nothing follows from an empty text, nor from attention where there is none", async () => {
    await withModel("sutskever2014", {}, async (model) => {
      await expect(model.trace("", { prefix: [] })).rejects.toThrow(/has no tokens/);
      await expect(model.trace("a", given(0, [1]))).rejects.toThrow(/without attention/);
    });
  });
});

describe("embeddings", () => {
  test("the neighbours are those of the cosine", async () => {
    await withModel("luong2015", {}, async (model) => {
      for (const [side, tokenizer] of [
        ["source", model.sourceTokenizer],
        ["target", model.targetTokenizer],
      ] as const) {
        const table = model.weights.get(`${side}_embedding`) as TracedTensor;
        const expected = cosines(table, row(table, 7), [0, startId, endId, 7]);
        const found = await model.embeddingNeighbours(side, 7, 5);
        expect(found.map(({ id }) => id)).toEqual(expected.slice(0, 5).map(({ id }) => id));
        found.forEach(({ id, token, similarity }, rank) => {
          expect(token).toBe(tokenizer.tokenOf(id));
          expect(similarity).toBeCloseTo(expected[rank]?.similarity as number, 5);
        });
      }
      expect(await model.embeddingNeighbours("source", 7, 100)).toHaveLength(26);
    });
  });

  test("an analogy is a sum", async () => {
    await withModel("luong2015", {}, async (model) => {
      const table = model.weights.get("target_embedding") as TracedTensor;
      const point = row(table, 5).map(
        (value, at) => value - (row(table, 6)[at] as number) + (row(table, 8)[at] as number),
      );
      const expected = cosines(table, point, [0, startId, endId, 5, 6, 8]);
      const found = await model.embeddingAnalogy("target", [5, 8], [6], 3);
      expect(found.map(({ id }) => id)).toEqual(expected.slice(0, 3).map(({ id }) => id));
      await expect(model.embeddingAnalogy("target", [30], [], 3)).rejects.toThrow(
        /no target token 30/,
      );
      await expect(model.embeddingAnalogy("target", [], [], 3)).rejects.toThrow(UserError);
      await expect(model.embeddingNeighbours("target", 5, 0)).rejects.toThrow(/neighbours is 0/);
    });
  });

  function cosines(table: TracedTensor, point: readonly number[], leftOut: readonly number[]) {
    const length = (x: readonly number[]) => Math.hypot(...x);
    return Array.from({ length: table.shape[0] as number }, (_, id) => {
      const other = row(table, id);
      const product = other.reduce((sum, value, at) => sum + value * (point[at] as number), 0);
      return { id, similarity: product / length(other) / length(point) };
    })
      .filter(({ id }) => !leftOut.includes(id))
      .sort((one, other) => other.similarity - one.similarity);
  }
});
