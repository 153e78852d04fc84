import { zipSync } from "fflate";
import { npyFile } from "./featureFiles.ts";

/** Numbers of a shape, in C order. */
export interface PlainArray {
  readonly shape: readonly number[];
  readonly data: readonly number[];
}

/** A `.npz` archive of float64 arrays, as numpy.savez writes it. */
export function npzOf(arrays: Readonly<Record<string, PlainArray>>): Uint8Array<ArrayBuffer> {
  const files = Object.entries(arrays).map(([name, { shape, data }]) => {
    const sizes = `(${shape.map((size) => `${size},`).join(" ")})`;
    const dictionary = `{'descr': '<f8', 'fortran_order': False, 'shape': ${sizes}, }`;
    return [`${name}.npy`, npyFile(dictionary, new Uint8Array(Float64Array.from(data).buffer))];
  });
  return new Uint8Array(zipSync(Object.fromEntries(files), { level: 0 }));
}
