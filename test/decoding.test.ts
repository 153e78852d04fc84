/** Searching and scoring with small random models: nothing here depends on a training. */
import { describe, expect, test } from "vitest";
import { InferenceModel } from "../src/decoding/inferenceModel.ts";
import { scoreForced } from "../src/decoding/score.ts";
import { search } from "../src/decoding/search.ts";
import { Translator } from "../src/decoding/translator.ts";
import type { ConfigurationChanges, ModelSizes } from "../src/models/configuration.ts";
import { configure } from "../src/models/configuration.ts";
import { parametersOf } from "../src/models/graphs.ts";
import { initialValues } from "../src/nn/initialize.ts";
import { nodeRuntime } from "../src/runtime/node.ts";
import { Random } from "../src/tensor/random.ts";
import { TextTokenizer } from "../src/text/tokenizer.ts";
import { learnTokenizer } from "../src/text/tokenizerOption.ts";
import { countWords } from "../src/text/wordCounts.ts";

const runtime = nodeRuntime({ threads: 1 });

/** A model with weights large enough that its outputs differ from source to source. */
async function randomModel(
  preset: string,
  changes: ConfigurationChanges = {},
  vocabulary = 20,
  seed = 1,
): Promise<InferenceModel> {
  const sizes: ModelSizes = {
    ...configure(preset, { hidden: 8, embedding: 6, ...changes }),
    ...{ sourceVocabulary: vocabulary, targetVocabulary: vocabulary },
  };
  const weights = new Map(
    parametersOf(sizes).map((specification) => {
      const initializer = { kind: "uniform", range: 1 } as const;
      const data = initialValues({ ...specification, initializer }, seed);
      return [specification.name, { dtype: "float32", shape: specification.shape, data } as const];
    }),
  );
  return InferenceModel.create(runtime, sizes, weights);
}

function randomSources(count: number, vocabulary = 20, seed = 5): number[][] {
  const random = new Random(seed);
  return Array.from({ length: count }, () =>
    Array.from({ length: 1 + random.integer(14) }, () => 4 + random.integer(vocabulary - 4)),
  );
}

const models: [string, string, ConfigurationChanges][] = [
  ["Luong, general, input feeding", "luong2015", {}],
  ["Luong, dot, two layers", "luong2015", { attention: "dot", layers: 2 }],
  ["Luong, concat, no input feeding", "luong2015", { attention: "concat", inputFeeding: false }],
  ["Bahdanau", "bahdanau2014", {}],
  ["Sutskever, two layers, source reversed", "sutskever2014", {}],
];

describe.each(models)("%s:", (_, preset, changes) => {
  test.each([1, 5])("a batch gives what its sentences give alone, beam %i", async (beam) => {
    const model = await randomModel(preset, changes);
    const sources = randomSources(40);
    const together = await search(model, sources, { beam, nBest: beam, maximumLength: 12 });
    for (const [index, source] of sources.entries()) {
      const [alone] = await search(model, [source], { beam, nBest: beam, maximumLength: 12 });
      expect(together[index]?.map(({ ids }) => ids)).toEqual(alone?.map(({ ids }) => ids));
      together[index]?.forEach(({ logProbability }, rank) => {
        expect(Math.abs(logProbability - (alone?.[rank]?.logProbability as number))).toBeLessThan(
          1e-5,
        );
      });
    }
    await model.release();
  });

  test("a found translation has the log-probability that forced decoding gives it", async () => {
    const model = await randomModel(preset, changes);
    const sources = randomSources(20);
    const found = await search(model, sources, { beam: 4, nBest: 4, maximumLength: 12 });
    for (const [index, hypotheses] of found.entries()) {
      for (const { ids, logProbabilities, finished, attention } of hypotheses) {
        const pair = { source: sources[index] as number[], target: ids };
        const [forced] = await scoreForced(model, [pair]);
        const expected = forced?.logProbabilities.slice(0, finished ? undefined : ids.length) ?? [];
        expect(logProbabilities).toHaveLength(expected.length);
        expected.forEach((value, at) => {
          expect(Math.abs(value - (logProbabilities[at] as number))).toBeLessThan(1e-4);
        });
        attention?.forEach((row, at) => {
          expect(row).toHaveLength(pair.source.length);
          expect(row.reduce((sum, weight) => sum + weight, 0)).toBeCloseTo(1, 4);
          row.forEach((weight, column) => {
            expect(weight).toBeCloseTo(forced?.attention?.[at]?.[column] as number, 4);
          });
        });
      }
    }
    await model.release();
  });

  test("n-best translations are different and in order", async () => {
    const model = await randomModel(preset, changes);
    for (const hypotheses of await search(model, randomSources(10), {
      beam: 5,
      nBest: 5,
      maximumLength: 8,
    })) {
      expect(new Set(hypotheses.map(({ ids, finished }) => `${ids}${finished}`)).size).toBe(
        hypotheses.length,
      );
      // Those that came to their end go before those that were cut.
      const ranks = hypotheses.map(({ score, finished }) => score - (finished ? 0 : 1000));
      expect(ranks).toEqual(ranks.toSorted((a, b) => b - a));
    }
    await model.release();
  });
});

test("a beam as wide as all outputs finds the most probable of them", async () => {
  // Six tokens, of which unknown, end and two words may be said; at most three of them.
  const model = await randomModel("luong2015", {}, 6, 3);
  const source = [4, 5, 4];
  const words = [1, 4, 5];
  const outputs: number[][] = [[]];
  for (let length = 0; length < 3; length++) {
    for (const output of outputs.filter((each) => each.length === length)) {
      for (const word of words) outputs.push([...output, word]);
    }
  }
  const forced = await scoreForced(
    model,
    outputs.map((target) => ({ source, target })),
  );
  const [best] = await search(model, [source], {
    beam: 40,
    nBest: 1,
    maximumLength: 3,
    lengthNormalization: "none",
  });
  // The search cannot say padding or the start symbol, which forced decoding leaves possible.
  const finished = forced.map(({ logProbabilities }, index) => ({
    ids: outputs[index] as number[],
    sum: logProbabilities.reduce((a, b) => a + b, 0),
  }));
  const top = finished.toSorted((a, b) => b.sum - a.sum)[0];
  expect(best?.[0]?.ids).toEqual(top?.ids);
  await model.release();
});

test("sampling repeats itself for a seed, whatever else is in the batch", async () => {
  const model = await randomModel("luong2015");
  const sources = randomSources(12);
  const options = { sample: { seed: 7, temperature: 1.5 }, maximumLength: 10 };
  const ids = (results: Awaited<ReturnType<typeof search>>) => results.map(([best]) => best?.ids);
  const first = ids(await search(model, sources, options));
  expect(ids(await search(model, sources, options))).toEqual(first);
  expect(ids(await search(model, sources.slice(0, 3), options))).toEqual(first.slice(0, 3));
  expect(ids(await search(model, sources, { ...options, sample: { seed: 800 } }))).not.toEqual(
    first,
  );
  await model.release();
});

test("unknown words are replaced by the words that were attended to, as they were typed", async () => {
  const counts = new Map<string, number>();
  for (let time = 0; time < 3; time++) countWords(counts, "a b c d e f g h i j k l m n o p");
  const tokenizer = TextTokenizer.fromJson(
    learnTokenizer(counts, { kind: "word", size: 20 }),
    "test",
  );
  const model = await randomModel("luong2015", {}, tokenizer.size);
  const translator = new Translator(model, tokenizer, tokenizer);
  const texts = Array.from({ length: 30 }, (_, index) => `a Zürich${index} b Xyz c`);
  const options = { sample: { seed: 3, temperature: 4 }, maximumLength: 8 };
  const plain = (await translator.translate(texts, { ...options, replaceUnknown: false })).flat();
  const replaced = (await translator.translate(texts, options)).flat();
  const withUnknown = plain.flatMap(({ tokens }, index) =>
    tokens.includes("<unk>") ? [index] : [],
  );
  expect(withUnknown.length).toBeGreaterThan(0);
  for (const index of withUnknown) {
    expect(plain[index]?.text).toContain("<unk>");
    expect(replaced[index]?.text).not.toContain("<unk>");
    const source = texts[index]?.split(" ") ?? [];
    const row = plain[index]?.tokens.indexOf("<unk>") as number;
    const weights = Array.from(plain[index]?.attention?.[row] as Float32Array);
    const attended = source[weights.indexOf(Math.max(...weights))] as string;
    expect(replaced[index]?.text.split(" ")).toContain(attended);
  }
  await model.release();
});

test("a text of nothing has a translation of nothing", async () => {
  const model = await randomModel("luong2015");
  const [[best] = []] = await search(model, [[]], { beam: 5 });
  expect(best?.ids).toEqual([]);
  await model.release();
});
