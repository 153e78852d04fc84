/** @file Pixels as the address of a PNG picture, for drawings in a page and in files that are saved. */

/** Checksums of single bytes, by which longer ones are made (PNG specification, annex D). */
const table = Uint32Array.from({ length: 256 }, (_, byte) => {
  let rest = byte;
  for (let bit = 0; bit < 8; bit++) rest = rest & 1 ? 0xedb88320 ^ (rest >>> 1) : rest >>> 1;
  return rest;
});

function crc32(bytes: Uint8Array): number {
  let crc = 0xffffffff;
  for (const byte of bytes) crc = (table[(crc ^ byte) & 0xff] as number) ^ (crc >>> 8);
  return ~crc >>> 0;
}

function adler32(bytes: Uint8Array): number {
  let [low, high] = [1, 0];
  for (const byte of bytes) {
    low = (low + byte) % 65521;
    high = (high + low) % 65521;
  }
  return high * 65536 + low;
}

const big = (value: number): number[] => [24, 16, 8, 0].map((shift) => (value >>> shift) & 0xff);
const little = (value: number): number[] => [value & 0xff, value >>> 8];

function chunk(name: string, data: readonly Uint8Array[]): Uint8Array[] {
  const head = Uint8Array.from(name, (letter) => letter.charCodeAt(0));
  const body = concatenated([head, ...data]);
  return [Uint8Array.from(big(body.length - 4)), body, Uint8Array.from(big(crc32(body)))];
}

function concatenated(parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

const longestBlock = 0xffff;

/** A zlib stream that holds bytes as they are: pictures here are small, and are made at once. */
function stored(bytes: Uint8Array): Uint8Array[] {
  const parts: Uint8Array[] = [Uint8Array.of(0x78, 0x01)];
  for (let start = 0; start < bytes.length; start += longestBlock) {
    const block = bytes.subarray(start, start + longestBlock);
    const isLast = start + longestBlock >= bytes.length;
    const { length } = block;
    parts.push(Uint8Array.from([Number(isLast), ...little(length), ...little(length ^ 0xffff)]));
    parts.push(block);
  }
  return [...parts, Uint8Array.from(big(adler32(bytes)))];
}

/**
 * Yields a `data:` address of a picture.
 *
 * @param pixels red, green and blue of each pixel, `[height, width, 3]`, from 0 to 255.
 */
export function pngUrl(width: number, height: number, pixels: Uint8Array): string {
  const stride = 3 * width;
  const lines = new Uint8Array(height * (stride + 1));
  for (let y = 0; y < height; y++) {
    lines.set(pixels.subarray(y * stride, (y + 1) * stride), y * (stride + 1) + 1);
  }
  const head = Uint8Array.from([...big(width), ...big(height), 8, 2, 0, 0, 0]);
  const bytes = concatenated([
    Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a),
    ...chunk("IHDR", [head]),
    ...chunk("IDAT", stored(lines)),
    ...chunk("IEND", []),
  ]);
  let text = "";
  for (const byte of bytes) text += String.fromCharCode(byte);
  return `data:image/png;base64,${btoa(text)}`;
}
