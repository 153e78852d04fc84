import { largestOf } from "../tensor/extremes.ts";
import type { SourceSequence } from "../tensor/sequence.ts";
import { timeMajorFeatures } from "../tensor/sequence.ts";
import { endId, paddingId, startId } from "../tensor/specialIds.ts";
import type { TensorValue } from "../tensor/value.ts";
import { tensorValue } from "../tensor/value.ts";

/**
 * In use, sentences are padded to a multiple of this. Vectorised sums over the source then
 * process the same numbers in the same lanes, whatever else is in the batch, and padding adds exact zeros.
 * A sentence's numbers therefore do not depend on the length of its neighbours, not even in their last bit.
 */
export const sourceGranularity = 16;

/** The ids of a pair, without start and end. */
export interface IdPair {
  readonly source: SourceSequence;
  readonly target: ArrayLike<number>;
}

/** A batch as inputs of the graphs. */
export interface BatchFeeds {
  /** `source`, `target_in`, `positions`, `targets`, perhaps `source_features`: see `trainingGraph`. */
  readonly values: Readonly<Record<string, TensorValue>>;
  /** Sizes by the names of the axes: batch, source, target, tokens. */
  readonly sizes: Readonly<Record<string, number>>;
}

/** The sources of a batch as inputs of the graphs; with `source_features` if the model reads features. */
export interface SourceFeeds {
  /** int32 `[source, batch]`, 0 for padding. */
  readonly source: TensorValue;
  /** float32 `[source, batch, size]`. */
  readonly source_features?: TensorValue;
}

/**
 * Arranges sources as padded, time-major ids.
 *
 * @param isReversed  whether each source is read in reverse.
 * @param granularity the length is padded to a multiple of this.
 */
export function sourceFeeds(
  sources: readonly SourceSequence[],
  isReversed: boolean,
  granularity: number,
): SourceFeeds {
  const batch = sources.length;
  const longest = largestOf(
    sources.map(({ length }) => length),
    1,
  );
  const time = Math.ceil(longest / granularity) * granularity;
  const data = new Int32Array(time * batch).fill(paddingId);
  sources.forEach((source, row) => {
    const last = source.length - 1;
    for (let at = 0; at <= last; at++) {
      data[at * batch + row] = source[isReversed ? last - at : at] as number;
    }
  });
  const features = timeMajorFeatures(sources, time, isReversed);
  return {
    source: { dtype: "int32", shape: [time, batch], data },
    ...(features && { source_features: { dtype: "float32", ...features } }),
  };
}

/**
 * Arranges pairs as padded, time-major ids: the decoder reads the start symbol and the sentence, and
 * predicts the sentence and the end symbol.
 *
 * @param reverseSource whether each source sentence is reversed within its own length.
 * @param granularity   sources are padded to a multiple of this.
 */
export function batchFeeds(
  pairs: readonly IdPair[],
  reverseSource: boolean,
  granularity = 1,
): BatchFeeds {
  const batch = pairs.length;
  const sources = sourceFeeds(
    pairs.map(({ source }) => source),
    reverseSource,
    granularity,
  );
  const targetTime =
    1 +
    largestOf(
      pairs.map(({ target }) => target.length),
      0,
    );
  const targetIn = new Int32Array(targetTime * batch).fill(paddingId);
  const positions: number[] = [];
  const targets: number[] = [];
  pairs.forEach((pair, row) => {
    targetIn[row] = startId;
    for (let time = 0; time < pair.target.length; time++) {
      targetIn[(time + 1) * batch + row] = pair.target[time] as number;
    }
  });
  for (let time = 0; time < targetTime; time++) {
    for (let row = 0; row < batch; row++) {
      const { target } = pairs[row] as IdPair;
      if (time > target.length) continue;
      positions.push(time * batch + row);
      targets.push(time < target.length ? (target[time] as number) : endId);
    }
  }
  const tokens = targets.length;
  return {
    values: {
      ...sources,
      target_in: { dtype: "int32", shape: [targetTime, batch], data: targetIn },
      positions: tensorValue("int32", [tokens], positions),
      targets: tensorValue("int32", [tokens], targets),
    },
    sizes: { batch, source: sources.source.shape[0] as number, target: targetTime, tokens },
  };
}
