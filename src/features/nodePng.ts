import { UserError } from "../tensor/errors.ts";
import type { Picture } from "./patches.ts";

/**
 * Decodes a PNG picture: red, green, blue and opacity with 8 bits each, whatever the file holds.
 *
 * @param name what to call it in errors.
 * @throws UserError if it is damaged.
 */
export async function decodePng(bytes: Uint8Array, name: string): Promise<Picture> {
  // Most runs see no picture, and need not wait for the package.
  const { PNG } = await import("pngjs");
  try {
    // It reads a Buffer's own methods, which a plain array does not have.
    const { width, height, data } = PNG.sync.read(
      Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength),
    );
    return { width, height, data };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new UserError(
      `${name}: the PNG picture is damaged (${reason.replace(/\.$/, "")}); copy or make it again.`,
    );
  }
}
