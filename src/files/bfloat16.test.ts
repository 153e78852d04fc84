import { expect, test } from "vitest";
import { fromBfloat16 } from "./bfloat16.ts";

const every = Uint16Array.from({ length: 0x10000 }, (_, half) => half);

/** A sign, eight bits of exponent with a bias of 127, and seven of fraction. */
function numberOf(half: number): number {
  const sign = half & 0x8000 ? -1 : 1;
  const exponent = (half >>> 7) & 0xff;
  const fraction = (half & 0x7f) / 128;
  if (exponent === 0xff) return fraction === 0 ? sign * Number.POSITIVE_INFINITY : Number.NaN;
  return exponent === 0
    ? sign * fraction * 2 ** -126
    : sign * (1 + fraction) * 2 ** (exponent - 127);
}

test("each of the 65,536 numbers is read as the number that it stands for", () => {
  const values = fromBfloat16(every);
  // The numbers next to zero are zero where ONNX Runtime has run in the same thread.
  const isSubnormal = (half: number): boolean => (half & 0x7f80) === 0 && (half & 0x7f) !== 0;
  const read = every.filter((half) => !isSubnormal(half));
  const wrong = read.filter((half) => !Object.is(values[half], numberOf(half)));
  expect(read.length).toBe(0x10000 - 2 * 0x7f);
  expect(wrong).toEqual(new Uint16Array());
});
