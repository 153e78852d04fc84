/** @file The picture that a model has read, as its trace has it: made again of the numbers of its patches. */

import { wiringOf } from "../../models/wiring.ts";
import type { Trace } from "../../trace/trace.ts";
import { pngUrl } from "./pngUrl.ts";

/** How a picture is cut. */
export interface PatchShape {
  readonly rows: number;
  readonly columns: number;
  /** Height of a patch by its width. */
  readonly ratio: number;
}

/** A picture with its patches, which are numbered in the order of reading. */
export interface ShownPicture extends PatchShape {
  readonly width: number;
  readonly height: number;
  /** Addresses of the whole and of each patch. */
  readonly url: string;
  readonly patches: readonly string[];
}

const known = new WeakMap<Trace["encoder"], ShownPicture | null>();

/** Whether a model read a picture in the place of a text. */
export function isOfPicture({ source }: Trace): boolean {
  return (source.features?.grid ?? null) !== null;
}

/** Whether nothing reads a model's source place by place: its decoder sees all places as they are. */
export function hasNoEncoder({ model }: Trace): boolean {
  return wiringOf(model).encoder.length === 0;
}

/**
 * Yields the picture as the model saw it: what was transparent lies on white.
 *
 * @returns null if the source is no picture, or the trace has not got its pixels.
 */
export function pictureOf(trace: Trace): ShownPicture | null {
  const found = known.get(trace.encoder);
  if (found !== undefined) return found;
  const made = pictureMadeOf(trace);
  known.set(trace.encoder, made);
  return made;
}

function pictureMadeOf({ source, encoder }: Trace): ShownPicture | null {
  const { grid, picture } = source.features ?? { grid: null, picture: null };
  const features = encoder.tensors["source_features"];
  if (!grid || !picture || !features) return null;
  const { rows, columns } = grid;
  const [across, down] = [picture.width / columns, picture.height / rows];
  const size = across * down * 3;
  if (features.data.length !== rows * columns * size) return null;
  const whole = new Uint8Array(picture.width * picture.height * 3);
  const patches: string[] = [];
  for (let patch = 0; patch < rows * columns; patch++) {
    const [top, left] = [Math.floor(patch / columns) * down, (patch % columns) * across];
    const pixels = Uint8Array.from({ length: size }, (_, at) =>
      Math.round(((features.data[patch * size + at] as number) + 1) * 127.5),
    );
    for (let y = 0; y < down; y++) {
      const line = pixels.subarray(y * across * 3, (y + 1) * across * 3);
      whole.set(line, ((top + y) * picture.width + left) * 3);
    }
    patches.push(pngUrl(across, down, pixels));
  }
  const { width, height } = picture;
  const url = pngUrl(width, height, whole);
  return { rows, columns, ratio: down / across, width, height, url, patches };
}

/** Row and column of a place, from 1 on. */
export function rowAndColumn({ columns }: PatchShape, place: number): readonly [number, number] {
  return [Math.floor(place / columns) + 1, (place % columns) + 1];
}
