import { expect, test } from "vitest";
import { nodeRuntime } from "../runtime/node.ts";
import { DtypeError, ShapeError } from "../tensor/errors.ts";
import { Random } from "../tensor/random.ts";
import { tensorValue } from "../tensor/value.ts";
import { placeInPlane, principalPlane, project2d } from "./project2d.ts";

const runtime = nodeRuntime({ threads: 1 });

/** A cross around (10, 20): ±3 along (0.6, 0.8) and ±1 along (0.8, −0.6). */
const cross = [
  [11.8, 22.4],
  [8.2, 17.6],
  [10.8, 19.4],
  [9.2, 20.6],
];

function expectPoints(found: Float32Array, expected: readonly number[], digits = 5): void {
  expect(found).toHaveLength(expected.length);
  for (const [index, value] of expected.entries()) {
    expect(found[index]).toBeCloseTo(value, digits);
  }
}

test("the longer arm of a cross becomes x and the shorter one y", async () => {
  const values = tensorValue("float32", [4, 2], cross.flat());
  expectPoints(await project2d(values, runtime), [3, 0, -3, 0, 0, 1, 0, -1]);
});

test("there may be more columns than rows", async () => {
  const wide = cross.map(([x = 0, y = 0]) => [7, x, 0, y, -2, 0]);
  const values = tensorValue("float32", [4, 6], wide.flat());
  expectPoints(await project2d(values, runtime), [3, 0, -3, 0, 0, 1, 0, -1]);
});

test("moving every vector or making all of them longer changes only the size of the picture", async () => {
  const other = cross.flat().map((number) => 1e-4 * (number - 5));
  const points = await project2d(tensorValue("float64", [4, 2], other), runtime);
  expectPoints(points, [3e-4, 0, -3e-4, 0, 0, 1e-4, 0, -1e-4], 9);
});

test("the sign is fixed: the largest component of each direction is positive", async () => {
  const line = tensorValue("float32", [3, 2], [0, 0, 1, -2, 2, -4]);
  // Along (−1, 2) / √5.
  const step = Math.sqrt(5);
  expectPoints(await project2d(line, runtime), [step, 0, 0, 0, -step, 0]);
});

test("the coordinates are uncorrelated and x varies most, for 300 random vectors", async () => {
  const random = new Random(3);
  const data = Float32Array.from({ length: 300 * 64 }, () => random.uniform() - 0.5);
  const values = tensorValue("float32", [300, 64], data);
  const points = await project2d(values, runtime);
  const sum = (first: number, second: number): number =>
    Array.from({ length: 300 }, (_, row) => row).reduce(
      (total, row) =>
        total + (points[row * 2 + first] as number) * (points[row * 2 + second] as number),
      0,
    );
  expect(Math.abs(sum(0, 1))).toBeLessThan(1e-3);
  expect(sum(0, 0)).toBeGreaterThan(sum(1, 1));
  // No column of the vectors themselves varies as much as the second direction.
  const columns = Array.from({ length: 64 }, (_, column) => {
    const list = Array.from({ length: 300 }, (_, row) => data[row * 64 + column] as number);
    const mean = list.reduce((total, value) => total + value, 0) / 300;
    return list.reduce((total, value) => total + (value - mean) ** 2, 0);
  });
  expect(sum(1, 1)).toBeGreaterThan(Math.max(...columns));
  expect(await project2d(values, runtime)).toEqual(points);
});

test("directions of almost the same variance keep their order", async () => {
  // One row far out along the last axis; 50 pairs, together a little farther out, along the first.
  const values = tensorValue(
    "float64",
    [102, 2],
    [
      ...Array.from({ length: 50 }, () => [1.002, 0, -1.002, 0]).flat(),
      0,
      Math.sqrt(50),
      0,
      -Math.sqrt(50),
    ],
  );
  const points = await project2d(values, runtime);
  expect(points[0]).toBeCloseTo(1.002, 4);
  expect(points[201]).toBeCloseTo(Math.sqrt(50), 4);
});

test("equal vectors, one vector and no vectors lie at the middle", async () => {
  const equal = tensorValue("float32", [2, 3], [1, 2, 3, 1, 2, 3]);
  expectPoints(await project2d(equal, runtime), [0, 0, 0, 0]);
  expectPoints(await project2d(tensorValue("float32", [1, 3], [1, 2, 3]), runtime), [0, 0]);
  expectPoints(await project2d(tensorValue("float32", [0, 3], 0), runtime), []);
});

test("what is no table of real numbers is refused", async () => {
  await expect(project2d(tensorValue("float32", [3], 1), runtime)).rejects.toThrow(
    new ShapeError("project2d: needs rows of vectors, not a tensor [3]."),
  );
  await expect(project2d(tensorValue("int32", [3, 2], 1), runtime)).rejects.toThrow(
    new DtypeError("project2d: needs real numbers, not int32."),
  );
});

test("the plane tells which part of the variance each of its directions has", async () => {
  // The squares of the cross's arms are 9 and 9, 1 and 1; a third direction gets 2 and 2.
  const rows = [...cross.map(([x = 0, y = 0]) => [x, y, 5]), [10, 20, 7], [10, 20, 3]];
  const { shares, mean } = await principalPlane(
    tensorValue("float64", [6, 3], rows.flat()),
    runtime,
  );
  expect(shares[0]).toBeCloseTo(18 / 28, 5);
  expect(shares[1]).toBeCloseTo(8 / 28, 5);
  expectPoints(mean, [10, 20, 5]);
});

test("a vector that comes later has its place in the plane", async () => {
  const plane = await principalPlane(tensorValue("float32", [4, 2], cross.flat()), runtime);
  cross.forEach((row, index) => {
    expectPoints(
      Float32Array.from(placeInPlane(plane, row)),
      [...plane.points.slice(2 * index, 2 * index + 2)],
      4,
    );
  });
  // The mean moved by 2 along the short arm.
  expectPoints(Float32Array.from(placeInPlane(plane, [11.6, 18.8])), [0, 2], 4);
});

test("vectors that are all the same have no variance to share", async () => {
  const { shares } = await principalPlane(tensorValue("float32", [2, 2], [1, 2, 1, 2]), runtime);
  expect(shares).toEqual([0, 0]);
});
