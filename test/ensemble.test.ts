/** Several models that decide together: small random ones, held against their single opinions. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { Ensemble } from "../src/decoding/ensemble.ts";
import type { EnsembleAverage } from "../src/decoding/ensembleGraphs.ts";
import type { InferenceModel } from "../src/decoding/inferenceModel.ts";
import { withSeedAfter } from "../src/decoding/options.ts";
import { scoreForced } from "../src/decoding/score.ts";
import { search } from "../src/decoding/search.ts";
import type { SearchOptions } from "../src/decoding/searchOptions.ts";
import { Seq2Seq } from "../src/library/seq2seq.ts";
import { Seq2SeqEnsemble } from "../src/library/seq2seqEnsemble.ts";
import { nodeRuntime } from "../src/runtime/node.ts";
import { Random } from "../src/tensor/random.ts";
import { RandomModel } from "./support/randomModel.ts";
import { writeRandomModel } from "./support/writtenModel.ts";

const runtime = nodeRuntime({ threads: 1 });
const averages: EnsembleAverage[] = ["probabilities", "logits"];
let models: RandomModel[];

beforeAll(async () => {
  models = [
    await RandomModel.create("luong2015", { hidden: 16 }, 1),
    await RandomModel.create("bahdanau2014", { hidden: 12 }, 2),
    await RandomModel.create("sutskever2014", { hidden: 8 }, 3),
    await RandomModel.create("luong2015", { hidden: 8, reverseSource: true }, 4),
  ];
});
afterAll(async () => {
  for (const model of models) await model.release();
});

const inference = (index: number): InferenceModel => (models[index] as RandomModel).inference;

function together(
  indices: readonly number[],
  average: EnsembleAverage = "probabilities",
): { ensemble: Ensemble; sources: (ids: number[]) => number[][] } {
  const members = indices.map(inference);
  const attending = members.flatMap(({ hasAttention }, at) => (hasAttention ? [at] : []));
  const ensemble = new Ensemble(runtime, members, { average, attending });
  return { ensemble, sources: (ids) => indices.map(() => ids) };
}

function randomIds(count: number, seed = 5): number[][] {
  const random = new Random(seed);
  return Array.from({ length: count }, () =>
    Array.from({ length: 1 + random.integer(12) }, () => 4 + random.integer(26)),
  );
}
const sentences = randomIds(12);

describe.each(averages)("averaged %s:", (average) => {
  test.each<[string, SearchOptions]>([
    ["a beam", { beam: 4, nBest: 4, maxLength: 10 }],
    ["rules", { beam: 2, noRepeatNgram: 1, minLength: 4, maxLength: 10, prefixes: [[5, 6]] }],
    ["draws", { sample: true, seed: 2, topK: 5, maxLength: 10 }],
  ])("the same model three times is that model, bit for bit: %s", async (_, options) => {
    for (const index of [0, 3]) {
      const { ensemble, sources } = together([index, index, index], average);
      const all = await search(ensemble, sentences.map(sources), options);
      expect(all).toEqual(await search(inference(index), sentences, options));
      const pairs = sentences.map((source, at) => ({ source, target: sentences.at(-at) ?? [] }));
      const scored = await scoreForced(
        ensemble,
        pairs.map(({ source, target }) => ({ source: sources(source), target })),
      );
      expect(scored).toEqual(await scoreForced(inference(index), pairs));
    }
  });

  test.each<[string, SearchOptions]>([
    ["a beam", { beam: 3, nBest: 3, maxLength: 8 }],
    ["rules", { beam: 3, noRepeatNgram: 2, maxLength: 9 }],
    ["draws", { sample: true, seed: 2, maxLength: 8 }],
  ])("a batch gives what its sentences give alone, bit for bit: %s", async (_, options) => {
    const { ensemble, sources } = together([0, 1, 2, 3], average);
    const all = await search(ensemble, sentences.map(sources), options);
    for (const [index, sentence] of sentences.entries()) {
      const own = withSeedAfter(options, index);
      expect(all[index]).toEqual((await search(ensemble, [sources(sentence)], own))[0]);
    }
  });

  test("what is found has the log-probability and attention that forced decoding gives it", async () => {
    const { ensemble, sources } = together([0, 1, 2, 3], average);
    const found = await search(ensemble, sentences.map(sources), { beam: 3, maxLength: 8 });
    for (const [index, [best]] of found.entries()) {
      const source = sources(sentences[index] as number[]);
      const [forced] = await scoreForced(ensemble, [{ source, target: best?.ids ?? [] }]);
      best?.logProbabilities.forEach((value, at) => {
        expect(value).toBeCloseTo(forced?.logProbabilities[at] as number, 4);
        expect(best.attention?.[at]).toHaveLength(sentences[index]?.length as number);
        best.attention?.[at]?.forEach((weight, column) => {
          expect(weight).toBeCloseTo(forced?.attention?.[at]?.[column] as number, 4);
        });
      });
    }
  });
});

/** log p of every token after nothing, by a model; padding and start, which cannot be asked, are 0. */
async function firstTokens(model: InferenceModel, source: number[]): Promise<number[]> {
  const words = Array.from({ length: 27 }, (_, at) => (at === 0 ? 1 : 3 + at));
  const scores = await scoreForced(
    model,
    words.map((word) => ({ source, target: [word] })),
  );
  const [empty] = await scoreForced(model, [{ source, target: [] }]);
  const values = Array<number>(30).fill(Number.NaN);
  words.forEach((word, at) => {
    values[word] = scores[at]?.logProbabilities[0] as number;
  });
  values[3] = empty?.logProbabilities[0] as number;
  return values;
}

test("probabilities are averaged, or their logarithms", async () => {
  const source = [5, 9, 7, 11];
  const single = await Promise.all([0, 1, 2].map((index) => firstTokens(inference(index), source)));
  const words = [1, 4, 5, 6, 20, 29];
  const asked = (average: EnsembleAverage) => {
    const { ensemble, sources } = together([0, 1, 2], average);
    const pairs = words.map((word) => ({ source: sources(source), target: [word] }));
    return scoreForced(ensemble, pairs);
  };
  const arithmetic = await asked("probabilities");
  const geometric = await asked("logits");
  const means = words.map((word) => single.reduce((sum, p) => sum + (p[word] as number), 0) / 3);
  words.forEach((word, at) => {
    const mean = single.reduce((sum, p) => sum + Math.exp(p[word] as number), 0) / 3;
    expect(arithmetic[at]?.logProbabilities[0]).toBeCloseTo(Math.log(mean), 5);
    // Up to one number for all words, by which they are made to sum to 1.
    const shift = (geometric[0]?.logProbabilities[0] as number) - (means[0] as number);
    expect(geometric[at]?.logProbabilities[0]).toBeCloseTo((means[at] as number) + shift, 4);
  });
  expect(arithmetic[2]?.logProbability).not.toBeCloseTo(geometric[2]?.logProbability as number, 3);
});

test("a beam as wide as all outputs finds the best of them", async () => {
  const { ensemble, sources } = together([0, 1]);
  const source = sources([4, 9]);
  const targets = [[], ...Array.from({ length: 27 }, (_, at) => [at === 0 ? 1 : 3 + at])];
  const scores = await scoreForced(
    ensemble,
    targets.map((target) => ({ source, target })),
  );
  const best = scores.reduce(
    (at, { logProbability }, index) =>
      logProbability > (scores[at]?.logProbability as number) ? index : at,
    0,
  );
  const options = { beam: 30, maxLength: 1, lengthNormalization: "none" } as const;
  const [[found] = []] = await search(ensemble, [source], options);
  expect(found?.ids).toEqual(targets[best]);
  expect(found?.logProbability).toBeCloseTo(scores[best]?.logProbability as number, 4);
});

describe("from folders:", () => {
  const folder = mkdtempSync(join(tmpdir(), "seq2see-ensemble-"));
  const at = (name: string) => join(folder, name);
  beforeAll(async () => {
    await writeRandomModel(at("a"));
    await writeRandomModel(at("b"), { hidden: 12, attention: "dot" }, 2);
    await writeRandomModel(at("other-source"), {}, 3, { source: "abcdefgh" });
    await writeRandomModel(at("other-target"), {}, 4, { target: "abcdefgh" });
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  test("one model is that model", async () => {
    const single = await Seq2Seq.load(at("a"), { threads: 1 });
    const ensemble = await Seq2SeqEnsemble.load([at("a"), at("a")], { threads: 1 });
    const texts = ["a house", "bed .", ""];
    expect(await ensemble.translateAll(texts, { beam: 3 })).toEqual(
      await single.translateAll(texts, { beam: 3 }),
    );
    const pairs = [{ source: "a house", target: "beds" }];
    expect(await ensemble.score(pairs)).toEqual(await single.score(pairs));
    await single.release();
    await ensemble.release();
  });

  test("members may read the source in other tokens", async () => {
    const ensemble = await Seq2SeqEnsemble.load([at("other-source"), at("a"), at("b")], {
      threads: 1,
    });
    const [best] = await ensemble.translate("a zoo", { beam: 2, maxLength: 5 });
    expect(best?.sourceTokens).toEqual(["a", " ", "<unk>", "<unk>", "<unk>"]);
    expect(best?.attention?.[0]).toHaveLength(5);
    await ensemble.release();
  });

  test("a member with another target vocabulary is refused", async () => {
    await expect(Seq2SeqEnsemble.load([at("a"), at("other-target")])).rejects.toThrow(
      `${at("other-target")}: its target vocabulary differs from the vocabulary of ${at("a")}; an ensemble takes models that were trained with the same target tokenizer.`,
    );
  });
});
