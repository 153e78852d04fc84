import { UserError } from "../tensor/errors.ts";
import type { Picture } from "./patches.ts";

/** What is used of the package `pngjs`. */
interface PngPackage {
  readonly PNG: {
    readonly sync: {
      /** Red, green, blue and opacity, 8 bits each, whatever the file holds. */
      read(bytes: Uint8Array): { width: number; height: number; data: Uint8Array };
    };
  };
}

// The name is no literal, so that the compiler does not look for a package that need not be there.
const packageName: string = "pngjs";
let loaded: Promise<PngPackage> | undefined;

/**
 * Decodes a PNG picture.
 *
 * @param name what to call it in errors.
 * @throws UserError if it is damaged, or the package that decodes it is not installed.
 */
export async function decodePng(bytes: Uint8Array, name: string): Promise<Picture> {
  loaded ??= (import(packageName) as Promise<PngPackage>).catch((error: unknown) => {
    loaded = undefined;
    throw new UserError(
      `${name}: PNG pictures are decoded by the package pngjs, which is not installed; install it with npm install pngjs.`,
      { cause: error },
    );
  });
  const { PNG } = await loaded;
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
