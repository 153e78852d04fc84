/** @file PNG pictures, decoded alike in Node and in a page: a canvas would change half-transparent pixels. */

import { UserError } from "../tensor/errors.ts";
import type { Picture } from "./patches.ts";

const signature = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];

/** Whether a file starts like a PNG picture. */
export function isPng(bytes: Uint8Array): boolean {
  return signature.every((byte, index) => bytes[index] === byte);
}

/** Width and height in pixels from the header of a PNG file; null if it is truncated. */
export function pngSize(
  bytes: Uint8Array,
): { readonly width: number; readonly height: number } | null {
  if (bytes.length < 24) return null;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return { width: view.getUint32(16), height: view.getUint32(20) };
}

/** The maximum number of pixels, as in 2048×2048; the patches of such a picture are 50 million numbers. */
const mostPixels = 4_194_304;

/**
 * Decodes a PNG picture to red, green, blue and opacity with 8 bits each, whatever the file's format.
 *
 * @param name the picture's name in errors.
 * @throws UserError if it is damaged, or if its header gives a size above the maximum.
 */
export async function decodePng(bytes: Uint8Array, name: string): Promise<Picture> {
  const damaged = (reason: string): UserError =>
    new UserError(`${name}: the PNG picture is damaged (${reason}); copy or make it again.`);
  const size = pngSize(bytes);
  if (size === null || size.width === 0 || size.height === 0) throw damaged("it has no size");
  if (size.width * size.height > mostPixels) {
    throw new UserError(
      `${name}: the picture has ${size.width}×${size.height} pixels, more than the maximum of ${mostPixels.toLocaleString("en-US")}; make it smaller.`,
    );
  }
  if (bytes[interlaceByte] !== 0 && (await isSwollen(bytes, size))) {
    throw damaged("it contains more data than its size allows");
  }
  // Most runs see no picture and should not wait for the package.
  const { PNG } = (await import("pngjs")).default;
  try {
    // It uses Buffer's own methods; in a page, only the package has a Buffer.
    const buffers = new PNG({ width: 1, height: 1 }).data.constructor as unknown as {
      from(
        bytes: ArrayBufferLike,
        start: number,
        length: number,
      ): Parameters<typeof PNG.sync.read>[0];
    };
    const { width, height, data } = PNG.sync.read(
      buffers.from(bytes.buffer, bytes.byteOffset, bytes.byteLength),
    );
    return { width, height, data };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw damaged(reason.replace(/\.$/, ""));
  }
}

/** Offset of the header byte that tells whether the picture is interlaced. */
const interlaceByte = 28;

/**
 * Whether a file unpacks to more pixels than its header promises. The package checks this for pictures that
 * are not interlaced; for interlaced ones it would unpack everything.
 */
async function isSwollen(
  bytes: Uint8Array,
  { width, height }: { readonly width: number; readonly height: number },
): Promise<boolean> {
  // Four 16-bit numbers per pixel, and one byte for each row of each of the seven passes.
  const most = 8 * width * height + 7 * (height + 1);
  const unpacked = new Blob(pixelParts(bytes))
    .stream()
    .pipeThrough(new DecompressionStream("deflate"))
    .getReader();
  let length = 0;
  try {
    while (length <= most) {
      const { done, value } = await unpacked.read();
      if (done) return false;
      length += value.length;
    }
    // Not awaited, because nobody may ever read the rest.
    void unpacked.cancel().catch(() => undefined);
    return true;
  } catch {
    // The package reports what cannot be unpacked.
    return false;
  }
}

/** The chunks of a file that hold its pixels, as far as they are complete. */
function pixelParts(bytes: Uint8Array): Uint8Array<ArrayBuffer>[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const parts: Uint8Array<ArrayBuffer>[] = [];
  for (let at = signature.length; at + 12 <= bytes.length; ) {
    const length = view.getUint32(at);
    const kind = String.fromCharCode(...bytes.subarray(at + 4, at + 8));
    if (kind === "IDAT") parts.push(bytes.slice(at + 8, at + 8 + length));
    at += 12 + length;
  }
  return parts;
}
