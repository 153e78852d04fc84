/**
 * The layouts of notebooks, against what PyTorch computed with the same weights (`scripts/interop`): logits, attention
 * and gradients in float64, logits in float32, and what greedy search finds with the model as it is written.
 * `INTEROP_REFERENCE=FOLDER` compares the files of a larger training instead.
 */
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { writeFolderAtomically } from "../src/files/nodeFiles.ts";
import { ArrayUses } from "../src/interop/arrayUses.ts";
import type { ExpressionScope } from "../src/interop/expression.ts";
import { numbersOf as numbersOfExpression } from "../src/interop/expression.ts";
import type { ForeignParts } from "../src/interop/foreignModel.ts";
import { checkForeignModel } from "../src/interop/foreignModel.ts";
import type { Expression } from "../src/interop/mapping.ts";
import { importModel, readForeignParts } from "../src/interop/nodeForeignModel.ts";
import { Seq2Seq } from "../src/library/seq2seq.ts";
import { scoringGraph } from "../src/models/graphs.ts";
import { trainingGraph } from "../src/models/trainingGraph.ts";
import type { FloatDtype } from "../src/tensor/dtype.ts";
import { largestOf } from "../src/tensor/extremes.ts";
import { required } from "../src/tensor/required.ts";
import type { TensorValue } from "../src/tensor/value.ts";
import { elementCount, numbersOf, tensorValue } from "../src/tensor/value.ts";
import { evaluate } from "./support/evaluate.ts";
import type { PlainArray } from "./support/npz.ts";
import { npzOf } from "./support/npz.ts";

/** What the scripts write. */
interface Reference {
  readonly layout: string;
  readonly sourceTokens: readonly string[];
  readonly targetTokens: readonly string[];
  /** Ids by row. */
  readonly source: readonly (readonly number[])[];
  readonly before: readonly (readonly number[])[];
  readonly after: readonly (readonly number[])[];
  /** [row, step, token] and [row, step, place]. */
  readonly logits: PlainArray;
  readonly attention: PlainArray;
  readonly gradients: Readonly<Record<string, PlainArray>>;
  readonly greedy: readonly (readonly [source: string, target: string])[];
  readonly arrays?: Readonly<Record<string, PlainArray>>;
}

const committed = join(import.meta.dirname, "reference/interop");
const larger = process.env["INTEROP_REFERENCE"];
const cases = ["pytorch_tutorial", "bentrevett", "d2l", "opennmt"].map((name) => ({
  name,
  path: larger ? join(larger, name, "reference.json") : join(committed, `${name}.json`),
}));

const folder = mkdtempSync(join(tmpdir(), "seq2see-layouts-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Of each sum its first term: a term's gradient is that of the sum. */
function firstTerms(expression: Expression): Expression {
  if (typeof expression === "string" || "array" in expression || "fill" in expression) {
    return expression;
  }
  if ("sum" in expression) return firstTerms(expression.sum[0] as Expression);
  return { ...expression, join: expression.join.map(firstTerms) };
}

const transposed = (rows: readonly (readonly number[])[]): number[] =>
  (rows[0] ?? []).flatMap((_, column) => rows.map((row) => row[column] as number));

function largestDifference(found: ArrayLike<number>, expected: ArrayLike<number>): number {
  expect(found.length).toBe(expected.length);
  return largestOf(
    Array.from(expected, (value, index) => Math.abs(value - (found[index] as number))),
  );
}

/** [a, b, c] as [b, a, c]. */
function swapped({ shape, data }: PlainArray): number[] {
  const [a, b, c] = shape as [number, number, number];
  return data.map((_, index) => {
    const [second, first, third] = [
      Math.floor(index / (a * c)),
      Math.floor(index / c) % a,
      index % c,
    ];
    return data[(first * b + second) * c + third] as number;
  });
}

describe.each(cases)("$name", ({ name, path }) => {
  const reference: Reference = JSON.parse(readFileSync(path, "utf8"));
  const at = (file: string): string => join(folder, `${name}.${file}`);
  const weights = join(path, "../weights.npz");
  const file = reference.arrays ? at("npz") : weights;
  if (reference.arrays) writeFileSync(file, npzOf(reference.arrays));
  else expect(existsSync(weights)).toBe(true);
  writeFileSync(at("source.txt"), reference.sourceTokens.join("\n"));
  writeFileSync(at("target.txt"), reference.targetTokens.join("\n"));
  const options = {
    layout: reference.layout,
    file,
    sourceVocabulary: at("source.txt"),
    targetVocabulary: at("target.txt"),
  };

  /** The batch with our ids, and the weights of a type. */
  async function feedsOf(dtype: FloatDtype) {
    const parts = await readForeignParts(options);
    const { sizes, parameters } = checkForeignModel(parts);
    const ours = (side: "source" | "target", rows: readonly (readonly number[])[]) =>
      transposed(rows).map((id) => parts[side].order.rows.indexOf(id));
    const [batch, time] = [reference.before.length, reference.before[0]?.length ?? 0];
    const length = reference.source[0]?.length ?? 0;
    const count = batch * time;
    const positions = Array.from({ length: count }, (_, index) => index);
    const feeds: Record<string, TensorValue> = {
      source: tensorValue("int32", [length, batch], ours("source", reference.source)),
      target_in: tensorValue("int32", [time, batch], ours("target", reference.before)),
      positions: tensorValue("int32", [count], positions),
      targets: tensorValue("int32", [count], ours("target", reference.after)),
    };
    for (const [parameter, { shape, numbers }] of parameters) {
      feeds[parameter] = tensorValue(dtype, shape, numbers());
    }
    return { feeds, sizes, parts, count };
  }

  /** Our logits without the tokens that only our vocabulary has, in their order. */
  function theirLogits(logits: TensorValue, { target }: ForeignParts): number[] {
    const all = numbersOf(logits);
    const { rows, theirs } = target.order;
    const places = Array.from({ length: theirs }, (_, id) => rows.indexOf(id));
    return Array.from({ length: all.length / rows.length }, (_, row) =>
      places.map((place) => all[row * rows.length + place] as number),
    ).flat();
  }

  test.each([
    ["float64", 1e-9],
    ["float32", 1e-5],
  ] as const)("has the same logits and attention in %s", async (dtype, most) => {
    const { feeds, sizes, parts } = await feedsOf(dtype);
    const graph = scoringGraph(sizes, { dtype, logits: true });
    const found = await evaluate(graph, feeds);
    const logits = theirLogits(required(found["logits"], "The logits"), parts);
    const difference = largestDifference(logits, swapped(reference.logits));
    const attention = numbersOf(required(found["attention"], "The attention"));
    const ofAttention = largestDifference(attention, swapped(reference.attention));
    if (larger) console.log(name, dtype, "logits", difference, "attention", ofAttention);
    expect(difference).toBeLessThan(most);
    expect(ofAttention).toBeLessThan(most);
  });

  test("has the same gradients in float64", async () => {
    const { feeds, sizes, parts, count } = await feedsOf("float64");
    const graph = trainingGraph({ ...sizes, dropout: 0 }, { dtype: "float64" });
    const scale = tensorValue("float64", [], 1 / count);
    const found = await evaluate(graph.outputs, { ...feeds, scale });
    const arrays = new Map(
      Object.entries(reference.gradients).map(([array, { shape, data }]) => [
        array,
        { name: array, shape, numbers: () => Float64Array.from(data) },
      ]),
    );
    const orders = { source: parts.source.order, target: parts.target.order };
    const uses = new ArrayUses(arrays);
    const scope: ExpressionScope = { arrays, uses, cell: sizes.cell, orders };
    let worst = 0;
    for (const { name: parameter, shape } of graph.parameters) {
      const expression = required(parts.mapping.parameters[parameter], parameter);
      const target = { shape, missing: 0, isEmbedding: false };
      const expected = numbersOfExpression(firstTerms(expression), target, scope).numbers();
      expect(expected.length).toBe(elementCount(shape));
      const ours = numbersOf(required(found[`gradient.${parameter}`], parameter));
      const difference = largestDifference(ours, expected);
      worst = Math.max(worst, difference);
      expect(difference, parameter).toBeLessThan(1e-9);
    }
    if (larger) console.log(name, "gradients", worst);
  });

  test("translates as it does there, by greedy search", async () => {
    const { files } = await importModel(options);
    const out = at("model");
    await writeFolderAtomically(out, new Map(Array.from(files, ([key, bytes]) => [key, [bytes]])));
    const model = await Seq2Seq.load(out, { threads: 1 });
    const sources = reference.greedy.map(([source]) => source);
    const found = await model.translateAll(sources, { maxLength: 20 });
    await model.release();
    expect(found.map(([best]) => best?.text)).toEqual(reference.greedy.map(([, text]) => text));
  });
});
