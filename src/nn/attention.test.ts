import { describe, expect, test } from "vitest";
import { evaluate } from "../../test/support/evaluate.ts";
import { expectGradient, weighted } from "../../test/support/finiteDifferences.ts";
import { input } from "../graph/operators/source.ts";
import type { Tensor } from "../graph/tensor.ts";
import { Random } from "../tensor/random.ts";
import type { TensorValue } from "../tensor/value.ts";
import { numbersOf, tensorValue } from "../tensor/value.ts";
import type { AttentionStep } from "./attention.ts";
import { Attention, positionsOf } from "./attention.ts";
import type { AttentionScope } from "./attentionScope.ts";
import { attentionScopes } from "./attentionScope.ts";
import { Parameters } from "./parameters.ts";
import type { AttentionKind } from "./scores/kinds.ts";
import { attentionKinds, scoreKinds } from "./scores/kinds.ts";

const uniform = { kind: "uniform", range: 1 } as const;
const size = 3;
/** Two sentences, of five and of three words. */
const lengths = [5, 3];

interface Look {
  readonly attended: AttentionStep;
  readonly inputs: Record<string, Tensor>;
  readonly feeds: Record<string, TensorValue>;
}

/** A look with two queries at two sentences; values, queries and parameters are random. */
function look(
  kind: AttentionKind,
  scope: AttentionScope,
  { window = 2, locations = 4, steps = [0, 1], isReversed = false } = {},
): Look {
  const parameters = new Parameters("float64");
  const attention = new Attention(scoreKinds[kind], {
    parameters,
    scope,
    window,
    initializer: uniform,
    vectorInitializer: uniform,
    sizes: { query: size, memory: size, hidden: 4, locations },
  });
  const values = input("values", "float64", ["batch", "source", size]);
  const queries = input("queries", "float64", ["batch", 2, size]);
  const mask = input("mask", "bool", ["batch", 1, "source"]);
  const count = input("count", "float64", ["batch", 2, 1]);
  const positions = positionsOf(mask, "float64", isReversed);
  const keys = attention.keys(values, positions);
  const attended = attention.attend(queries, { values, keys, mask, ...positions }, count);
  const random = new Random(3);
  const draw = (shape: readonly number[]): TensorValue =>
    tensorValue(
      "float64",
      shape,
      Array.from({ length: shape.reduce((a, b) => a * b, 1) }, () => random.normal()),
    );
  const feeds: Record<string, TensorValue> = {
    values: draw([2, 5, size]),
    queries: draw([2, 2, size]),
    mask: tensorValue(
      "bool",
      [2, 1, 5],
      lengths.flatMap((length) => [0, 1, 2, 3, 4].map((at) => Number(at < length))),
    ),
    count: tensorValue("float64", [2, 2, 1], [...steps, ...steps]),
  };
  const inputs: Record<string, Tensor> = { values, queries };
  for (const { name, shape } of parameters.list()) {
    feeds[name] = draw(shape);
    inputs[name] = parameters.tensor(name);
  }
  return { attended, inputs, feeds };
}

/** Rows of attention weights: for each sentence and query one number a word. */
async function weightsOf({ attended, feeds }: Look): Promise<number[][]> {
  const { weights } = await evaluate({ weights: attended.weights }, feeds);
  const data = numbersOf(weights as TensorValue);
  return [0, 1, 2, 3].map((row) => data.slice(row * 5, (row + 1) * 5));
}

const pairs = attentionKinds.flatMap((kind) =>
  attentionScopes
    .filter((scope) => kind !== "location" || scope === "global")
    .map((scope) => [kind, scope] as const),
);

describe.each(pairs)("%s, %s:", (kind, scope) => {
  test("the gradient equals finite differences", async () => {
    const { attended, inputs, feeds } = look(kind, scope);
    const loss = weighted([attended.context, attended.weights], feeds, { batch: 2, source: 5 });
    const used = Object.entries(inputs).filter(
      ([name]) => name !== "values" || kind !== "location",
    );
    await expectGradient(loss, feeds, Object.fromEntries(used));
  });

  test("padding gets no weight, words get at most 1 in all", async () => {
    const rows = await weightsOf(look(kind, scope));
    for (const [row, weights] of rows.entries()) {
      const words = row < 2 ? 5 : 3;
      expect(weights.slice(words).every((weight) => weight === 0)).toBe(true);
      const sum = weights.reduce((total, weight) => total + weight, 0);
      // Local-p is not normalised again after its Gaussian.
      if (scope === "local-p") expect(sum).toBeLessThan(1);
      else expect(sum).toBeCloseTo(1, 12);
      expect(sum).toBeGreaterThan(0);
    }
  });
});

describe("local-m", () => {
  const places = (rows: readonly number[][]) =>
    rows.map((row) => row.flatMap((weight, at) => (weight > 0 ? [at] : [])));

  test("looks at D words on both sides of the step's number", async () => {
    const options = { window: 1, steps: [0, 2] };
    expect(places(await weightsOf(look("dot", "local-m", options)))).toEqual([
      [0, 1],
      [1, 2, 3],
      [0, 1],
      [1, 2],
    ]);
  });

  test("stays at the last word when the steps have left the sentence", async () => {
    const options = { window: 1, steps: [4, 40] };
    expect(places(await weightsOf(look("dot", "local-m", options)))).toEqual([
      [3, 4],
      [4],
      [2],
      [2],
    ]);
  });

  test("counts from the beginning of the sentence when it is read from its end", async () => {
    const options = { window: 1, steps: [0, 1], isReversed: true };
    // The first word was read last.
    expect(places(await weightsOf(look("dot", "local-m", options)))).toEqual([
      [3, 4],
      [2, 3, 4],
      [1, 2],
      [0, 1, 2],
    ]);
  });
});

describe("location", () => {
  test("does not look at the words, and words behind its positions get no weight", async () => {
    const given = look("location", "global", { locations: 2 });
    const rows = await weightsOf(given);
    for (const row of rows) {
      expect(row[0]).toBeGreaterThan(0);
      expect(row.slice(2)).toEqual([0, 0, 0]);
    }
    const values = tensorValue("float64", [2, 5, size], 1);
    expect(await weightsOf({ ...given, feeds: { ...given.feeds, values } })).toEqual(rows);
  });
});

test("normed scores do not depend on the length of v, scaled ones grow with g", async () => {
  const scoresOf = async ({ attended, feeds }: Look, name: string, factor: number) => {
    const { shape } = feeds[name] as TensorValue;
    const data = numbersOf(feeds[name] as TensorValue).map((value) => factor * value);
    const changed = { ...feeds, [name]: tensorValue("float64", shape, data) };
    const { scores } = await evaluate({ scores: attended.scores }, changed);
    return numbersOf(scores as TensorValue).slice(0, 5);
  };
  const normed = look("normedAdditive", "global");
  const one = await scoresOf(normed, "attention.v_a", 1);
  (await scoresOf(normed, "attention.v_a", 7)).forEach((score, at) => {
    expect(score).toBeCloseTo(one[at] as number, 12);
  });
  const scaled = look("scaledGeneral", "global");
  const plain = await scoresOf(scaled, "attention.g", 1);
  (await scoresOf(scaled, "attention.g", 2)).forEach((score, at) => {
    expect(score).toBeCloseTo(2 * (plain[at] as number), 12);
  });
});
