/** @file PNG pictures, decoded alike in Node and in a page: a canvas would change what is half transparent. */

import { UserError } from "../tensor/errors.ts";
import type { Picture } from "./patches.ts";

const signature = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];

/** Whether a file begins as PNG pictures do. */
export function isPng(bytes: Uint8Array): boolean {
  return signature.every((byte, index) => bytes[index] === byte);
}

/** Width and height in pixels, as the head of a PNG file gives them; null if it is cut short. */
export function pngSize(
  bytes: Uint8Array,
): { readonly width: number; readonly height: number } | null {
  if (bytes.length < 24) return null;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return { width: view.getUint32(16), height: view.getUint32(20) };
}

/** The most pixels of a picture, those of 2048×2048; its patches are then 50 million numbers. */
const mostPixels = 4_194_304;

/**
 * Decodes a PNG picture: red, green, blue and opacity with 8 bits each, whatever the file holds.
 *
 * @param name what to call it in errors.
 * @throws UserError if it is damaged, or larger than any model needs it, which its head says.
 */
export async function decodePng(bytes: Uint8Array, name: string): Promise<Picture> {
  const damaged = (reason: string): UserError =>
    new UserError(`${name}: the PNG picture is damaged (${reason}); copy or make it again.`);
  const size = pngSize(bytes);
  if (size === null || size.width === 0 || size.height === 0) throw damaged("it has no size");
  if (size.width * size.height > mostPixels) {
    throw new UserError(
      `${name}: the picture has ${size.width}×${size.height} pixels, and at most ${mostPixels.toLocaleString("en-US")} are read; make it smaller.`,
    );
  }
  if (bytes[interlaceByte] !== 0 && (await isSwollen(bytes, size))) {
    throw damaged("it holds more than its size says");
  }
  // Most runs see no picture, and need not wait for the package.
  const { PNG } = (await import("pngjs")).default;
  try {
    // It reads a Buffer's own methods; a page has no Buffer but the package's own.
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

/** Where the head of a file says whether the picture is interlaced. */
const interlaceByte = 28;

/**
 * Whether the pixels of a file are more than its head promises. The package asks that itself of pictures
 * that are not interlaced; of others it would unpack whatever there is.
 */
async function isSwollen(
  bytes: Uint8Array,
  { width, height }: { readonly width: number; readonly height: number },
): Promise<boolean> {
  // Four numbers of 16 bits a pixel, and a byte for each row of each of the seven passes.
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
    // Not waited for: what is being unpacked may never be asked for.
    void unpacked.cancel().catch(() => undefined);
    return true;
  } catch {
    // What cannot be unpacked is for the package to name.
    return false;
  }
}

/** The parts of a file that hold its pixels, as far as they are whole. */
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
