/**
 * @file float32 ⇄ float16, the binary16 of IEEE 754. Not every engine has a typed array of halves, so
 * each is held as its 16 bits: sign, five of exponent (bias 15), ten of fraction.
 */

const bitsOf = (values: Float32Array): Int32Array =>
  new Int32Array(values.buffer, values.byteOffset, values.length);

/**
 * Returns the half nearest to each number, of two equally near the one whose last bit is 0. What rounds
 * to 2¹⁶ or more becomes infinite, what is at most 2⁻²⁵ becomes 0, and a NaN stays one.
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

/** The half of a float32 that is not negative, both as their bits. */
function magnitudeOf(word: number): number {
  if (word >= 0x38800000) {
    if (word >= 0x47800000) return beyond(word);
    // From 2⁻¹⁴ to below 2¹⁶: the exponent's bias goes from 127 to 15, 13 bits of fraction go away. A
    // carry from the fraction moves on to the exponent, which is what rounding up means there.
    return (word - 0x38000000 + 0xfff + ((word >>> 13) & 1)) >>> 13;
  }
  if (word <= 0x33000000) return 0;
  // Subnormal: the significand, its leading 1 written out, counted in 2⁻²⁴.
  const significand = (word & 0x7fffff) | 0x800000;
  const shift = 126 - (word >>> 23);
  return (significand + (1 << (shift - 1)) - 1 + ((significand >>> shift) & 1)) >>> shift;
}

function beyond(word: number): number {
  if (word <= 0x7f800000) return 0x7c00;
  // A NaN keeps the bits that fit; without any of them it would become infinite.
  return 0x7c00 | ((word >>> 13) & 0x3ff || 0x200);
}

/** Returns the number that each half stands for, which is exact. */
export function fromFloat16(halves: Uint16Array): Float32Array<ArrayBuffer> {
  const words = everyHalf();
  const values = new Float32Array(halves.length);
  // As integers, since a NaN may lose its bits when it is moved as a number.
  const bits = bitsOf(values);
  for (let index = 0; index < halves.length; index++) {
    bits[index] = words[halves[index] as number] as number;
  }
  return values;
}

let table: Int32Array | undefined;

/** The bits of all 65,536 halves as float32: reading them here is faster than computing them. */
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
