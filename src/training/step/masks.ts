import type { DropoutMask } from "../../nn/dropout.ts";
import { Random } from "../../tensor/random.ts";
import type { TensorValue } from "../../tensor/value.ts";

/** What determines the masks of a step. */
export interface MaskDraw {
  /** The probability of a zero, in 256ths. */
  readonly rate: number;
  readonly seed: number;
  readonly step: number;
  /** The number of the shard of the batch, from 0; a whole batch is shard 0. */
  readonly shard?: number;
}

/** The seed of what one shard of a step draws. */
export function drawSeed({ seed, step, shard = 0 }: Omit<MaskDraw, "rate">): number {
  return Math.imul(seed, 0x9e3779b1) ^ step ^ Math.imul(shard, 0x85ebca6b);
}

/**
 * Draws the dropout masks of a step. They depend only on the seed, the step, the shard and the order of the masks,
 * so that a resumed run draws the same masks, and so do several processes that share a batch.
 *
 * @param sizes axis sizes by name.
 */
export function drawMasks(
  masks: readonly DropoutMask[],
  sizes: Readonly<Record<string, number>>,
  { rate, ...draw }: MaskDraw,
): Record<string, TensorValue> {
  const random = new Random(drawSeed(draw));
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
