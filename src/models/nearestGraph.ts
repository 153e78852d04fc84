import { swapLastAxes } from "../graph/operators/arrange.ts";
import { topK } from "../graph/operators/gather.ts";
import { matMul } from "../graph/operators/matMul.ts";
import { reshape } from "../graph/operators/reshape.ts";
import { sumOfRows, unitRows } from "../graph/operators/rows.ts";
import { input } from "../graph/operators/source.ts";
import { Dropout } from "../nn/dropout.ts";
import { Parameters } from "../nn/parameters.ts";
import type { Outputs } from "./graphs.ts";
import type { ModelSizes } from "./modelConfiguration.ts";
import { ModelParts } from "./parts.ts";

/**
 * The rows of an embedding table that are nearest to a sum of rows, by cosine.
 *
 * Inputs: `ids` int32 `[terms]`, and `signs` float32 `[terms, 1]`, the factor of each row. Outputs:
 * `similarities` `[rows]`, descending, and the corresponding `nearest` (int64) `[rows]`. They include the sum's rows.
 */
export function nearestGraph(sizes: ModelSizes, side: "source" | "target", rows: number): Outputs {
  const parts = new ModelParts(sizes, new Parameters("float32"), new Dropout(0));
  const table = parts.embeddings(side);
  const [size] = table.shape as [number, number];
  const ids = input("ids", "int32", ["terms"]);
  const sum = sumOfRows(table, ids, input("signs", "float32", ["terms", 1]));
  const cosines = matMul(unitRows(sum), swapLastAxes(unitRows(table)));
  const { values, indices } = topK(reshape(cosines, [size]), Math.min(rows, size));
  return { similarities: values, nearest: indices };
}
