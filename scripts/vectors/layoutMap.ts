/**
 * @file A map with similar word vectors close together: t-SNE by van der Maaten and Hinton
 * (2008), https://www.jmlr.org/papers/v9/vandermaaten08a.html, with its notation. It is implemented
 * here because the forces between all pairs of 6,000 words can be summed exactly in a few minutes.
 */
import type { Runtime } from "../../src/runtime/runtime.ts";
import type { TensorValue } from "../../src/tensor/value.ts";
import { project2d } from "../../src/vectors/project2d.ts";
import type { NearRow } from "./neighbours.ts";
import { nearestRows } from "./neighbours.ts";

/** The effective number of neighbours; three times as many are considered. */
const perplexity = 15;
const iterations = 1000;
/** For this many iterations, attraction is 12 times as strong, which lets groups find each other. */
const earlyIterations = 250;
const exaggeration = 12;

/**
 * Lays out rows in the plane. It uses no randomness: it starts from the plane of the two principal
 * components.
 *
 * @param unit float32 `[rows, size]`, unit rows.
 * @returns x and y of each row, with the middle at 0 and the farthest point at 1 or −1.
 */
export async function layoutMap(
  unit: TensorValue,
  runtime: Runtime,
): Promise<Float32Array<ArrayBuffer>> {
  const attraction = affinities(await nearestRows(unit, runtime, 3 * perplexity));
  const points = Float64Array.from(await project2d(unit, runtime), (value) => value * 1e-4);
  descend(points, attraction);
  return centred(points);
}

/** The non-zero symmetric p_ij as rows: those of row i begin at `start[i]`. */
interface Affinities {
  readonly start: Int32Array;
  readonly other: Int32Array;
  readonly p: Float64Array;
}

/** p_ij = (p_{j|i} + p_{i|j}) / 2n, with squared distances of unit vectors, 2 − 2 cos. */
function affinities(near: readonly (readonly NearRow[])[]): Affinities {
  const n = near.length;
  const rows = near.map(() => new Map<number, number>());
  const raise = (row: number, other: number, by: number): void => {
    const found = rows[row] as Map<number, number>;
    found.set(other, (found.get(other) ?? 0) + by);
  };
  for (const [row, list] of near.entries()) {
    const conditional = withPerplexity(list.map(({ cosine }) => 2 - 2 * cosine));
    for (const [rank, { row: other }] of list.entries()) {
      const share = (conditional[rank] as number) / (2 * n);
      raise(row, other, share);
      raise(other, row, share);
    }
  }
  const start = new Int32Array(n + 1);
  for (const [row, found] of rows.entries()) {
    start[row + 1] = (start[row] as number) + found.size;
  }
  const entries = rows.flatMap((found) => [...found]);
  return {
    start,
    other: Int32Array.from(entries, ([other]) => other),
    p: Float64Array.from(entries, ([, p]) => p),
  };
}

/** p_{j|i} ∝ exp(−β d_j), with β chosen by bisection for the wanted perplexity. */
function withPerplexity(distances: readonly number[]): number[] {
  const nearest = distances[0] as number;
  let [low, high, beta] = [0, Number.POSITIVE_INFINITY, 1];
  let p: number[] = [];
  for (let step = 0; step < 60; step++) {
    const weights = distances.map((distance) => Math.exp(-beta * (distance - nearest)));
    const total = weights.reduce((sum, weight) => sum + weight, 0);
    p = weights.map((weight) => weight / total);
    const entropy = -p.reduce((sum, each) => sum + (each > 0 ? each * Math.log(each) : 0), 0);
    if (entropy > Math.log(perplexity)) low = beta;
    else high = beta;
    beta = high === Number.POSITIVE_INFINITY ? beta * 2 : (low + high) / 2;
  }
  return p;
}

/** Gradient descent with momentum and a gain per coordinate, as in §3.4 of the paper. */
function descend(points: Float64Array, attraction: Affinities): void {
  const learningRate = points.length / 2 / exaggeration;
  const speed = new Float64Array(points.length);
  const gain = new Float64Array(points.length).fill(1);
  for (let iteration = 0; iteration < iterations; iteration++) {
    const isEarly = iteration < earlyIterations;
    const gradient = gradientOf(points, attraction, isEarly ? exaggeration : 1);
    const momentum = isEarly ? 0.5 : 0.8;
    for (let at = 0; at < points.length; at++) {
      const slope = gradient[at] as number;
      const isTurning = Math.sign(slope) !== Math.sign(speed[at] as number);
      const before = gain[at] as number;
      gain[at] = isTurning ? before + 0.2 : Math.max(0.01, before * 0.8);
      speed[at] = momentum * (speed[at] as number) - learningRate * (gain[at] as number) * slope;
      points[at] = (points[at] as number) + (speed[at] as number);
    }
  }
}

/** 4 Σ_j (a p_ij − q_ij) (y_i − y_j) / (1 + |y_i − y_j|²), where a exaggerates the attraction. */
function gradientOf(y: Float64Array, { start, other, p }: Affinities, a: number): Float64Array {
  const n = y.length / 2;
  const gradient = new Float64Array(y.length);
  // Repulsive forces, before division by the sum over all pairs.
  let total = 0;
  for (let i = 0; i < n; i++) {
    const [x0, y0] = [y[2 * i] as number, y[2 * i + 1] as number];
    let [pushX, pushY] = [0, 0];
    for (let j = i + 1; j < n; j++) {
      const dx = x0 - (y[2 * j] as number);
      const dy = y0 - (y[2 * j + 1] as number);
      const closeness = 1 / (1 + dx * dx + dy * dy);
      const force = closeness * closeness;
      total += 2 * closeness;
      pushX += force * dx;
      pushY += force * dy;
      (gradient[2 * j] as number) += force * dx;
      (gradient[2 * j + 1] as number) += force * dy;
    }
    (gradient[2 * i] as number) -= pushX;
    (gradient[2 * i + 1] as number) -= pushY;
  }
  for (let at = 0; at < gradient.length; at++) gradient[at] = (gradient[at] as number) / total;
  for (let i = 0; i < n; i++) {
    for (let at = start[i] as number; at < (start[i + 1] as number); at++) {
      const j = other[at] as number;
      const dx = (y[2 * i] as number) - (y[2 * j] as number);
      const dy = (y[2 * i + 1] as number) - (y[2 * j + 1] as number);
      const force = (a * (p[at] as number)) / (1 + dx * dx + dy * dy);
      (gradient[2 * i] as number) += force * dx;
      (gradient[2 * i + 1] as number) += force * dy;
    }
  }
  return gradient.map((slope) => 4 * slope);
}

/** Moves the middle of the extremes to 0 and scales the larger of x and y to 1. */
function centred(points: Float64Array): Float32Array<ArrayBuffer> {
  const middle = [0, 1].map((axis) => {
    const values = points.filter((_, at) => at % 2 === axis);
    return (Math.min(...values) + Math.max(...values)) / 2;
  });
  const moved = points.map((value, at) => value - (middle[at % 2] as number));
  const reach = Math.max(...moved.map(Math.abs));
  return Float32Array.from(moved, (value) => value / reach);
}
