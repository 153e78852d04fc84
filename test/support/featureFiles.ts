/** @file Files of features and pictures for tests. */

import { crc32, deflateSync } from "node:zlib";

/** A `.npy` file of version 1 with the given header dictionary and bytes. */
export function npyFile(
  dictionary: string,
  data: Uint8Array,
  version = 1,
): Uint8Array<ArrayBuffer> {
  const lengthBytes = version === 1 ? 2 : 4;
  const start = Math.ceil((8 + lengthBytes + dictionary.length + 1) / 64) * 64;
  const bytes = new Uint8Array(start + data.length).fill(0x20);
  bytes.set([0x93, ...new TextEncoder().encode("NUMPY"), version, 0]);
  const view = new DataView(bytes.buffer);
  const length = start - 8 - lengthBytes;
  if (version === 1) view.setUint16(8, length, true);
  else view.setUint32(8, length, true);
  bytes.set(new TextEncoder().encode(dictionary), 8 + lengthBytes);
  bytes[start - 1] = 0x0a;
  bytes.set(data, start);
  return bytes;
}

/** float32 rows as a `.npy` file. */
export function npyOf(rows: readonly (readonly number[])[]): Uint8Array<ArrayBuffer> {
  const shape = `(${rows.length}, ${rows[0]?.length ?? 0})`;
  const dictionary = `{'descr': '<f4', 'fortran_order': False, 'shape': ${shape}, }`;
  return npyFile(dictionary, new Uint8Array(Float32Array.from(rows.flat()).buffer));
}

/** A PNG picture with 8 bits per number; `channels` is 3 for RGB, 4 with opacity, 1 for grey. */
export function pngFile(
  width: number,
  height: number,
  pixels: Uint8Array,
  channels: 1 | 3 | 4 = 3,
): Uint8Array<ArrayBuffer> {
  const stride = width * channels;
  const lines = new Uint8Array(height * (stride + 1));
  for (let y = 0; y < height; y++) {
    lines.set(pixels.subarray(y * stride, (y + 1) * stride), y * (stride + 1) + 1);
  }
  const header = new Uint8Array(13);
  const view = new DataView(header.buffer);
  view.setUint32(0, width);
  view.setUint32(4, height);
  header.set([8, { 1: 0, 3: 2, 4: 6 }[channels]], 8);
  const chunks = [
    Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a),
    chunk("IHDR", header),
    chunk("IDAT", deflateSync(lines)),
    chunk("IEND", new Uint8Array(0)),
  ];
  return new Uint8Array(Buffer.concat(chunks));
}

function chunk(name: string, data: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(12 + data.length);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, data.length);
  bytes.set(new TextEncoder().encode(name), 4);
  bytes.set(data, 8);
  view.setUint32(8 + data.length, crc32(bytes.subarray(4, 8 + data.length)));
  return bytes;
}
