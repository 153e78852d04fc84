import { expect, test } from "vitest";
import type { PrincipalPlane } from "../../../../vectors/project2d.ts";
import { between, placesIn, rowsOf, shownTokens, turnedTowards } from "./steady.ts";

/** The plane of the first two of three axes, turned by an angle and perhaps mirrored. */
function planeAt(angle: number, sign: 1 | -1): PrincipalPlane {
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
  return {
    points: new Float32Array(),
    mean: new Float32Array(3),
    directions: Float32Array.of(cos, sin, 0, -sign * sin, sign * cos, 0),
    shares: [0.6, 0.3],
  };
}
const vectors = [
  [1, 0, 5],
  [0, 2, 1],
  [-3, 1, 0],
  [2, -3, 2],
].map((vector) => Float32Array.from(vector));

test.each([
  [0, 1],
  [0.7, 1],
  [Math.PI, 1],
  [0, -1],
  [2.5, -1],
] as const)(
  "a plane that is turned by %f and mirrored by %i comes back to where points were",
  (angle, sign) => {
    const before = placesIn(planeAt(0, 1), vectors);
    const plane = planeAt(angle, sign);
    const back = turnedTowards(plane, placesIn(plane, vectors), before);
    const places = placesIn(back, vectors);
    for (const [at, value] of places.entries()) expect(value).toBeCloseTo(before[at] as number, 5);
  },
);

test("turning keeps distances", () => {
  const plane = planeAt(0, 1);
  const other = Float32Array.from({ length: 8 }, (_, at) => Math.sin(3 * at));
  const places = placesIn(turnedTowards(plane, placesIn(plane, vectors), other), vectors);
  const before = placesIn(plane, vectors);
  const distance = (points: Float32Array): number =>
    Math.hypot(
      (points[0] as number) - (points[4] as number),
      (points[1] as number) - (points[5] as number),
    );
  expect(distance(places)).toBeCloseTo(distance(before), 5);
});

test("points without a place before stay", () => {
  const plane = planeAt(1, 1);
  expect(turnedTowards(plane, new Float32Array(8), new Float32Array(8))).toBe(plane);
});

test("rows of an embedding are cut out of it", () => {
  const rows = rowsOf(Float32Array.of(1, 2, 3, 4, 5, 6), 2, [0, 2]);
  expect(rows.map((row) => [...row])).toEqual([
    [1, 2],
    [5, 6],
  ]);
});

test("halfway is halfway", () => {
  expect([...between(Float32Array.of(0, 2), Float32Array.of(4, 2), 0.5)]).toEqual([2, 2]);
});

test("tokens that stand for no text are left out", () => {
  expect(shownTokens(["<pad>", "<unk>", "<s>", "</s>", "a", "<", ">"])).toEqual([4, 5, 6]);
});
