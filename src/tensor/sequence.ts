/** @file The input of a model: a sequence of ids, each optionally with a row of numbers. */

/**
 * The source of one pair: the ids of its tokens; or, for a model that reads features, the ids of its positions
 * with the features of each, row-major `[length, size]`.
 */
export type SourceSequence = ArrayLike<number> & { readonly features?: Float32Array };

/** Rows of features in reading order, such as the patches of a picture. */
export interface FeatureInput {
  /** Their name in errors and traces, usually the file. */
  readonly name: string;
  /** `[positions, size]`. */
  readonly shape: readonly [positions: number, size: number];
  /** Row-major. */
  readonly data: Float32Array;
  /** Width and height of the original picture, in pixels; null if there was none. */
  readonly picture: { readonly width: number; readonly height: number } | null;
}

/** The first row that has a number which is not finite, counted from 1; null if there is none. */
export function badRowOf(data: Float32Array, rowSize: number): number | null {
  const bad = data.findIndex((value) => !Number.isFinite(value));
  return bad < 0 ? null : Math.floor(bad / rowSize) + 1;
}

/** The sizes of a model that say how its sources are read. */
export interface SourceSizes {
  /** What a source consists of: tokens, or positions with a row of numbers each. */
  readonly sourceInput: "tokens" | "features";
  /** The grid by which pictures are cut into patches; 0 where features come from files. */
  readonly patchRows: number;
  readonly patchColumns: number;
}

/**
 * Attaches features to ids. The features are fetched on every access, because those of a whole corpus do not
 * fit into memory.
 */
export function withFeatures<Ids extends ArrayLike<number>>(
  ids: Ids,
  fetch: () => Float32Array,
): Ids & SourceSequence {
  return Object.defineProperty(ids, "features", { get: fetch }) as Ids & SourceSequence;
}

/**
 * Arranges the features of sources as `[longest, batch, size]`, with zeros after the end of a shorter one.
 *
 * @param time the longest length, or more.
 * @param isReversed whether each source is read in reverse.
 * @returns null if the sources have no features.
 */
export function timeMajorFeatures(
  sources: readonly SourceSequence[],
  time: number,
  isReversed: boolean,
): { readonly shape: [number, number, number]; readonly data: Float32Array<ArrayBuffer> } | null {
  const batch = sources.length;
  let data: Float32Array<ArrayBuffer> | null = null;
  let size = 0;
  for (const [row, source] of sources.entries()) {
    const { features } = source;
    if (!features) return null;
    if (!data) {
      size = features.length / source.length;
      data = new Float32Array(time * batch * size);
    }
    for (let at = 0; at < source.length; at++) {
      const from = (isReversed ? source.length - 1 - at : at) * size;
      data.set(features.subarray(from, from + size), (at * batch + row) * size);
    }
  }
  return data && { shape: [time, batch, size], data };
}
