/** @file Features in NumPy's array files (`files/npyArray.ts`): floating-point numbers in rows. */

import { readNpyArray } from "../files/npyArray.ts";
import { UserError } from "../tensor/errors.ts";

export { isNpy } from "../files/npyArray.ts";

/** The types of features. */
const featureTypes: readonly string[] = ["<f4", "<f8", "<f2"];

/**
 * Reads an array of floating-point numbers.
 *
 * @param bytes the whole file.
 * @param name  the file's name in errors.
 * @returns the numbers in C order, as float32.
 * @throws UserError if the file is damaged, or contains another kind of array.
 */
export function readNpy(
  bytes: Uint8Array<ArrayBuffer>,
  name: string,
): { readonly shape: readonly number[]; readonly data: Float32Array<ArrayBuffer> } {
  const array = readNpyArray(bytes, name);
  if (!featureTypes.includes(array.type)) {
    throw new UserError(
      `${name}: its numbers are of type ${array.type}; save them as float32, float64 or float16, little-endian.`,
    );
  }
  if (array.isFortran) {
    throw new UserError(`${name}: it is in Fortran order; save numpy.ascontiguousarray of it.`);
  }
  return { shape: array.shape, data: Float32Array.from(array.numbers()) };
}
