/** @file The plane of a map, computed in the page. */

import { norm } from "../../../tensor/extremes.ts";
import { tensorValue } from "../../../tensor/value.ts";
import type { PrincipalPlane } from "../../../vectors/project2d.ts";
import { principalPlane } from "../../../vectors/project2d.ts";
import { inTurn, pageRuntime } from "../../state/models.ts";

/**
 * The plane that keeps most of the variance of vectors, and where they are in it.
 *
 * @param vectors all of the same size.
 */
export function planeOf(vectors: readonly ArrayLike<number>[]): Promise<PrincipalPlane> {
  const size = vectors[0]?.length ?? 0;
  const data = new Float32Array(vectors.length * size);
  vectors.forEach((vector, row) => {
    data.set(vector, row * size);
  });
  const values = tensorValue("float32", [vectors.length, size], data);
  return inTurn(async () => principalPlane(values, await pageRuntime()));
}

/** A vector divided by its length, since only directions are compared; one of zeros stays as it is. */
export function unit(vector: Float32Array): Float32Array<ArrayBuffer> {
  const length = norm(vector) || 1;
  return Float32Array.from(vector, (value) => value / length);
}
