import { expect, test } from "vitest";
import { forbidden } from "../models/constraints.ts";
import { Random } from "../tensor/random.ts";
import { endId } from "../tensor/specialIds.ts";
import type { BeamOptions, Candidate } from "./beam.ts";
import { Beam, mostConsidered } from "./beam.ts";
import type { BestTokens } from "./candidates.ts";
import { bestCandidates } from "./candidates.ts";
import type { Extension } from "./hypothesis.ts";
import { beginning } from "./hypothesis.ts";
import { searchDefaults } from "./options.ts";

/** Tokens with log-probabilities that are often equal, some of them forbidden. */
function randomTokens(random: Random, hypotheses: number, count: number): BestTokens {
  const rows = Array.from({ length: hypotheses }, () => {
    const tokens = Array.from({ length: 3 * count }, (_, at) => endId + at);
    const values = tokens.map(() => -Math.floor(random.uniform() * 6) / 2);
    if (random.uniform() < 0.3) values[Math.floor(random.uniform() * count)] = forbidden;
    return tokens
      .map((token, at) => ({ token, value: values[at] as number }))
      .sort((one, other) => other.value - one.value || one.token - other.token)
      .slice(0, count);
  }).flat();
  const before = [{ token: 99, value: 0 }];
  const all = [...before, ...rows];
  return {
    values: Float32Array.from(all, ({ value }) => value),
    tokens: BigInt64Array.from(all, ({ token }) => BigInt(token)),
    start: before.length,
    count,
    wanted: count,
    forbidden: new Float32Array(100),
  };
}

/** All candidates, one by one. */
function allCandidates(running: readonly Extension[], best: BestTokens): Candidate[] {
  const { values, tokens, start, count } = best;
  return running.flatMap(({ sum }, parent) =>
    Array.from({ length: count }, (_, index) => {
      const at = start + parent * count + index;
      const logProbability = values[at] as number;
      return { parent, token: Number(tokens[at]), logProbability, sum: sum + logProbability };
    }),
  );
}

test.each([1, 2, 5])(
  "a beam of %i does the same with the candidates that count as with all",
  (size) => {
    const random = new Random(size);
    const options: BeamOptions = {
      size,
      nBest: size,
      maxLength: 6,
      isReversed: false,
      scoring: searchDefaults,
    };
    let steps = 0;
    for (let sentence = 0; sentence < 100; sentence++) {
      const [some, all] = [new Beam(options), new Beam(options)];
      while (!all.isDone) {
        const best = randomTokens(random, all.running.length, size === 1 ? 1 : size + 1);
        const few = bestCandidates(some.running, best, mostConsidered(size));
        const found = some.advance(few, () => null);
        expect(found.parents).toEqual(
          all.advance(allCandidates(all.running, best), () => null).parents,
        );
        expect(some.running).toEqual(all.running);
        expect(some.isDone).toBe(all.isDone);
        steps++;
      }
      expect(some.results()).toEqual(all.results());
    }
    expect(steps).toBeGreaterThan(150);
  },
);

test("no candidate is left out unless there are too many, and forbidden ones always are", () => {
  const best: BestTokens = {
    values: Float32Array.of(-1, -2, forbidden, -1, -1, -3),
    tokens: BigInt64Array.of(8n, 5n, 0n, 7n, 6n, 9n),
    start: 0,
    count: 3,
    wanted: 3,
    forbidden: new Float32Array(10),
  };
  const running = [beginning, beginning];
  const of = (most: number) =>
    bestCandidates(running, best, most).map(({ parent, token }) => [parent, token]);
  const ranked = [
    [0, 8],
    [1, 6],
    [1, 7],
    [0, 5],
    [1, 9],
  ];
  expect(of(Number.POSITIVE_INFINITY)).toEqual(ranked);
  expect(of(2)).toEqual(ranked.slice(0, 2));
});

test("of each hypothesis the wanted number is considered, without forbidden tokens", () => {
  const best: BestTokens = {
    values: Float32Array.of(-1, -2, -3, -4, -1, -5, -6, -7),
    tokens: Int32Array.of(2, 5, 6, 7, 8, 0, 9, 5),
    start: 0,
    count: 4,
    wanted: 2,
    forbidden: Float32Array.from({ length: 10 }, (_, id) => (id < 3 ? forbidden : 0)),
  };
  const found = bestCandidates([beginning, beginning], best, Number.POSITIVE_INFINITY);
  expect(found.map(({ parent, token }) => [parent, token])).toEqual([
    [1, 8],
    [0, 5],
    [0, 6],
    [1, 9],
  ]);
});

test("a log-probability that is no number stops the search", () => {
  const values = Float32Array.of(-1, Number.NaN);
  const tokens = BigInt64Array.of(5n, 6n);
  const best = { values, tokens, start: 0, count: 2, wanted: 2, forbidden: new Float32Array(9) };
  expect(() => bestCandidates([beginning], best, 1)).toThrow(/no numbers; its weights are damaged/);
});

test("many candidates come in the same order as few", () => {
  const random = new Random(3);
  for (let sentence = 0; sentence < 50; sentence++) {
    const running = Array.from({ length: 1 + (sentence % 4) }, () => ({
      ...beginning,
      sum: -Math.floor(random.uniform() * 4) / 2,
    }));
    const best = randomTokens(random, running.length, 20);
    const all = bestCandidates(running, best, Number.POSITIVE_INFINITY);
    expect(bestCandidates(running, best, 60)).toEqual(all.slice(0, 60));
    expect(bestCandidates(running, best, 7)).toEqual(all.slice(0, 7));
  }
});
