import { topK } from "../../src/graph/operators/gather.ts";
import { matMul } from "../../src/graph/operators/matMul.ts";
import { input } from "../../src/graph/operators/source.ts";
import { emitModel } from "../../src/onnx/emit.ts";
import type { Runtime } from "../../src/runtime/runtime.ts";
import type { TensorValue } from "../../src/tensor/value.ts";
import { numbersOf } from "../../src/tensor/value.ts";

/** A nearby row, and its cosine. */
export interface NearRow {
  readonly row: number;
  readonly cosine: number;
}

/**
 * For each row, the `count` nearest other rows by cosine, nearest first.
 *
 * @param unit float32 `[rows, size]`, unit rows.
 */
export async function nearestRows(
  unit: TensorValue,
  runtime: Runtime,
  count: number,
): Promise<NearRow[][]> {
  const [rows, size] = unit.shape as [number, number];
  const table = input("table", "float32", [rows, size]);
  const program = await runtime.compile(
    emitModel("neighbours", { ...topK(matMul(table, table, { transposeB: true }), count + 1) }),
  );
  const { values, indices } = await program.run({ table: unit });
  await program.release();
  const cosines = numbersOf(values as TensorValue);
  const nearest = numbersOf(indices as TensorValue);
  return Array.from({ length: rows }, (_, row) => {
    const start = row * (count + 1);
    return nearest
      .slice(start, start + count + 1)
      .map((other, rank) => ({ row: other, cosine: cosines[start + rank] as number }))
      .filter((near) => near.row !== row)
      .slice(0, count);
  });
}

/** The average share, from 0 to 1, of a row's 10 nearest rows that are also among its 10 nearest on the map. */
export async function keptNeighbours(
  unit: TensorValue,
  map: Float32Array<ArrayBuffer>,
  runtime: Runtime,
): Promise<number> {
  const count = 10;
  const near = await nearestRows(unit, runtime, count);
  const coordinate = (row: number, axis: number): number => map[row * 2 + axis] as number;
  let kept = 0;
  for (const [row, wanted] of near.entries()) {
    const onMap = near
      .map((_, other) => ({
        other,
        distance: Math.hypot(
          coordinate(other, 0) - coordinate(row, 0),
          coordinate(other, 1) - coordinate(row, 1),
        ),
      }))
      .filter(({ other }) => other !== row)
      .sort((first, second) => first.distance - second.distance)
      .slice(0, count);
    const nearest = new Set(onMap.map(({ other }) => other));
    kept += wanted.filter((other) => nearest.has(other.row)).length;
  }
  return kept / (count * near.length);
}
