/**
 * Every operator's gradient against finite differences in float64. An operator without a case here
 * fails the last test, so that none can be added unchecked.
 */
import { describe, expect, test } from "vitest";
import { gradient as gradientOf } from "../src/graph/gradient.ts";
import * as arrange from "../src/graph/operators/arrange.ts";
import * as custom from "../src/graph/operators/customGradient.ts";
import * as elementwise from "../src/graph/operators/elementwise.ts";
import * as gathering from "../src/graph/operators/gather.ts";
import * as integers from "../src/graph/operators/int8Product.ts";
import * as products from "../src/graph/operators/matMul.ts";
import * as recurrences from "../src/graph/operators/recurrence.ts";
import * as reductions from "../src/graph/operators/reduce.ts";
import * as reshaping from "../src/graph/operators/reshape.ts";
import * as loops from "../src/graph/operators/scan.ts";
import * as selection from "../src/graph/operators/select.ts";
import * as normalisers from "../src/graph/operators/softmax.ts";
import * as sources from "../src/graph/operators/source.ts";
import * as sums from "../src/graph/operators/sumAndExpand.ts";
import type { Dimension } from "../src/graph/shape.ts";
import type { Operator, Tensor } from "../src/graph/tensor.ts";
import { nodesOf } from "../src/graph/traverse.ts";
import { Random } from "../src/tensor/random.ts";
import type { TensorValue } from "../src/tensor/value.ts";
import { tensorValue } from "../src/tensor/value.ts";
import { expectGradient, weighted } from "./support/finiteDifferences.ts";

const { constant, input } = sources;
const { add, multiply, tanh, sigmoid } = elementwise;
const { matMul } = products;
const { scan } = loops;

interface Case {
  readonly name: string;
  /** The operators that the case is there for. */
  readonly covers: readonly (Operator<never> | Operator)[];
  /** Real inputs: shapes with sizes; names in `named` replace them in the graph. */
  readonly inputs: readonly (readonly number[])[];
  readonly named?: readonly (readonly Dimension[])[];
  readonly positive?: boolean;
  build(inputs: readonly Tensor[]): Tensor | readonly Tensor[];
}

const cases: Case[] = [];
const covered = new Set<unknown>();

function check(
  name: string,
  covers: readonly unknown[],
  inputs: readonly (readonly number[])[],
  build: (...inputs: Tensor[]) => Tensor | readonly Tensor[],
  options: { named?: readonly (readonly Dimension[])[]; positive?: boolean } = {},
): void {
  for (const operator of covers) covered.add(operator);
  cases.push({
    name,
    inputs,
    ...options,
    covers: covers as Operator[],
    build: (tensors) => build(...tensors),
  });
}

const ids = (values: number[], shape: readonly number[] = [values.length]) =>
  constant("int64", values, shape);
const mask = (values: number[], shape: readonly number[] = [values.length]) =>
  constant("bool", values, shape);

// Sources: what is constant has no gradient, and does not disturb that of what it meets.
check("input and constant", [sources.inputOperator, sources.constantOperator], [[3]], (x) =>
  multiply(x, constant("float64", [1, 2, 3])),
);
check(
  "fill",
  [sources.fillOperator],
  [[3, 2]],
  (x) => multiply(x, sources.fill("float64", x.shape, 2)),
  { named: [["batch", 2]] },
);
check(
  "range",
  [sources.rangeOperator],
  [[4]],
  (x) => multiply(x, selection.cast(sources.range("time"), "float64")),
  { named: [["time"]] },
);

// Elementwise, with broadcasting on both sides.
const pair = [[2, 3], [3]] as const;
check("add", [elementwise.addOperator], pair, (a, b) => elementwise.add(a, b));
check(
  "add, stretched in the middle",
  [elementwise.addOperator],
  [
    [2, 1, 3],
    [4, 1],
  ],
  (a, b) => elementwise.add(a, b),
);
check("subtract", [elementwise.subtractOperator], pair, (a, b) => elementwise.subtract(a, b));
check("subtract from a number", [elementwise.subtractOperator], [[2]], (a) =>
  elementwise.subtract(1, a),
);
check("multiply", [elementwise.multiplyOperator], pair, (a, b) => elementwise.multiply(a, b));
check("multiply by itself", [elementwise.multiplyOperator], [[4]], (a) =>
  elementwise.multiply(a, a),
);
check("divide", [elementwise.divideOperator], pair, (a, b) => elementwise.divide(a, b), {
  positive: true,
});
check("negate", [elementwise.negateOperator], [[3]], (a) => elementwise.negate(a));
check("exp", [elementwise.expOperator], [[3]], (a) => elementwise.exp(a));
check("log", [elementwise.logOperator], [[3]], (a) => elementwise.log(a), { positive: true });
check("sqrt", [elementwise.sqrtOperator], [[3]], (a) => elementwise.sqrt(a), { positive: true });
check("tanh", [elementwise.tanhOperator], [[3]], (a) => elementwise.tanh(a));
check("sigmoid", [elementwise.sigmoidOperator], [[3]], (a) => elementwise.sigmoid(a));

// Comparisons and logic have no gradient of their own; selection passes it to the chosen side.
check(
  "select by a comparison",
  [
    selection.selectOperator,
    selection.lessOperator,
    selection.greaterOperator,
    selection.lessOrEqualOperator,
    selection.equalOperator,
    selection.logicalAndOperator,
    selection.logicalNotOperator,
    selection.castOperator,
  ],
  [[2, 3], [3]],
  (a, b) => {
    const isMiddle = selection.logicalAnd(selection.greater(a, -1), selection.lessOrEqual(a, 1));
    const chosen = selection.select(selection.logicalNot(isMiddle), multiply(a, 2), b);
    const isSmall = selection.cast(selection.less(a, 0), "float64");
    const isSame = selection.cast(selection.equal(a, b), "float64");
    return add(chosen, add(multiply(isSmall, b), multiply(isSame, a)));
  },
);
check("maximum", [selection.maximumOperator], pair, (a, b) => selection.maximum(a, b));
check("minimum", [selection.minimumOperator], pair, (a, b) => selection.minimum(a, b));
check("relu and masked", [], [[2, 3]], (a) => selection.masked(selection.relu(a), mask([1, 0, 1])));

// Shapes.
check(
  "reshape with names",
  [reshaping.reshapeOperator],
  [[2, 3, 4]],
  (a) => sums.reduceSum(tanh(reshaping.flatten(a)), 0),
  { named: [["batch", "time", 4]] },
);
check(
  "reshape back from one axis",
  [reshaping.reshapeOperator],
  [[2, 3, 4]],
  (a) => reshaping.reshape(tanh(reshaping.flatten(a)), a.shape),
  { named: [["batch", "time", 4]] },
);
check("squeeze and unsqueeze", [], [[2, 1, 3]], (a) =>
  reshaping.unsqueeze(tanh(reshaping.squeeze(a, 1)), -1),
);
check("expand", [sums.expandOperator], [[2, 1]], (a) => sums.expand(a, [3, 2, 4]));
check("reduceSum", [sums.reduceSumOperator], [[2, 3, 4]], (a) => [
  sums.reduceSum(a, [0, 2]),
  sums.reduceSum(a, 1, true),
  sums.reduceSum(a),
]);
check("reduceMax", [reductions.reduceMaxOperator], [[3, 4]], (a) => [
  reductions.reduceMax(a, 1),
  reductions.reduceMax(a),
]);
check("reduceMean", [], [[3, 4]], (a) => reductions.reduceMean(a, 1, true));
check("argMax passes nothing", [reductions.argMaxOperator], [[3, 4]], (a) =>
  multiply(sums.reduceSum(a, 1), selection.cast(reductions.argMax(a, 1), "float64")),
);
check("cumulativeSum", [reductions.cumulativeSumOperator], [[3, 4]], (a) => [
  reductions.cumulativeSum(a, 1),
  reductions.cumulativeSum(a, 0, true),
]);
check("transpose", [arrange.transposeOperator], [[2, 3, 4]], (a) =>
  tanh(arrange.transpose(a, [2, 0, 1])),
);
check(
  "concatenate",
  [arrange.concatenateOperator],
  [
    [2, 3],
    [2, 1],
    [2, 2],
  ],
  (...all) => tanh(arrange.concatenate(all, 1)),
);
check("reverse", [arrange.reverseOperator], [[4, 2]], (a) => tanh(arrange.reverse(a)));
check("shift", [arrange.shiftOperator], [[4, 3]], (a) =>
  tanh(add(arrange.shift(a, 0, 1), multiply(arrange.shift(a, 0, -2), arrange.shift(a, 0, 7)))),
);
check("slice", [arrange.sliceOperator], [[2, 5]], (a) => tanh(arrange.slice(a, 1, 1, 4)));
check("slice and pad", [arrange.padOperator], [[2, 3]], (a) => tanh(arrange.pad(a, 1, 1, 2)));
check("split, one part unused", [arrange.splitOperator], [[2, 6]], (a) =>
  arrange.split(a, 1, 3).slice(1).map(tanh),
);

// Products: each side transposed or not, batched, broadcast.
for (const transposeA of [false, true]) {
  for (const transposeB of [false, true]) {
    const label = `${transposeA ? "aᵀ" : "a"}·${transposeB ? "bᵀ" : "b"}`;
    const a = transposeA ? [3, 2] : [2, 3];
    const b = transposeB ? [4, 3] : [3, 4];
    const product = (x: Tensor, y: Tensor) => matMul(x, y, { transposeA, transposeB });
    check(`matMul ${label}`, [products.matMulOperator], [a, b], product);
    check(
      `matMul ${label}, batched`,
      [],
      [
        [2, ...a],
        [2, ...b],
      ],
      product,
    );
    check(`matMul ${label}, one weight for all`, [], [[2, ...a], b], product);
    check(
      `matMul ${label}, one row of the batch stretched`,
      [],
      [
        [1, ...a],
        [2, ...b],
      ],
      product,
    );
    check(`matMul ${label}, stretched on the left`, [], [a, [2, ...b]], product);
  }
}

// Picking and placing.
check("gather, with a repeated index", [gathering.gatherOperator], [[4, 3]], (a) =>
  tanh(gathering.gather(a, ids([1, 3, 1, 0], [2, 2]))),
);
check(
  "scatterAdd, with a repeated index",
  [gathering.scatterAddOperator],
  [
    [4, 3],
    [3, 3],
  ],
  (a, rows) => tanh(gathering.scatterAdd(a, ids([1, 3, 1]), rows)),
);
check("pickRows", [gathering.pickRowsOperator], [[4, 3]], (a) =>
  tanh(gathering.pickRows(a, ids([3, 0, 1], [3]))),
);
check(
  "placeRows",
  [gathering.placeRowsOperator],
  [
    [4, 2],
    [3, 2],
  ],
  (a, rows) => tanh(gathering.placeRows(a, ids([3, 0, 1]), rows)),
);
check("takeLast", [gathering.takeLastOperator], [[2, 4]], (a) =>
  tanh(gathering.takeLast(a, ids([0, 3, 3, 2, 2, 2], [2, 3]))),
);
check(
  "scatterLast",
  [gathering.scatterLastOperator],
  [
    [2, 4],
    [2, 3],
  ],
  (a, values) => tanh(gathering.scatterLast(a, ids([0, 3, 3, 2, 2, 2], [2, 3]), values)),
);
check("pick", [], [[3, 4]], (a) => gathering.pick(a, ids([1, 0, 3])));
check("topK", [gathering.topKOperator], [[2, 5]], (a) => tanh(gathering.topK(a, 3).values));
check(
  "placeLast",
  [gathering.placeLastOperator],
  [
    [2, 4],
    [2, 2],
  ],
  (a, values) => tanh(gathering.placeLast(a, ids([0, 3, 2, 1], [2, 2]), values)),
);
check("affine", [products.affineOperator], [[2, 2, 3], [3, 4], [4]], (a, w, b) =>
  products.affine(a as Tensor, w as Tensor, b as Tensor),
);
check("softmax", [normalisers.softmaxOperator], [[2, 4]], (a) => normalisers.softmax(a));
check("logSoftmax", [normalisers.logSoftmaxOperator], [[2, 4]], (a) => normalisers.logSoftmax(a));

// Rounding to integers has no gradient, and does not disturb that of what it meets.
check("int8Product", [integers.int8ProductOperator], [[2, 3]], (x) => {
  const rows = constant("float32", [1, 2, 3, -1, 0, 1, 4, 5, 6], [3, 3]);
  const weight = constant("int8", [1, 2, -3, 4, 5, -6], [3, 2]);
  const product = integers.int8Product(rows, weight, constant("float32", [0.1, 0.2]));
  return matMul(x, selection.cast(product, "float64"));
});
check("int8Columns", [integers.int8ColumnsOperator], [[2, 3]], (x) => {
  const table = constant("int8", [1, 2, 127, -127, 5, 6], [2, 3]);
  return matMul(x, selection.cast(integers.int8Columns(table, 127), "float64"));
});

// A whole layer is for inference.
check("recurrence", [recurrences.recurrenceOperator], [[1, 2]], (x) => {
  const numbers = (shape: readonly number[]) =>
    constant("float32", new Float32Array(shape.reduce((a, b) => a * b, 1)).fill(0.5), shape);
  const { outputs } = recurrences.recurrence(
    {
      x: numbers([3, 1, 2]),
      weight: numbers([2, 4]),
      recurrent: numbers([1, 4]),
      biases: numbers([8]),
      lengths: constant("int32", [2]),
    },
    { kind: "LSTM", reverse: false, resetAfter: false },
  );
  return multiply(x, selection.cast(sums.reduceSum(outputs), "float64"));
});

// Steering gradients.
check("stopGradient passes nothing", [selection.stopGradientOperator], [[3]], (a) =>
  add(a, multiply(selection.stopGradient(sources.fill("float64", [3], 2)), a)),
);
check("customGradient that is the true one", [custom.customGradientOperator], [[3]], (a) =>
  custom.customGradient("square", [a], multiply(a, a), ([x], _, g) => [
    multiply(multiply(x as Tensor, 2), g),
  ]),
);

// Loops. The weights, the memory and the keys are captured from outside.
for (const reverse of [false, true]) {
  const direction = reverse ? "from the end" : "forwards";
  const named = [["batch", 3], ["time", "batch", 2], [2, 3], [3, 3], [3]] as const;
  check(
    `scan ${direction}: a masked recurrent layer with captured weights`,
    [loops.scanOperator, sources.placeholderOperator],
    [[2, 3], [4, 2, 2], [2, 3], [3, 3], [3]],
    (h0, xs, w, u, b) => {
      const masks = input("masks", "bool", ["time", "batch", 1]);
      const { states, outputs } = scan({
        initial: [h0 as Tensor],
        sequences: { x: xs as Tensor, m: masks },
        reverse,
        body: ([h], { x, m }) => {
          const drive = add(matMul(x, w as Tensor), matMul(h, u as Tensor));
          const next = selection.select(m, tanh(add(drive, b as Tensor)), h);
          return { states: [next], outputs: { next, gate: sigmoid(drive) } };
        },
      });
      return [...states, ...Object.values(outputs)];
    },
    { named },
  );
  check(
    `scan ${direction}: attention over captured keys and memory, two states, weights used transposed`,
    [],
    [
      [2, 1, 3],
      [2, 1, 3],
      [3, 2, 1, 3],
      [2, 5, 3],
      [2, 5, 4],
      [4, 3],
      [3, 3],
      [1, 3],
    ],
    (h0, c0, xs, keys, memory, w, v, out) => {
      const { states, outputs } = scan({
        initial: [h0 as Tensor, c0 as Tensor],
        sequences: { x: xs as Tensor },
        reverse,
        body: ([h, c], { x }) => {
          const query = matMul(h, v as Tensor, { transposeB: true });
          const scores = matMul(query, keys as Tensor, { transposeB: true });
          const additive = tanh(
            add(reshaping.unsqueeze(query, 2), reshaping.unsqueeze(keys as Tensor, 1)),
          );
          const energy = reshaping.reshape(
            matMul(additive, out as Tensor, { transposeB: true }),
            scores.shape,
          );
          const weights = normalisers.softmax(add(scores, energy));
          const context = matMul(weights, memory as Tensor);
          const next = tanh(add(matMul(context, w as Tensor), add(x, c)));
          return {
            states: [next, multiply(sigmoid(next), c)],
            outputs: { weights, context },
          };
        },
      });
      return [...states, ...Object.values(outputs)];
    },
    {
      named: [
        ["batch", 1, 3],
        ["batch", 1, 3],
        ["time", "batch", 1, 3],
        ["batch", "source", 3],
        ["batch", "source", 4],
        [4, 3],
        [3, 3],
        [1, 3],
      ],
    },
  );
}
check(
  "scan in a scan, with captures from both levels",
  [],
  [[3], [4, 3], [2, 3], [3, 3], [3]],
  (h0, xs, ys, w, b) => {
    const { states, outputs } = scan({
      initial: [h0 as Tensor],
      sequences: { x: xs as Tensor },
      body: ([h], { x }) => {
        const scale = tanh(multiply(x, b as Tensor));
        const inner = scan({
          initial: [h],
          sequences: { y: ys as Tensor },
          reverse: true,
          body: ([k], { y }) => {
            const row = reshaping.unsqueeze(add(multiply(k, scale), y), 0);
            const next = tanh(reshaping.squeeze(matMul(row, w as Tensor), 0));
            return { states: [next], outputs: { scaled: multiply(next, b as Tensor) } };
          },
        });
        const sum = sums.reduceSum(inner.outputs.scaled, 0);
        return { states: [add(inner.states[0], sum)], outputs: { sum } };
      },
    });
    return [...states, ...Object.values(outputs)];
  },
  { named: [[3], ["outer", 3], ["inner", 3], [3, 3], [3]] },
);
check(
  "scan with an integer state and a bilinear capture",
  [],
  [[2], [3, 2], [4, 2], [2]],
  (h0, xs, table, gain) => {
    const { states, outputs } = scan({
      initial: [h0 as Tensor, ids([0], [])],
      sequences: { x: xs as Tensor },
      body: ([h, step], { x }) => {
        const row = gathering.gather(table as Tensor, step);
        const next = add(multiply(multiply(h, row), gain as Tensor), multiply(x, gain as Tensor));
        return { states: [next, add(step, 1)], outputs: { square: multiply(row, row) } };
      },
    });
    return [states[0], ...Object.values(outputs)];
  },
  { named: [[2], ["time", 2], [4, 2], [2]] },
);
check(
  "the gradient of a gradient through a loop",
  [],
  [[2], [3, 2], [2, 2]],
  (h0, xs, w) => {
    const { states } = scan({
      initial: [h0 as Tensor],
      sequences: { x: xs as Tensor },
      body: ([h], { x }) => {
        const row = matMul(reshaping.unsqueeze(h, 0), w as Tensor);
        return { states: [tanh(add(reshaping.squeeze(row, 0), x))], outputs: {} };
      },
    });
    return gradientOf(sums.reduceSum(states[0]), [h0 as Tensor, w as Tensor]);
  },
  { named: [[2], ["time", 2], [2, 2]] },
);

describe("the gradient equals finite differences:", () => {
  test.each(cases)("$name", async ({ inputs, named, positive, build }) => {
    const random = new Random(7);
    const feeds: Record<string, TensorValue> = {};
    const sizes: Record<string, number> = {};
    const tensors = inputs.map((shape, index) => {
      const name = `x${index}`;
      const length = shape.reduce((product, size) => product * size, 1);
      const values = Array.from({ length }, () =>
        positive ? 0.5 + random.uniform() : random.normal() * 0.8,
      );
      feeds[name] = tensorValue("float64", shape, values);
      const symbolic = named?.[index] ?? shape;
      symbolic.forEach((dimension, axis) => {
        if (typeof dimension === "string") sizes[dimension] = shape[axis] as number;
      });
      return input(name, "float64", symbolic);
    });
    feeds["masks"] = tensorValue("bool", [4, 2, 1], [1, 1, 1, 1, 1, 0, 1, 0]);
    const outputs = [build(tensors)].flat();
    const loss = weighted(outputs, feeds, sizes);
    const used = new Set(nodesOf([loss]).flatMap((node) => node.outputs));
    const wrt = tensors.filter((tensor) => used.has(tensor));
    expect(wrt.length).toBe(tensors.length);
    await expectGradient(
      loss,
      feeds,
      Object.fromEntries(
        wrt.map((tensor) => [(tensor.node.attributes as { name: string }).name, tensor]),
      ),
    );
  });
});

test("every operator has a case above", () => {
  const modules = [
    arrange,
    reshaping,
    sums,
    custom,
    elementwise,
    gathering,
    integers,
    products,
    recurrences,
    reductions,
    loops,
    selection,
    normalisers,
    sources,
  ];
  const operators = modules.flatMap((module) =>
    Object.entries(module).filter(([name]) => name.endsWith("Operator")),
  );
  expect(operators.length).toBeGreaterThan(40);
  expect(operators.filter(([, operator]) => !covered.has(operator)).map(([name]) => name)).toEqual(
    [],
  );
});
