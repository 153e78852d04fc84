/**
 * Every model against values computed elsewhere in float64: loss, logits, attention and all gradients.
 * `npm run test:reference -- FOLDER` checks the files of another folder and names those that it cannot.
 */
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { scoringGraph } from "../src/models/graphs.ts";
import { trainingGraph } from "../src/models/trainingGraph.ts";
import type { NamedValues } from "../src/runtime/runtime.ts";
import type { TensorValue } from "../src/tensor/value.ts";
import { numbersOf, tensorValue } from "../src/tensor/value.ts";
import { evaluate } from "./support/evaluate.ts";
import { cut, placementOf, type Reference, readReference, sizesOf } from "./support/reference.ts";

const folder = process.env["REFERENCE_FOLDER"] ?? join(import.meta.dirname, "reference");
const files = readdirSync(folder).filter((name) => name.endsWith(".json"));

/** Ids column by column, each turned within its own length. */
function reversed({ source_ids, source_lengths }: Reference): number[] {
  const [, batch] = source_ids.shape as [number, number];
  return source_ids.data.map((id, index) => {
    const [time, sentence] = [Math.floor(index / batch), index % batch];
    const length = source_lengths.data[sentence] as number;
    return time < length ? (source_ids.data[(length - 1 - time) * batch + sentence] as number) : id;
  });
}

function expectClose(found: readonly number[], expected: readonly number[], what: string): void {
  expect(found.length, what).toBe(expected.length);
  const scale = Math.max(...expected.map(Math.abs), 1e-300);
  const worst = Math.max(
    ...found.map((value, index) => Math.abs(value - (expected[index] as number))),
  );
  expect(worst / Math.max(scale, 1e-6), `${what}: relative difference`).toBeLessThan(1e-9);
}

test("the folder has reference files", () => {
  expect(files.length).toBeGreaterThan(0);
});

describe.each(files)("%s", (file) => {
  const reference = readReference(join(folder, file));
  const sizes = sizesOf(reference);
  if (typeof sizes === "string") {
    test.skip(`not checked: ${sizes}`, () => {});
    return;
  }
  const graph = trainingGraph(sizes, { dtype: "float64" });
  const targets = reference.target_out.data;
  const positions = targets.flatMap((id, index) => (id === 0 ? [] : [index]));
  const sourceShape = reference.source_ids.shape;
  const feeds: Record<string, TensorValue> = {
    source: tensorValue(
      "int32",
      sourceShape,
      sizes.reverseSource ? reversed(reference) : reference.source_ids.data,
    ),
    target_in: tensorValue("int32", reference.target_in.shape, reference.target_in.data),
    positions: tensorValue("int32", [positions.length], positions),
    targets: tensorValue(
      "int32",
      [positions.length],
      positions.map((index) => targets[index] as number),
    ),
    scale: tensorValue("float64", [], 1 / positions.length),
  };
  for (const { name, shape } of graph.parameters) {
    const placement = placementOf(name, sizes, reference);
    const parts = placement.names.map((from) => {
      const array = reference.parameters[from];
      if (!array) throw new Error(`${file} has no parameter ${from}`);
      return cut(array, placement);
    });
    const sum = (parts[0] as number[]).map((_, index) =>
      parts.reduce((total, part) => total + (part[index] as number), 0),
    );
    feeds[name] = tensorValue("float64", shape, sum);
  }
  let results: NamedValues;
  const training = async () => {
    results ??= await evaluate(graph.outputs, feeds);
    return results;
  };

  test("has the same loss", async () => {
    const { loss } = await training();
    expectClose(numbersOf(loss as TensorValue), [reference.loss], "loss");
  });

  test("has the same logits and attention weights", async () => {
    const scored = await evaluate(scoringGraph(sizes, { dtype: "float64", logits: true }), feeds);
    expectClose(numbersOf(scored["logits"] as TensorValue), reference.logits.data, "logits");
    if (!reference.attention_tsb) return;
    const [time, source, batch] = reference.attention_tsb.shape as [number, number, number];
    const ours = numbersOf(scored["attention"] as TensorValue);
    const reordered = reference.attention_tsb.data.map((_, index) => {
      const [t, s, b] = [
        Math.floor(index / (source * batch)),
        Math.floor(index / batch) % source,
        index % batch,
      ];
      expect(t).toBeLessThan(time);
      return ours[(t * batch + b) * source + s] as number;
    });
    expectClose(reordered, reference.attention_tsb.data, "attention");
  });

  test.each(graph.parameters.map(({ name }) => name))(
    "has the same gradient for %s",
    async (name) => {
      const placement = placementOf(name, sizes, reference);
      const found = numbersOf((await training())[`gradient.${name}`] as TensorValue);
      for (const from of placement.names) {
        const array = reference.gradients[from];
        if (!array) throw new Error(`${file} has no gradient for ${from}`);
        expectClose(found, cut(array, placement), name);
      }
    },
  );

  test("leaves no parameter of the file out", () => {
    const used = new Set(
      graph.parameters.flatMap(({ name }) => placementOf(name, sizes, reference).names),
    );
    expect(Object.keys(reference.parameters).filter((name) => !used.has(name))).toEqual([]);
  });
});
