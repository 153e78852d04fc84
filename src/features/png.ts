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

/**
 * Decodes a PNG picture: red, green, blue and opacity with 8 bits each, whatever the file holds.
 *
 * @param name what to call it in errors.
 * @throws UserError if it is damaged.
 */
export async function decodePng(bytes: Uint8Array, name: string): Promise<Picture> {
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
    throw new UserError(
      `${name}: the PNG picture is damaged (${reason.replace(/\.$/, "")}); copy or make it again.`,
    );
  }
}
