import { forbiddenValue } from "../../decoding/batchState.ts";
import { usualMaximum } from "../../decoding/lengthLimits.ts";
import { perplexity } from "../../evaluation/perplexity.ts";
import type { IdPair } from "../../models/batchFeeds.ts";
import { batchFeeds } from "../../models/batchFeeds.ts";
import type { ModelSizes } from "../../models/configuration.ts";
import { scoringGraph } from "../../models/graphs.ts";
import { emitModel } from "../../onnx/emit.ts";
import type { NamedValues, Program, Runtime } from "../../runtime/runtime.ts";
import { unknownId } from "../../tensor/specialIds.ts";
import type { TensorValue } from "../../tensor/value.ts";

/** The pairs of a batch. */
const batchSize = 64;

/** How well a model says given targets. */
export interface PairScores {
  readonly perplexity: number;
  /** The share of pairs whose target greedy search finds, to the last token. */
  readonly right: number;
}

/** A set of pairs, laid out once to be scored often. */
export class ScoredPairs {
  private readonly batches: readonly {
    readonly pairs: readonly IdPair[];
    readonly feeds: NamedValues;
  }[];
  private readonly count: number;

  constructor(pairs: readonly IdPair[], { reverseSource, targetVocabulary }: ModelSizes) {
    const sorted = [...pairs].sort((one, other) => one.target.length - other.target.length);
    const forbidden = forbiddenValue({ targetVocabulary }, { unknown: false, end: false });
    this.count = pairs.length;
    this.batches = Array.from({ length: Math.ceil(sorted.length / batchSize) }, (_, index) => {
      const some = sorted.slice(index * batchSize, (index + 1) * batchSize);
      return { pairs: some, feeds: { ...batchFeeds(some, reverseSource).values, forbidden } };
    });
  }

  /** Scores all pairs by the program of {@link compileScoring}; no pairs have a perplexity of 1, and none is right. */
  async score(program: Program, weights: ReadonlyMap<string, TensorValue>): Promise<PairScores> {
    const parameters = Object.fromEntries(weights);
    let [logProbability, tokens, right] = [0, 0, 0];
    for (const { pairs, feeds } of this.batches) {
      const results = await program.run({ ...feeds, ...parameters });
      for (const value of (results["log_probability"] as TensorValue).data) {
        logProbability += Number(value);
        tokens++;
      }
      right += countRight(pairs, feeds, results["best_tokens"] as TensorValue);
    }
    return {
      perplexity: tokens === 0 ? 1 : perplexity(logProbability, tokens),
      right: this.count === 0 ? 0 : right / this.count,
    };
  }
}

/** The graph of {@link ScoredPairs}. */
export function compileScoring(runtime: Runtime, sizes: ModelSizes): Promise<Program> {
  const { log_probability, best_tokens } = scoringGraph(sizes, { best: true });
  return runtime.compile(emitModel("look", { log_probability, best_tokens } as never));
}

/**
 * Counts the pairs whose target greedy search would find. It finds a target if, given the target's tokens up to any place,
 * the token there is the best one; so one pass over the target tells it, without a search.
 */
function countRight(pairs: readonly IdPair[], feeds: NamedValues, best: TensorValue): number {
  const isRight = pairs.map(
    ({ source, target }) =>
      !Array.from(target).includes(unknownId) && target.length < usualMaximum(source.length, 0),
  );
  const positions = (feeds["positions"] as TensorValue).data;
  const targets = (feeds["targets"] as TensorValue).data;
  positions.forEach((position: number | bigint, index: number) => {
    if (best.data[index] !== targets[index]) isRight[Number(position) % pairs.length] = false;
  });
  return isRight.filter(Boolean).length;
}
