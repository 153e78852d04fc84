/**
 * @file Conversion between float32 and float16, IEEE 754's binary16. Not every engine has a typed array for
 * float16, so each number is stored as its 16 bits: sign, five bits of exponent (bias 15), ten of fraction.
 */

const bitsOf = (values: Float32Array): Int32Array =>
  new Int32Array(values.buffer, values.byteOffset, values.length);

/**
 * Returns the nearest float16 of each number, ties to even. Numbers that round to 2¹⁶ or more become
 * infinite, numbers up to 2⁻²⁵ become 0, and NaN stays NaN.
 */
export function toFloat16(values: Float32Array): Uint16Array<ArrayBuffer> {
  const words = bitsOf(values);
  const halves = new Uint16Array(values.length);
  for (let index = 0; index < words.length; index++) {
    const word = words[index] as number;
    const sign = (word >>> 16) & 0x8000;
    halves[index] = sign | magnitudeOf(word & 0x7fffffff);
  }
  return halves;
}

/** Converts a non-negative float32 to float16, both as bits. */
function magnitudeOf(word: number): number {
  if (word >= 0x38800000) {
    if (word >= 0x47800000) return beyond(word);
    // From 2⁻¹⁴ to below 2¹⁶: change the exponent's bias from 127 to 15 and drop 13 bits of fraction. A
    // carry from the fraction into the exponent is correct rounding up.
    return (word - 0x38000000 + 0xfff + ((word >>> 13) & 1)) >>> 13;
  }
  if (word <= 0x33000000) return 0;
  // Subnormal: the significand with its leading 1, in units of 2⁻²⁴.
  const significand = (word & 0x7fffff) | 0x800000;
  const shift = 126 - (word >>> 23);
  return (significand + (1 << (shift - 1)) - 1 + ((significand >>> shift) & 1)) >>> shift;
}

function beyond(word: number): number {
  if (word <= 0x7f800000) return 0x7c00;
  // A NaN keeps the bits that fit; if none were left, it would become infinite.
  return 0x7c00 | ((word >>> 13) & 0x3ff || 0x200);
}

/** Returns the exact value of each float16. */
export function fromFloat16(halves: Uint16Array): Float32Array<ArrayBuffer> {
  const words = everyHalf();
  const values = new Float32Array(halves.length);
  // As integers, because a NaN may lose its bits when it is moved as a number.
  const bits = bitsOf(values);
  for (let index = 0; index < halves.length; index++) {
    bits[index] = words[halves[index] as number] as number;
  }
  return values;
}

let table: Int32Array | undefined;

/** The bits of all 65,536 float16 numbers as float32: a lookup here is faster than computing them. */
function everyHalf(): Int32Array {
  if (table) return table;
  const values = new Float32Array(0x10000);
  const bits = bitsOf(values);
  for (let half = 0; half < 0x8000; half++) {
    const fraction = half & 0x3ff;
    const exponent = half >>> 10;
    if (exponent === 0) values[half] = fraction * 2 ** -24;
    else {
      const widened = exponent === 0x1f ? 0xff : exponent - 15 + 127;
      bits[half] = (widened << 23) | (fraction << 13);
    }
    bits[half | 0x8000] = (bits[half] as number) | (1 << 31);
  }
  table = bits;
  return table;
}
