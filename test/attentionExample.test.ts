/** The scoring function that `docs/attention.md` adds as an example: it is what is shown, and it works. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { input } from "../src/graph/operators/source.ts";
import { Attention, positionsOf } from "../src/nn/attention.ts";
import { attentionScopes } from "../src/nn/attentionScope.ts";
import { Parameters } from "../src/nn/parameters.ts";
import type { TensorValue } from "../src/tensor/value.ts";
import { numbersOf, tensorValue } from "../src/tensor/value.ts";
import { cosine } from "./support/cosineScore.ts";
import { evaluate } from "./support/evaluate.ts";
import { expectGradient, weighted } from "./support/finiteDifferences.ts";

test("the page shows the code that runs here", () => {
  const page = readFileSync(join(import.meta.dirname, "../docs/attention.md"), "utf8");
  const shown = /```ts\n\/\/ src\/nn\/scores\/cosine\.ts\n([\s\S]*?)```/.exec(page)?.[1];
  const code = readFileSync(join(import.meta.dirname, "support/cosineScore.ts"), "utf8");
  const asShown = code
    .replaceAll("../../src/nn/scores/", "./")
    .replaceAll("../../src/nn/", "../")
    .replaceAll("../../src/", "../../");
  expect(shown).toBe(asShown);
});

test.each(attentionScopes)("%s: the example attends, and its gradient is right", async (scope) => {
  const parameters = new Parameters("float64");
  const initializer = { kind: "uniform", range: 1 } as const;
  const attention = new Attention(cosine, {
    parameters,
    scope,
    window: 2,
    initializer,
    vectorInitializer: initializer,
    sizes: { query: 2, memory: 2, hidden: 3, locations: 1 },
  });
  const values = input("values", "float64", ["batch", "source", 2]);
  const queries = input("queries", "float64", ["batch", 1, 2]);
  const count = input("count", "float64", ["batch", 1, 1]);
  const mask = input("mask", "bool", ["batch", 1, "source"]);
  const positions = positionsOf(mask, "float64", false);
  const keys = attention.keys(values, positions);
  const attended = attention.attend(queries, { values, keys, mask, ...positions }, count);
  const feeds: Record<string, TensorValue> = {
    values: tensorValue("float64", [1, 3, 2], [3, 0.5, -0.2, 2, -1, -1]),
    queries: tensorValue("float64", [1, 1, 2], [0.1, 1]),
    count: tensorValue("float64", [1, 1, 1], 1),
    mask: tensorValue("bool", [1, 1, 3], 1),
    "attention.W_a": tensorValue("float64", [2, 2], [1, 0, 0, 1]),
    "attention.g": tensorValue("float64", [1], 5),
    "attention.W_p": tensorValue("float64", [2, 3], [0.3, -0.4, 0.1, 0.2, 0.7, -0.6]),
    "attention.v_p": tensorValue("float64", [3, 1], [0.5, -0.3, 0.2]),
  };
  const { weights } = await evaluate({ weights: attended.weights }, feeds);
  const [, second, third] = numbersOf(weights as TensorValue) as [number, number, number];
  // The second state points where the query does, the third the other way; lengths do not count.
  expect(second).toBeGreaterThan(0.5);
  expect(third).toBeLessThan(0.01);
  const loss = weighted([attended.context], feeds, { batch: 1 });
  const wrt = parameters.list().map(({ name }) => [name, parameters.tensor(name)] as const);
  await expectGradient(loss, feeds, { values, queries, ...Object.fromEntries(wrt) });
});
