/** Searching and scoring with small random models: nothing here depends on a training. */
import { describe, expect, test } from "vitest";
import type { BeamStep } from "../src/decoding/beam.ts";
import type { Hypothesis } from "../src/decoding/hypothesis.ts";
import type { InferenceOptions } from "../src/decoding/inferenceModel.ts";
import { InferenceModel } from "../src/decoding/inferenceModel.ts";
import { searchDefaults } from "../src/decoding/options.ts";
import { scoreForced } from "../src/decoding/score.ts";
import { coveragePenalty, lengthPenalty } from "../src/decoding/scoring.ts";
import { search } from "../src/decoding/search.ts";
import type { SearchOptions } from "../src/decoding/searchOptions.ts";
import { sourceReader } from "../src/decoding/sourceInput.ts";
import { TextModel } from "../src/decoding/textModel.ts";
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

interface RandomModelOptions extends InferenceOptions {
  readonly vocabulary?: number;
  readonly seed?: number;
}

/** A model with weights large enough that its outputs differ from source to source. */
async function randomModel(
  preset: string,
  changes: ConfigurationChanges = {},
  { vocabulary = 20, seed = 1, ...options }: RandomModelOptions = {},
): Promise<InferenceModel> {
  const sizes: ModelSizes = {
    ...configure(preset, { hidden: 8, embedding: 6, ...changes }),
    sourceVocabulary: vocabulary,
    targetVocabulary: vocabulary,
  };
  const weights = new Map(
    parametersOf(sizes).map((specification) => {
      const initializer = { kind: "uniform", range: 1 } as const;
      const data = initialValues({ ...specification, initializer }, seed);
      return [specification.name, { dtype: "float32", shape: specification.shape, data } as const];
    }),
  );
  return InferenceModel.create(runtime, sizes, weights, options);
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
  ["Luong, local-m", "luong2015", { attentionScope: "local-m", window: 2 }],
  ["Luong, local-p, source reversed", "luong2015-paper", { layers: 2, window: 3 }],
  ["Cho", "cho2014", {}],
  ["GNMT", "gnmt2016", { layers: 3 }],
  ["tensorflow/nmt, gnmt_v2", "nmt-wmt16-gnmt-4-layer", { layers: 3 }],
  ["tensorflow/nmt, a stack in each direction", "nmt-iwslt15", {}],
  ["two layers in both directions", "luong2015", { layers: 2, bidirectionalLayers: true }],
];

describe.each(models)("%s:", (_, preset, changes) => {
  test.each([1, 5])("a batch gives what its sentences give alone, beam %i", async (beam) => {
    const model = await randomModel(preset, changes);
    const sources = randomSources(40);
    const together = await search(model, sources, { beam, nBest: beam, maxLength: 12 });
    for (const [index, source] of sources.entries()) {
      const [alone] = await search(model, [source], { beam, nBest: beam, maxLength: 12 });
      expect(together[index]?.map(({ ids }) => ids)).toEqual(alone?.map(({ ids }) => ids));
      together[index]?.forEach(({ logProbability }, rank) => {
        expect(Math.abs(logProbability - (alone?.[rank]?.logProbability as number))).toBeLessThan(
          1e-5,
        );
      });
    }
    await model.release();
  });

  test.each([1, 5])(
    "a batch gives the same bits as its sentences alone in int8, beam %i",
    async (beam) => {
      const changed = { ...changes, hidden: 40, embedding: 24 };
      const model = await randomModel(preset, changed, { compute: "int8", vocabulary: 60 });
      const sources = randomSources(40, 60);
      const options = { beam, nBest: beam, maxLength: 12 };
      const together = await search(model, sources, options);
      for (const [index, source] of sources.entries()) {
        const [alone] = await search(model, [source], options);
        expect(together[index]).toEqual(alone);
      }
      await model.release();
    },
  );

  test("scores in int8 are those of the search, alone and in a batch", async () => {
    const changed = { ...changes, hidden: 40, embedding: 24 };
    const model = await randomModel(preset, changed, { compute: "int8", vocabulary: 60 });
    const sources = randomSources(12, 60);
    const found = await search(model, sources, { beam: 2, maxLength: 12 });
    const pairs = found.flatMap(([best], index) =>
      best ? [{ source: sources[index] as number[], target: best.ids }] : [],
    );
    const together = await scoreForced(model, pairs);
    for (const [index, pair] of pairs.entries()) {
      const [alone] = await scoreForced(model, [pair]);
      expect(together[index]).toEqual(alone);
      const { logProbabilities = [], finished } = found[index]?.[0] ?? {};
      const expected = alone?.logProbabilities.slice(0, finished ? undefined : pair.target.length);
      expect(logProbabilities).toHaveLength(expected?.length ?? -1);
      logProbabilities.forEach((value, at) => {
        expect(Math.abs(value - (expected?.[at] as number))).toBeLessThan(1e-4);
      });
    }
    await model.release();
  });

  test("a found translation has the log-probability that forced decoding gives it", async () => {
    const model = await randomModel(preset, changes);
    const sources = randomSources(20);
    const found = await search(model, sources, { beam: 4, nBest: 4, maxLength: 12 });
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
          const sum = row.reduce((total, weight) => total + weight, 0);
          // Local-p is not normalised again after its Gaussian.
          if (model.sizes.attentionScope !== "local-p") expect(sum).toBeCloseTo(1, 4);
          expect(sum).toBeGreaterThan(0);
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
      maxLength: 8,
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

/** Outputs of up to `length` words; unknown, end and two words may be said of six tokens. */
function everyOutput(length: number): number[][] {
  const outputs: number[][] = [[]];
  for (const output of outputs) {
    if (output.length < length) outputs.push(...[1, 4, 5].map((word) => [...output, word]));
  }
  return outputs;
}

test.each<SearchOptions>([
  { lengthNormalization: "none" },
  { lengthNormalization: "average" },
  { lengthNormalization: "gnmt", lengthPenalty: 0.6, coveragePenalty: 0.3 },
])("a beam as wide as all outputs ranks them as trying each does: %o", async (scoring) => {
  const model = await randomModel("luong2015", {}, { vocabulary: 6, seed: 3 });
  const source = [4, 5, 4];
  const outputs = everyOutput(3);
  const forced = await scoreForced(
    model,
    outputs.map((target) => ({ source, target })),
  );
  const expected = forced
    .map(({ logProbability, logProbabilities, attention }, index) => ({
      ids: outputs[index] as number[],
      score:
        logProbability / lengthPenalty(logProbabilities.length, { ...searchDefaults, ...scoring }) +
        (scoring.coveragePenalty ?? 0) * coveragePenalty(attention ?? []),
    }))
    .sort((one, other) => other.score - one.score);
  const options = { beam: 200, nBest: 40, maxLength: 3, ...scoring };
  const found = (await search(model, [source], options))[0] as Hypothesis[];
  expect(found.map(({ ids }) => ids)).toEqual(expected.map(({ ids }) => ids));
  found.forEach(({ score }, rank) => {
    expect(score).toBeCloseTo(expected[rank]?.score as number, 4);
  });
  // Stopping early because nothing can win does not lose the winner.
  const [[best] = []] = await search(model, [source], { ...options, nBest: 1 });
  expect(best?.ids).toEqual(expected[0]?.ids);
  await model.release();
});

test.each(models)("a beam of 1 says the likeliest token each time: %s", async (_, ...parts) => {
  const model = await randomModel(...parts);
  const sources = randomSources(6);
  const found = await search(model, sources, { maxLength: 6 });
  for (const [index, source] of sources.entries()) {
    const ids: number[] = [];
    let isEnded = false;
    while (ids.length < 6 && !isEnded) {
      // The log-probability of each token in turn, by forced decoding.
      const pairs = Array.from({ length: 20 }, (_, token) => ({ source, target: [...ids, token] }));
      const allowed = pairs.filter(({ target }) => ![0, 2, 3].includes(target.at(-1) as number));
      const scores = await scoreForced(model, allowed);
      const values = scores.map(({ logProbabilities }) => logProbabilities[ids.length] as number);
      const [first] = await scoreForced(model, [{ source, target: ids }]);
      const best = Math.max(...values);
      isEnded = (first?.logProbabilities.at(-1) as number) > best;
      if (!isEnded) ids.push(allowed[values.indexOf(best)]?.target.at(-1) as number);
    }
    expect(found[index]?.[0]?.ids).toEqual(ids);
  }
  await model.release();
});

test("the limits of length are kept, and unknown tokens left out if asked", async () => {
  const model = await randomModel("luong2015");
  const limits = { minLength: 4, maxLength: 6, forbidUnknown: true };
  const found = (await search(model, randomSources(30), { beam: 3, nBest: 3, ...limits })).flat();
  for (const { ids, logProbabilities, finished } of found) {
    expect(ids.length).toBeGreaterThanOrEqual(4);
    expect(ids.length).toBeLessThanOrEqual(6);
    expect(ids).not.toContain(1);
    expect(logProbabilities).toHaveLength(ids.length + (finished ? 1 : 0));
  }
  await model.release();
});

test("weights that are fed give what embedded ones give, and can be changed", async () => {
  const embedded = await randomModel("luong2015");
  const other = await randomModel("luong2015", {}, { seed: 2 });
  const fed = await randomModel("luong2015", {}, { weights: "fed" });
  const sources = randomSources(5);
  const ids = async (model: InferenceModel) =>
    (await search(model, sources, { beam: 2, maxLength: 8 })).map(([best]) => best?.ids);
  const before = await ids(fed);
  expect(before).toEqual(await ids(embedded));
  const values = parametersOf(fed.sizes).map((specification) => {
    const initializer = { kind: "uniform", range: 1 } as const;
    const data = initialValues({ ...specification, initializer }, 2);
    return [specification.name, { dtype: "float32", shape: specification.shape, data }] as const;
  });
  fed.replaceWeights(new Map(values));
  expect(await ids(fed)).toEqual(await ids(other));
  expect(await ids(fed)).not.toEqual(before);
  expect(() => embedded.replaceWeights(new Map(values))).toThrow(/stay as they are/);
  await Promise.all([embedded, other, fed].map((model) => model.release()));
});

test("each step of the search can be observed", async () => {
  const model = await randomModel("luong2015");
  const [source] = randomSources(1) as [number[]];
  const steps: BeamStep[] = [];
  const observe = (sentence: number, step: BeamStep): void => {
    expect(sentence).toBe(0);
    steps.push(step);
  };
  const [[best] = []] = await search(model, [source], { beam: 3, maxLength: 6, observe });
  expect(steps.map(({ length }) => length)).toEqual(steps.map((_, index) => index));
  expect(steps.map(({ isDone }) => isDone)).toEqual(
    steps.map((_, index) => index === steps.length - 1),
  );
  const finished = steps.flatMap(({ candidates }) =>
    candidates.filter(({ fate }) => fate === "finished").map(({ sum }) => sum),
  );
  if (best?.finished) expect(finished).toContain(best.logProbability);
  await model.release();
});

test.each([
  ["", 1, undefined],
  [", of the likeliest three", 0.5, 3],
] as const)(
  "tokens are drawn as often as their probabilities say%s",
  async (_, temperature, topK) => {
    const model = await randomModel("luong2015");
    const source = [5, 9, 7];
    const draws = 2000;
    const sampling = { sample: true, seed: 11, temperature, ...(topK !== undefined && { topK }) };
    const options = { ...sampling, maxLength: 1, attention: false };
    const found = await search(model, Array<number[]>(draws).fill(source), options);
    const drawn = found.map(([best]) => best?.ids[0] ?? 3);
    const words = [1, ...Array.from({ length: 16 }, (_, index) => 4 + index)];
    const scores = await scoreForced(
      model,
      words.map((word) => ({ source, target: [word] })),
    );
    const [empty] = await scoreForced(model, [{ source, target: [] }]);
    const logProbabilities = new Map<number, number>([[3, empty?.logProbability as number]]);
    words.forEach((word, index) => {
      logProbabilities.set(word, scores[index]?.logProbabilities[0] as number);
    });
    const best = [...logProbabilities].sort(([, one], [, other]) => other - one).slice(0, topK);
    const weights = best.map(([, value]) => Math.exp(value / temperature));
    const total = weights.reduce((sum, weight) => sum + weight, 0);
    best.forEach(([word], index) => {
      const share = (weights[index] as number) / total;
      const count = drawn.filter((each) => each === word).length;
      // Four standard deviations.
      const tolerance = 4 * Math.sqrt(draws * share * (1 - share)) + 1;
      expect(Math.abs(count - draws * share)).toBeLessThan(tolerance);
    });
    expect(drawn.filter((word) => !best.some(([each]) => each === word))).toEqual([]);
    await model.release();
  },
);

test.each([
  [{ beam: 0 }, "beam: 0: give a whole number from 1 to 1,024."],
  [{ beam: 2, nBest: 3 }, "nBest: 3: a beam of 2 finds no more than 2; give beam: 3 or more."],
  [{ lengthPenalty: -1 }, "lengthPenalty: -1: give a number from 0."],
  [{ alpha: -1 }, "lengthPenalty: -1: give a number from 0."],
  [
    { lengthNormalization: "none", lengthPenalty: 0.5 },
    'lengthPenalty: 0.5: only GNMT\'s length normalization has an exponent; add lengthNormalization: "gnmt", or leave lengthPenalty out.',
  ],
  [
    { beam: 2, sample: true, seed: 1 },
    "beam: 2: sample: true draws one translation; give only one of them.",
  ],
  [
    { temperature: 2 },
    "temperature: 2: nothing is drawn; add sample: true, or leave temperature out.",
  ],
  [
    { coveragePenalty: 1 },
    "coveragePenalty: 1: the model has no attention that could cover the source; leave coveragePenalty out.",
  ],
] as [SearchOptions, string][])(
  "options that make no sense are refused: %o",
  async (options, message) => {
    const model = await randomModel("sutskever2014");
    await expect(search(model, [[4]], options)).rejects.toThrow(message);
    await model.release();
  },
);

test("sampling repeats itself for a seed, whatever else is in the batch", async () => {
  const model = await randomModel("luong2015");
  const sources = randomSources(12);
  const options = { sample: true, seed: 7, temperature: 1.5, maxLength: 10 };
  const ids = (results: Awaited<ReturnType<typeof search>>) => results.map(([best]) => best?.ids);
  const first = ids(await search(model, sources, options));
  expect(ids(await search(model, sources, options))).toEqual(first);
  expect(ids(await search(model, sources.slice(0, 3), options))).toEqual(first.slice(0, 3));
  expect(ids(await search(model, sources, { ...options, seed: 800 }))).not.toEqual(first);
  await model.release();
});

test("unknown words are replaced by the words that were attended to, as they were typed", async () => {
  const counts = new Map<string, number>();
  for (let time = 0; time < 3; time++) countWords(counts, "a b c d e f g h i j k l m n o p");
  const tokenizer = TextTokenizer.fromJson(
    learnTokenizer(counts, { kind: "word", size: 20 }),
    "test",
  );
  const model = await randomModel("luong2015", {}, { vocabulary: tokenizer.size });
  const translator = new TextModel(model, sourceReader(tokenizer, model.sizes), tokenizer);
  const texts = Array.from({ length: 30 }, (_, index) => `a Zürich${index} b Xyz c`);
  const options = { sample: true, seed: 3, temperature: 4, maxLength: 8 };
  const plain = (
    await translator.translateAll(texts, { ...options, replaceUnknown: false })
  ).flat();
  const replaced = (await translator.translateAll(texts, options)).flat();
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
