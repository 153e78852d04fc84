import { expect, test } from "vitest";
import { zeros } from "../../nn/parameters.ts";
import { Arena, rowSize, sliceSize } from "./arena.ts";

const parameter = (name: string, ...shape: number[]) => ({ name, shape, initializer: zeros });

test("the slice of a small model is hardly larger than the model", () => {
  const arena = new Arena([parameter("a", 50, 101), parameter("b", 3)]);
  expect(arena.sliceSize).toBe(2 * rowSize);
  expect([arena.sliceCount, arena.denseCount]).toEqual([1, 1]);
  expect(arena.data).toHaveLength(2 * rowSize);
  expect(arena.views.get("b")?.data.byteOffset).toBe(4 * (5050 + 6));
});

test("a large model has slices of one size", () => {
  const arena = new Arena([parameter("a", 2, sliceSize), parameter("b", 1)]);
  expect([arena.sliceSize, arena.sliceCount]).toEqual([sliceSize, 3]);
  expect(arena.parts().map(({ shape }) => shape[0])).toEqual([2 * sliceSize, sliceSize]);
});

test("what comes later has slices of its own", () => {
  const arena = new Arena([parameter("table", 100, 100), parameter("a", 3)], ["table"]);
  expect([arena.sliceSize, arena.denseCount, arena.sliceCount]).toEqual([3 * rowSize, 1, 2]);
  expect(arena.views.get("table")?.data.byteOffset).toBe(4 * arena.sliceSize);
  expect(arena.parts({ start: 0, end: arena.denseCount })).toHaveLength(1);
});
