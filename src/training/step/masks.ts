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
      keepBytes(words, threshold);
      const data = new Uint8Array(words.buffer, 0, count);
      return [name, { dtype: "bool", shape: known, data }];
    }),
  );
}

/** Replaces each byte of the words by 1 if it is at least `threshold`, and by 0 if not: four bytes at a time. */
function keepBytes(words: Uint32Array, threshold: number): void {
  if (threshold > 255) {
    words.fill(0);
    return;
  }
  const high = 0x80808080;
  const least = Math.imul(threshold, 0x01010101);
  for (let index = 0; index < words.length; index++) {
    const word = words[index] as number;
    // The differences of the lower seven bits, which borrow nothing from the byte above.
    const lower = (word | high) - (least & ~high);
    const isAtLeast = (word & ~least) | (~(word ^ least) & lower);
    words[index] = (isAtLeast & high) >>> 7;
  }
}
