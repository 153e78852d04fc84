import { UserError } from "../tensor/errors.ts";
import { checkIds } from "./checkIds.ts";
import { lengthBatches } from "./lengthBatches.ts";
import { checkPairLength } from "./lengthLimits.ts";
import type { ForcedPair, ForcedScore, SearchModel } from "./searchModel.ts";

/**
 * Forced decoding: computes the probability of given translations under the model. Batching does not change
 * the results.
 *
 * @param pairs ids without start and end.
 * @returns one score for each pair, in order.
 * @throws UserError if a source has no tokens.
 * @throws RangeError if an id is not in its vocabulary.
 */
export async function scoreForced<Source>(
  model: SearchModel<Source>,
  pairs: readonly ForcedPair<Source>[],
  { batchSize = 64 }: { readonly batchSize?: number } = {},
): Promise<ForcedScore[]> {
  pairs.forEach(({ source, target }, index) => {
    if (model.lengthOf(source) === 0) {
      throw new UserError(
        `Pair ${index} has an empty source, of which nothing can be a translation.`,
      );
    }
    checkPairLength(model.lengthOf(source), target.length);
    model.checkSource(source, `The source of pair ${index}`);
    checkIds(target, model.targetVocabulary, `The target of pair ${index}`);
  });
  const results: ForcedScore[] = [];
  const lengths = pairs.map(({ source, target }) =>
    Math.max(model.lengthOf(source), target.length + 1),
  );
  // The logits of all tokens of a batch are in memory at once.
  for (const batch of lengthBatches(lengths, { size: batchSize, tokens: 2048 })) {
    const scores = await model.scoreBatch(batch.map((index) => pairs[index] as ForcedPair<Source>));
    batch.forEach((index, row) => {
      results[index] = scores[row] as ForcedScore;
    });
  }
  return results;
}
