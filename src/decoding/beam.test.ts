import { expect, test } from "vitest";
import { endId } from "../tensor/specialIds.ts";
import type { BeamOptions, Candidate } from "./beam.ts";
import { Beam } from "./beam.ts";
import { searchDefaults } from "./options.ts";

const options: BeamOptions = {
  size: 2,
  nBest: 1,
  maxLength: 5,
  isReversed: false,
  scoring: { ...searchDefaults, lengthNormalization: "none" },
};

/** Candidates from a list of tokens with log-probabilities for each running hypothesis. */
function step(beam: Beam, ...lists: [token: number, logProbability: number][][]) {
  const candidates = lists.flatMap((list, parent) =>
    list.map(([token, logProbability]): Candidate => {
      const sum = (beam.running[parent]?.sum as number) + logProbability;
      return { parent, token, logProbability, sum };
    }),
  );
  return beam.advance(candidates, () => Float32Array.of(0.25, 0.75));
}

test("the beam stays full when a hypothesis is finished", () => {
  const beam = new Beam({ ...options, nBest: 2 });
  const { fates, parents } = step(beam, [
    [endId, -1],
    [4, -2],
    [5, -3],
  ]);
  expect(fates).toEqual(["finished", "running", "running"]);
  expect(parents).toEqual([0, 0]);
  expect(beam.running.map(({ token }) => token)).toEqual([4, 5]);
  expect(beam.isDone).toBe(false);
});

test("an end that is not among the best of the beam's size is dropped", () => {
  const beam = new Beam(options);
  const { fates } = step(beam, [
    [4, -1],
    [5, -2],
    [endId, -3],
  ]);
  expect(fates).toEqual(["running", "running", "dropped"]);
});

test("the search ends as soon as nothing that runs can win", () => {
  const beam = new Beam(options);
  step(beam, [
    [4, -1],
    [endId, -1.5],
    [5, -2],
  ]);
  expect(beam.isDone).toBe(false);
  step(beam, [[6, -0.6]], [[6, -0.6]]);
  expect(beam.isDone).toBe(true);
  expect(beam.results().map(({ ids, finished }) => [ids, finished])).toEqual([[[], true]]);
});

test("with normalisation it goes on while a longer translation could still win", () => {
  const beam = new Beam({
    ...options,
    scoring: { ...searchDefaults, lengthNormalization: "average" },
  });
  step(beam, [
    [4, -1],
    [endId, -1.5],
    [5, -2],
  ]);
  step(beam, [[6, -0.6]], [[6, -0.6]]);
  expect(beam.isDone).toBe(false);
  step(beam, [[endId, -0.1]], [[7, -9]]);
  expect(beam.results()[0]).toMatchObject({ ids: [4, 6], finished: true });
  expect(beam.results()[0]?.score).toBeCloseTo(-1.7 / 3, 12);
});

test("what runs at the maximum length is cut, unless it ends there", () => {
  const beam = new Beam({ ...options, size: 3, nBest: 3, maxLength: 1 });
  step(beam, [
    [4, -1],
    [5, -2],
  ]);
  const { fates } = step(
    beam,
    [
      [endId, -1],
      [6, -2],
    ],
    [[6, -1.5]],
  );
  expect(fates).toEqual(["finished", "dropped", "dropped"]);
  expect(beam.isDone).toBe(true);
  expect(beam.results().map(({ ids, finished }) => [ids, finished])).toEqual([
    [[4], true],
    [[5], false],
  ]);
});

test("equal sums are ranked by parent, then by token", () => {
  const beam = new Beam(options);
  step(beam, [
    [9, -1],
    [7, -1],
    [8, -1],
  ]);
  expect(beam.running.map(({ token }) => token)).toEqual([7, 8]);
  step(beam, [[6, -1]], [[5, -1]]);
  expect(beam.running.map(({ token }) => token)).toEqual([6, 5]);
});

test("attention is told in the order of the sentence though the model reads it backwards", () => {
  const beam = new Beam({ ...options, size: 1, isReversed: true });
  step(beam, [[endId, -1]]);
  expect(beam.results()[0]?.attention).toEqual([Float32Array.of(0.75, 0.25)]);
});

test("the coverage penalty takes part in the ranking", () => {
  const beam = new Beam({ ...options, scoring: { ...options.scoring, coveragePenalty: 0.5 } });
  step(beam, [[endId, -1]]);
  expect(beam.results()[0]?.score).toBeCloseTo(-1 + 0.5 * (Math.log(0.25) + Math.log(0.75)), 6);
});

test("numbers that are none stop the search", () => {
  const beam = new Beam(options);
  expect(() => step(beam, [[4, Number.NaN]])).toThrow(/no numbers; its weights are damaged/);
});
