/** @file What a model reads: a sequence of ids, each of which may come with a row of numbers. */

/**
 * The source of one pair: ids of its tokens; or, where a model reads features, ids of its positions with
 * the features of each, row-major `[length, size]`.
 */
export type SourceSequence = ArrayLike<number> & { readonly features?: Float32Array };

/** Rows of features in the order in which they are to be read, such as the patches of a picture. */
export interface FeatureInput {
  /** What they are called in errors and traces, usually their file. */
  readonly name: string;
  /** `[positions, size]`. */
  readonly shape: readonly [positions: number, size: number];
  /** Row-major. */
  readonly data: Float32Array;
  /** Width and height of the picture that was cut, in pixels; null if it was none. */
  readonly picture: { readonly width: number; readonly height: number } | null;
}

/**
 * The same ids with features, which are fetched each time that they are asked for: those of a corpus do
 * not fit into memory.
 */
export function withFeatures<Ids extends ArrayLike<number>>(
  ids: Ids,
  fetch: () => Float32Array,
): Ids & SourceSequence {
  return Object.defineProperty(ids, "features", { get: fetch }) as Ids & SourceSequence;
}

/**
 * Lays the features of sources into `[longest, batch, size]`, zeros behind the end of a shorter one.
 *
 * @param time the longest, or more.
 * @param isReversed whether each source is read from its end.
 * @returns null if the sources have none.
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
