import { expect, test } from "vitest";
import { cutTo, padToMultiple } from "../src/graph/operators/fitting.ts";
import { input } from "../src/graph/operators/source.ts";
import { emitModel } from "../src/onnx/emit.ts";
import { nodeRuntime } from "../src/runtime/node.ts";
import { numbersOf, tensorValue } from "../src/tensor/value.ts";

test.each([
  [0, 4],
  [1, 4],
  [4, 4],
  [5, 8],
])("an axis of %i elements is padded with zeros to %i, and cut back", async (size, padded) => {
  const x = input("x", "int64", [2, "size"]);
  const longer = padToMultiple(x, { axis: 1, multiple: 4, dimension: "padded" });
  const model = emitModel("fit", { longer, back: cutTo(longer, 1, "size") });
  const program = await nodeRuntime({ threads: 1 }).compile(model);
  const values = Array.from({ length: 2 * size }, (_, at) => at + 1);
  const { longer: made, back } = await program.run({ x: tensorValue("int64", [2, size], values) });
  await program.release();
  expect(made?.shape).toEqual([2, padded]);
  const row = (at: number) => values.slice(at * size, (at + 1) * size);
  const zeros = Array.from({ length: padded - size }, () => 0);
  expect(made && numbersOf(made)).toEqual([...row(0), ...zeros, ...row(1), ...zeros]);
  expect(back?.shape).toEqual([2, size]);
  expect(back && numbersOf(back)).toEqual(values);
});
