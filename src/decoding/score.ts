import type { IdPair } from "../models/batchFeeds.ts";
import { batchFeeds } from "../models/batchFeeds.ts";
import { UserError } from "../tensor/errors.ts";
import type { TensorValue } from "../tensor/value.ts";
import type { InferenceModel } from "./inferenceModel.ts";
import { checkIds, lengthBatches } from "./lengthBatches.ts";

/** How probable the model finds a given translation. */
export interface ForcedScore {
  /** log p of each token and of the end, each given the tokens before it, in nats. */
  readonly logProbabilities: readonly number[];
  /** Their sum: log p of the translation. */
  readonly logProbability: number;
  /**
   * One row for each of {@link logProbabilities} with a weight for each source token, in the order of
   * the sentence; null without attention.
   */
  readonly attention: readonly Float32Array[] | null;
}

/**
 * Forced decoding: makes the model say given translations and tells how probable it finds them.
 *
 * @param pairs ids without start and end.
 * @returns one score for each pair, in order.
 * @throws UserError if a source has no tokens, as then there is nothing to translate.
 * @throws RangeError if an id is not in its vocabulary.
 */
export async function scoreForced(
  model: InferenceModel,
  pairs: readonly IdPair[],
  { batchSize = 64 }: { readonly batchSize?: number } = {},
): Promise<ForcedScore[]> {
  const { sourceVocabulary, targetVocabulary } = model.sizes;
  pairs.forEach(({ source, target }, index) => {
    if (source.length === 0) {
      throw new UserError(
        `Pair ${index} has an empty source, of which nothing can be a translation.`,
      );
    }
    checkIds(source, sourceVocabulary, `The source of pair ${index}`);
    checkIds(target, targetVocabulary, `The target of pair ${index}`);
  });
  const results: ForcedScore[] = [];
  const lengths = pairs.map(({ source, target }) => Math.max(source.length, target.length + 1));
  // The logits of all tokens of a batch are held at once.
  for (const batch of lengthBatches(lengths, { size: batchSize, tokens: 2048 })) {
    const some = batch.map((index) => pairs[index] as IdPair);
    const scores = await scoreBatch(model, some);
    batch.forEach((index, row) => {
      results[index] = scores[row] as ForcedScore;
    });
  }
  return results;
}

async function scoreBatch(model: InferenceModel, pairs: readonly IdPair[]): Promise<ForcedScore[]> {
  const { reverseSource } = model.sizes;
  const { values, sizes } = batchFeeds(pairs, reverseSource);
  const { log_probability, attention } = await model.score(values);
  const all = log_probability?.data as Float32Array;
  const logProbabilities = pairs.map((): number[] => []);
  const positions = values["positions"] as TensorValue;
  // The tokens come time by time, and at each time in the order of the pairs.
  (positions.data as Int32Array).forEach((position, index) => {
    logProbabilities[position % pairs.length]?.push(all[index] as number);
  });
  const width = sizes["source"] as number;
  return pairs.map(({ source }, row) => {
    const own = logProbabilities[row] as number[];
    const weights = attention?.data as Float32Array | undefined;
    const rowAt = (time: number): Float32Array => {
      const start = (time * pairs.length + row) * width;
      const cut = (weights as Float32Array).slice(start, start + source.length);
      return reverseSource ? cut.reverse() : cut;
    };
    return {
      logProbabilities: own,
      logProbability: own.reduce((sum, each) => sum + each, 0),
      attention: weights ? own.map((_, time) => rowAt(time)) : null,
    };
  });
}
