import type { DropoutMask } from "../../nn/dropout.ts";
import { Random } from "../../tensor/random.ts";
import type { TensorValue } from "../../tensor/value.ts";

/** What determines the masks of a step. */
export interface MaskDraw {
  /** The probability of a zero, in 256ths. */
  readonly rate: number;
  readonly seed: number;
  readonly step: number;
}

/**
 * Draws the dropout masks of a step. They depend only on the seed, the step and the order of the masks,
 * so that a resumed run draws the same masks.
 *
 * @param sizes axis sizes by name.
 */
export function drawMasks(
  masks: readonly DropoutMask[],
  sizes: Readonly<Record<string, number>>,
  { rate, seed, step }: MaskDraw,
): Record<string, TensorValue> {
  const random = new Random(Math.imul(seed, 0x9e3779b1) ^ step);
  const threshold = Math.round(rate * 256);
  return Object.fromEntries(
    masks.map(({ name, shape }) => {
      const known = shape.map((size) =>
        typeof size === "number" ? size : (sizes[size] as number),
      );
      const count = known.reduce((product, size) => product * size, 1);
      const words = new Uint32Array(Math.ceil(count / 4));
      random.fill(words);
      const data = new Uint8Array(words.buffer, 0, count);
      for (let index = 0; index < count; index++) {
        data[index] = (data[index] as number) >= threshold ? 1 : 0;
      }
      return [name, { dtype: "bool", shape: known, data }];
    }),
  );
}
