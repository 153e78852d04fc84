/** @file Reading of bfloat16, the upper half of a float32. Each number is given as its 16 bits. */

/** Returns the exact value of each bfloat16. */
export function fromBfloat16(halves: Uint16Array): Float32Array<ArrayBuffer> {
  const words = Uint32Array.from(halves, (half) => half << 16);
  return new Float32Array(words.buffer);
}
