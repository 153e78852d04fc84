/** @file A model's graphs with its products computed in integers of eight bits. */

import { isOperation } from "../graph/node.ts";
import {
  concatenateOperator,
  reverseOperator,
  sliceOperator,
  splitOperator,
  transposeOperator,
} from "../graph/operators/arrange.ts";
import {
  add,
  divide,
  multiply,
  multiplyOperator,
  sigmoidOperator,
  tanhOperator,
} from "../graph/operators/elementwise.ts";
import { gather, gatherOperator } from "../graph/operators/gather.ts";
import { greatestWeight, int8Columns, int8Product } from "../graph/operators/int8Product.ts";
import { affineOperator, matMulOperator } from "../graph/operators/matMul.ts";
import { flatten, reshapeOperator } from "../graph/operators/reshape.ts";
import { scanOperator } from "../graph/operators/scan.ts";
import { cast, castOperator } from "../graph/operators/select.ts";
import { softmaxOperator } from "../graph/operators/softmax.ts";
import { input, inputOperator } from "../graph/operators/source.ts";
import { rewrite } from "../graph/rewrite.ts";
import type { Node, Tensor } from "../graph/tensor.ts";
import type { TensorValue } from "../tensor/value.ts";
import type { Outputs } from "./graphs.ts";

/** A matrix with fewer columns is as fast in float32. */
const fewestColumns = 16;

/** The largest integer in a row of a table. */
const greatestInTable = 127;

/** A weight matrix as a product uses it. */
interface Weight {
  readonly name: string;
  readonly isTransposed: boolean;
}

/** The rows of a table as integers. */
export interface Int8Table {
  /** int8 `[rows, size]`, within ±{@link greatestInTable}. */
  readonly matrix: TensorValue;
  /** float32 `[rows, 1]`: a row's integers times its scale are its numbers. */
  readonly scale: TensorValue;
}

/** The tables by the names of their weights. */
export type Tables = (name: string) => Int8Table;

/** Graphs whose products read quantised weights, which {@link weights} holds under the names of new inputs. */
export class Int8Products {
  /** int8 matrices `[in, out]` and their float32 scales `[out]`, of the graphs so far. */
  readonly weights: Map<string, TensorValue> = new Map();
  private readonly source: ReadonlyMap<string, TensorValue>;
  private readonly inputs: Map<string, readonly [Tensor, Tensor]> = new Map();
  /** The results of the encoder that lie within ±1 and are inputs of other graphs. */
  private readonly bounded: Set<string> = new Set();

  private readonly tables: Tables | null;

  /**
   * @param source the model's weights, by name.
   * @param tables returns the rows of a weight as integers, if tables of embeddings are to be integers too: for small
   *   files. A row is turned back into real numbers where it is looked up. Tied weights, which a product uses
   *   transposed, are such a table as well, so that a file holds them once.
   */
  constructor(source: ReadonlyMap<string, TensorValue>, tables: Tables | null = null) {
    this.source = source;
    this.tables = tables;
  }

  /**
   * The same graph with products of activations and weights replaced by `int8Product`. The encoder's graph comes
   * first: so the others know what it computes, and compute from it what one graph for all would.
   */
  graph(outputs: Outputs): Outputs {
    this.inputs.clear();
    for (const name of encoded) {
      const result = outputs[name];
      if (result && this.isWithinOne(result)) this.bounded.add(name);
    }
    const names = Object.keys(outputs);
    const made = rewrite(Object.values(outputs), (node, inputs) => this.replaced(node, inputs));
    return Object.fromEntries(names.map((name, index) => [name, made[index] as Tensor]));
  }

  private replaced(node: Node, inputs: readonly Tensor[]): [Tensor] | null {
    const [x, right, bias] = inputs as [Tensor, Tensor, Tensor];
    if (this.tables && isOperation(node, gatherOperator)) {
      const table = this.weightOf(x, false);
      return table && [this.rows(table.name, right, this.tables)];
    }
    if (isOperation(node, matMulOperator)) {
      const { transposeA, transposeB } = node.attributes;
      const weight = transposeA ? null : this.weightOf(right, transposeB);
      return weight && [this.product(x, weight)];
    }
    if (!isOperation(node, affineOperator)) return null;
    const weight = this.weightOf(right, false);
    return weight && [add(this.product(x, weight), bias)];
  }

  /** The weight behind the right factor of a product; null if it is none, or a small one. */
  private weightOf(right: Tensor, isTransposed: boolean): Weight | null {
    const { node } = right;
    if (isOperation(node, transposeOperator)) {
      return this.weightOf(node.inputs[0], !isTransposed);
    }
    if (!isOperation(node, inputOperator) || right.rank !== 2) return null;
    const { name } = node.attributes;
    const columns = right.shape[isTransposed ? 0 : 1] as number;
    return this.source.has(name) && columns >= fewestColumns ? { name, isTransposed } : null;
  }

  private product(x: Tensor, weight: Weight): Tensor {
    const [matrix, scale] =
      this.tables && weight.isTransposed
        ? this.columns(weight.name, this.tables)
        : this.inputsOf(weight);
    return int8Product(x, matrix, scale, { isWithinOne: this.isWithinOne(x) });
  }

  /** Rows of a table of integers, as real numbers. */
  private rows(name: string, ids: Tensor, tables: Tables): Tensor {
    const [table, scale] = this.tableOf(name, tables);
    return multiply(cast(gather(table, ids), "float32"), gather(scale, ids));
  }

  /** A table's rows as the columns of a product's weight, with the scale of each. */
  private columns(name: string, tables: Tables): readonly [Tensor, Tensor] {
    return this.once(`${name}.columns`, () => {
      const [table, scale] = this.tableOf(name, tables);
      // As `quantized` computes it of the largest number of a row.
      const largest = multiply(flatten(scale, 0), greatestInTable);
      return [int8Columns(table, greatestInTable), divide(largest, greatestWeight)];
    });
  }

  private tableOf(name: string, tables: Tables): readonly [Tensor, Tensor] {
    const key = `${name}.table`;
    return this.once(key, () => {
      const { matrix, scale } = tables(name);
      return this.given(key, matrix, scale);
    });
  }

  private inputsOf({ name, isTransposed }: Weight): readonly [Tensor, Tensor] {
    const key = `${name}.${isTransposed ? "columns" : "rows"}`;
    return this.once(key, () => {
      const [matrix, scale] = namesOf(key).map((each) => this.weights.get(each));
      if (matrix && scale) return this.given(key, matrix, scale);
      const made = quantized(this.source.get(name) as TensorValue, isTransposed);
      return this.given(key, made.matrix, made.scale);
    });
  }

  /** Integers and their scales in the graph at hand, made when they are first asked for. */
  private once(key: string, make: () => readonly [Tensor, Tensor]): readonly [Tensor, Tensor] {
    const known = this.inputs.get(key) ?? make();
    this.inputs.set(key, known);
    return known;
  }

  /** Inputs of the graph that hold integers and their scales. */
  private given(key: string, matrix: TensorValue, scale: TensorValue): readonly [Tensor, Tensor] {
    const [integers, scales] = namesOf(key);
    this.weights.set(integers, matrix).set(scales, scale);
    return [input(integers, "int8", matrix.shape), input(scales, "float32", scale.shape)];
  }

  /** Whether all numbers of a tensor are known to lie within ±1, whatever the inputs. */
  private isWithinOne({ node, index, dtype }: Tensor): boolean {
    if (dtype === "bool") return true;
    if (isOperation(node, inputOperator)) return this.bounded.has(node.attributes.name);
    if (isOperation(node, scanOperator)) {
      const { states, stacked } = node.attributes;
      const ofStep = stacked[index - states.length];
      return ofStep !== undefined && this.isWithinOne(ofStep);
    }
    if (limited.has(node.operator)) return true;
    if (isOperation(node, gatherOperator)) return this.isWithinOne(node.inputs[0]);
    return keeping.has(node.operator) && node.inputs.every((each) => this.isWithinOne(each));
  }
}

/** The names of inputs that hold integers and their scales. */
const namesOf = (key: string): [integers: string, scales: string] => [
  `${key}.int8`,
  `${key}.scale`,
];

/**
 * A matrix as integers with a scale for each column:
 *
 *     s_j = max_i |W_ij| / 63      Q_ij = round(W_ij / s_j)      W_ij ≈ Q_ij s_j
 *
 * @param isTransposed whether to use the transpose of the weight.
 */
function quantized(
  { shape, data }: TensorValue,
  isTransposed: boolean,
): { readonly matrix: TensorValue; readonly scale: TensorValue } {
  const values = data as Float32Array;
  const [first, second] = shape as [number, number];
  const [rows, columns] = isTransposed ? [second, first] : [first, second];
  const [down, right] = isTransposed ? [1, second] : [second, 1];
  const scale = new Float32Array(columns);
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      const size = Math.abs(values[row * down + column * right] as number);
      scale[column] = Math.max(scale[column] as number, size);
    }
  }
  for (let column = 0; column < columns; column++)
    scale[column] = (scale[column] as number) / greatestWeight;
  const matrix = new Int8Array(rows * columns);
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      const value = values[row * down + column * right] as number;
      // A column of zeros has the scale 0.
      matrix[row * columns + column] = Math.round(value / ((scale[column] as number) || 1));
    }
  }
  return {
    matrix: { dtype: "int8", shape: [rows, columns], data: matrix },
    scale: { dtype: "float32", shape: [columns], data: scale },
  };
}

/** Results of the encoder that stay the same in all steps. */
const encoded = ["memory", "keys", "summary"];

const limited = new Set<unknown>([tanhOperator, sigmoidOperator, softmaxOperator]);
/** Operators whose results lie within ±1 if their inputs do. */
const keeping = new Set<unknown>([
  multiplyOperator,
  castOperator,
  reshapeOperator,
  transposeOperator,
  reverseOperator,
  sliceOperator,
  splitOperator,
  concatenateOperator,
]);
