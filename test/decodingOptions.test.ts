/** What a search can be asked for, and that a batch changes none of it, with small random models. */
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Hypothesis } from "../src/decoding/hypothesis.ts";
import { withSeedAfter } from "../src/decoding/options.ts";
import { scoreForced } from "../src/decoding/score.ts";
import { search } from "../src/decoding/search.ts";
import type { SearchOptions } from "../src/decoding/searchOptions.ts";
import { sourceReader } from "../src/decoding/sourceInput.ts";
import { TextModel } from "../src/decoding/textModel.ts";
import { Random } from "../src/tensor/random.ts";
import { letterTokenizer, RandomModel, withModel } from "./support/randomModel.ts";

let model: RandomModel;
beforeAll(async () => {
  model = await RandomModel.create("luong2015", { hidden: 16 });
});
afterAll(() => model.release());

function randomIds(count: number, longest = 14, seed = 5): number[][] {
  const random = new Random(seed);
  return Array.from({ length: count }, () =>
    Array.from({ length: 1 + random.integer(longest) }, () => 4 + random.integer(26)),
  );
}

const sources = randomIds(24);
const prefixes = sources.map((_, index) => (index % 3 === 0 ? [] : [4 + index, 7, 7]));

const asked: [string, SearchOptions][] = [
  ["greedy", {}],
  ["a beam with limits of length", { beam: 4, nBest: 4, minLength: 3, maxLength: 9 }],
  ["penalties", { beam: 3, lengthPenalty: 0.2, coveragePenalty: 0.4, maxLength: 12 }],
  ["no repeated pair", { beam: 3, nBest: 2, noRepeatNgram: 2, maxLength: 15 }],
  ["no repeated token, greedily", { noRepeatNgram: 1, maxLength: 15 }],
  ["prefixes", { beam: 3, nBest: 3, prefixes, maxLength: 10 }],
  ["prefixes and no repeated token", { beam: 2, prefixes, noRepeatNgram: 1, maxLength: 10 }],
  ["drawing", { sample: true, seed: 3, maxLength: 10 }],
  ["drawing from the best", { sample: true, seed: 3, topK: 4, temperature: 0.7, maxLength: 10 }],
  ["drawing from the nucleus", { sample: true, seed: 3, topP: 0.8, prefixes, noRepeatNgram: 2 }],
  ["drawing from the best of the nucleus", { sample: true, seed: 3, topK: 9, topP: 0.5 }],
];

/** The options of one sentence of a batch. */
function optionsOf(options: SearchOptions, index: number): SearchOptions {
  return {
    ...withSeedAfter(options, index),
    ...(options.prefixes && { prefixes: [options.prefixes[index] as number[]] }),
  };
}

test("an option that does not exist is refused by its name, whatever asks for it", async () => {
  const options = { beam: 2, beams: 3 };
  const refusal =
    "beams: 3: there is no such option of translation; leave it out. Did you mean beam?";
  await expect(search(model.inference, sources, options)).rejects.toThrow(refusal);
  await expect(model.trace("a", options)).rejects.toThrow(refusal);
  const reader = sourceReader(letterTokenizer(), model.inference.sizes);
  const texts = new TextModel(model.inference, reader, letterTokenizer());
  await expect(texts.translate("a", options)).rejects.toThrow(refusal);
});

test.each(asked)(
  "a batch gives what its sentences give alone, bit for bit: %s",
  async (_, options) => {
    const together = await search(model.inference, sources, options);
    for (const [index, source] of sources.entries()) {
      const [alone] = await search(model.inference, [source], optionsOf(options, index));
      expect(together[index]).toEqual(alone);
    }
  },
);

describe("a long sentence in a batch changes no bit of short ones", () => {
  const mixed = [5, 14, 30, 40, 60, 90, 150].map((length) =>
    Array.from({ length }, (_, at) => 4 + ((at * 7 + length) % 26)),
  );

  test.each([
    ["general", 160],
    ["dot", 512],
    ["scaledGeneral", 520],
    ["dot", 514],
    ["dot", 768],
  ] as const)("in a search: %s, hidden %d", async (attention, hidden) => {
    await withModel("luong2015", { attention, hidden }, async ({ inference }) => {
      const options = { beam: 3, nBest: 3, maxLength: 5 };
      const together = await search(inference, mixed, options);
      for (const [index, source] of mixed.entries()) {
        expect(together[index]).toEqual((await search(inference, [source], options))[0]);
      }
    });
  });

  test.each([true, false])("in scores, with input feeding: %j", async (inputFeeding) => {
    await withModel("luong2015", { hidden: 512, inputFeeding }, async ({ inference }) => {
      const pairs = mixed.map((source) => ({ source, target: source.slice(0, 5) }));
      const together = await scoreForced(inference, pairs);
      for (const [index, pair] of pairs.entries()) {
        expect(together[index]).toEqual((await scoreForced(inference, [pair]))[0]);
      }
    });
  });
});

test.each(["luong2015", "bahdanau2014", "sutskever2014"])(
  "given translations have the same score in a batch and alone, bit for bit: %s",
  async (preset) => {
    await withModel(preset, { hidden: 16 }, async ({ inference }) => {
      const targets = randomIds(24, 9, 8);
      const pairs = sources.map((source, index) => ({
        source,
        target: targets[index] as number[],
      }));
      const together = await scoreForced(inference, pairs);
      for (const [index, pair] of pairs.entries()) {
        expect(together[index]).toEqual((await scoreForced(inference, [pair]))[0]);
      }
    });
  },
);

describe("repeated n-grams", () => {
  const ngrams = (ids: readonly number[], size: number): string[] =>
    Array.from({ length: Math.max(0, ids.length - size + 1) }, (_, at) =>
      ids.slice(at, at + size).join(" "),
    );
  const repeats = (hypotheses: readonly Hypothesis[], size: number): number =>
    hypotheses.filter(({ ids }) => new Set(ngrams(ids, size)).size < ngrams(ids, size).length)
      .length;

  test.each([1, 2, 3])(
    "of %i tokens come where nothing forbids them, and else do not",
    async (size) => {
      const options = { beam: 3, nBest: 3, minLength: 14, maxLength: 14 };
      const free = (await search(model.inference, sources, options)).flat();
      expect(repeats(free, size)).toBeGreaterThan(0);
      const blocked = { ...options, noRepeatNgram: size };
      const kept = (await search(model.inference, sources, blocked)).flat();
      expect(repeats(kept, size)).toBe(0);
      expect(kept.every(({ ids }) => ids.length === 14)).toBe(true);
    },
  );

  test("a translation that had none stays as it was", async () => {
    const options = { beam: 3, maxLength: 14 };
    const free = await search(model.inference, sources, options);
    const kept = await search(model.inference, sources, { ...options, noRepeatNgram: 15 });
    expect(kept).toEqual(free);
  });
});

describe("a prefix", () => {
  test("comes first, with the log-probabilities that forced decoding gives it", async () => {
    const found = await search(model.inference, sources, { beam: 4, nBest: 4, prefixes });
    for (const [index, hypotheses] of found.entries()) {
      for (const { ids, logProbabilities, logProbability, attention } of hypotheses) {
        expect(ids.slice(0, prefixes[index]?.length)).toEqual(prefixes[index]);
        const pair = { source: sources[index] as number[], target: ids };
        const [forced] = await scoreForced(model.inference, [pair]);
        logProbabilities.forEach((value, at) => {
          expect(value).toBeCloseTo(forced?.logProbabilities[at] as number, 4);
        });
        expect(logProbability).toBeCloseTo(
          logProbabilities.reduce((sum, value) => sum + value, 0),
          4,
        );
        expect(attention).toHaveLength(logProbabilities.length);
      }
    }
  });

  test("that is how the translation begins anyway changes nothing", async () => {
    const free = (await search(model.inference, sources, { maxLength: 10 })).map(([one]) => one);
    const own = free.map((best) => best?.ids.slice(0, 2) ?? []);
    const led = await search(model.inference, sources, { maxLength: 10, prefixes: own });
    expect(led.map(([best]) => best?.ids)).toEqual(free.map((best) => best?.ids));
  });

  test("may be as long as the longest translation, and no longer", async () => {
    const prefix = [5, 6, 7];
    const options = { prefixes: [prefix], beam: 2, maxLength: 3 };
    const [[best] = []] = await search(model.inference, [[4]], options);
    expect(best?.ids).toEqual(prefix);
    await expect(search(model.inference, [[4]], { ...options, maxLength: 2 })).rejects.toThrow(
      "The prefix of sentence 1 has 3 tokens and a translation at most 2; shorten the prefix or raise the maximum length.",
    );
  });

  test.each([[[0]], [[30]], [[2]], [[3]]])("of %j is refused", async (prefix) => {
    await expect(search(model.inference, [[4]], { prefixes: [prefix] })).rejects.toThrow(
      /^The prefix of sentence 1 has the id/,
    );
  });

  test("is given to a translator as text", async () => {
    const tokenizer = letterTokenizer();
    const translator = new TextModel(
      model.inference,
      sourceReader(tokenizer, model.inference.sizes),
      tokenizer,
    );
    const options = { prefixes: ["g h", ""], beam: 2, maxLength: 6 };
    const [led, free] = await translator.translateAll(["a b c", "a b c"], options);
    expect(led?.[0]?.text).toMatch(/^g h/);
    expect(free).toEqual(
      (await translator.translateAll(["a b c"], { ...options, prefixes: [] }))[0],
    );
    await expect(translator.translateAll(["a"], { prefixes: ["g Zürich h"] })).rejects.toThrow(
      /The prefix "g Zürich h" has something that the target vocabulary does not hold, after "g"/,
    );
  });
});

test("a nucleus holds the fewest most probable tokens that reach the share", async () => {
  const source = [5, 9, 7];
  const [first] = await scoreForced(model.inference, [{ source, target: [] }]);
  const words = [1, ...Array.from({ length: 26 }, (_, at) => 4 + at)];
  const scores = await scoreForced(
    model.inference,
    words.map((word) => ({ source, target: [word] })),
  );
  const probabilities: [number, number][] = [[3, Math.exp(first?.logProbabilities[0] as number)]];
  words.forEach((word, at) => {
    probabilities.push([word, Math.exp(scores[at]?.logProbabilities[0] as number)]);
  });
  probabilities.sort(([, one], [, other]) => other - one);
  const topP = 0.6;
  const total = probabilities.reduce((sum, [, p]) => sum + p, 0);
  const nucleus = new Map<number, number>();
  let reached = 0;
  for (const [word, p] of probabilities) {
    // Padding and start take part in the softmax, but are never drawn.
    if (reached / total < topP) nucleus.set(word, p);
    reached += p;
  }
  expect(nucleus.size).toBeGreaterThan(1);
  expect(nucleus.size).toBeLessThan(15);
  const draws = 1500;
  const options = { sample: true, seed: 4, topP, maxLength: 1, attention: false };
  const found = await search(model.inference, Array<number[]>(draws).fill(source), options);
  const drawn = found.map(([best]) => best?.ids[0] ?? 3);
  expect(drawn.filter((word) => !nucleus.has(word))).toEqual([]);
  const inside = [...nucleus.values()].reduce((sum, p) => sum + p, 0);
  for (const [word, p] of nucleus) {
    const share = p / inside;
    const count = drawn.filter((each) => each === word).length;
    // Four standard deviations.
    const tolerance = 4 * Math.sqrt(draws * share * (1 - share)) + 1;
    expect(Math.abs(count - draws * share)).toBeLessThan(tolerance);
  }
});

test.each([
  [{ noRepeatNgram: -1 }, "noRepeatNgram: -1: give a whole number from 0 to 100,000."],
  [{ sample: true, seed: 1, topP: 0 }, "topP: 0: give a number above 0, up to 1."],
  [
    { minLength: 5, maxLength: 4 },
    "minLength: 5: a translation has at most 4 tokens; raise maxLength.",
  ],
])("options that make no sense are refused: %o", async (options, message) => {
  await expect(search(model.inference, [[4]], options)).rejects.toThrow(message);
});

test("a dictionary translates the words that replace unknown tokens", async () => {
  const tokenizer = letterTokenizer();
  const translator = new TextModel(
    model.inference,
    sourceReader(tokenizer, model.inference.sizes),
    tokenizer,
  );
  const texts = Array.from({ length: 30 }, (_, index) => `a Zürich b Xyz${index} c`);
  const options = { sample: true, seed: 3, temperature: 4, maxLength: 8 };
  const copied = (await translator.translateAll(texts, options)).map(([best]) => best?.text ?? "");
  const dictionary = new Map([
    ["Zürich", "Turicum"],
    ["xyz3", "three"],
  ]);
  const looked = await translator.translateAll(texts, { ...options, dictionary });
  expect(copied.filter((text) => text.includes("Zürich")).length).toBeGreaterThan(0);
  looked.forEach(([best], index) => {
    expect(best?.text).toBe(
      copied[index]
        ?.replaceAll("Zürich", "Turicum")
        .replace("Xyz3", (word) => (index === 3 ? "three" : word)),
    );
  });
});
