import { inOrder } from "../../data/batches.ts";
import type { EncodedCorpus } from "../../data/encodedCorpus.ts";
import { inGroups } from "../../data/groups.ts";
import type { IdPair } from "../../models/batchFeeds.ts";
import { batchFeeds } from "../../models/batchFeeds.ts";
import type { ModelSizes } from "../../models/configuration.ts";
import { scoringGraph } from "../../models/graphs.ts";
import { emitModel } from "../../onnx/emit.ts";
import type { Program, Runtime } from "../../runtime/runtime.ts";
import type { TensorValue } from "../../tensor/value.ts";
import { sentPair } from "../step/sharedStep.ts";
import { tokensOf } from "../step/trainingStep.ts";
import type { Team } from "./team.ts";

/** The pairs of a batch, and the batches that a rank gets at once. */
const batchSize = 64;
const batchesAtOnce = 8;

/** Computes the log-probability of a corpus during training. */
export class DevScorer {
  private readonly program: Program;
  private readonly sizes: ModelSizes;

  private constructor(program: Program, sizes: ModelSizes) {
    this.program = program;
    this.sizes = sizes;
  }

  static async create(runtime: Runtime, sizes: ModelSizes): Promise<DevScorer> {
    const { log_probability } = scoringGraph(sizes);
    return new DevScorer(
      await runtime.compile(emitModel("score", { log_probability } as never)),
      sizes,
    );
  }

  /** Σ log p of the target tokens, including end symbols, in nats; and their number. The ranks share the batches. */
  async score(
    corpus: EncodedCorpus,
    weights: ReadonlyMap<string, TensorValue>,
    team: Team,
  ): Promise<{ logProbability: number; tokens: number }> {
    let logProbability = 0;
    let tokens = 0;
    for (const group of inGroups(inOrder(corpus, batchSize), batchesAtOnce * team.count)) {
      const batches = group.map(({ pairs }) => pairs);
      const results = await team.map({
        name: "the perplexity of the dev set",
        tasks: batches,
        order: (tasks) => ({ kind: "score", batches: tasks.map((each) => each.map(sentPair)) }),
        own: (tasks) => this.scoreBatches(tasks, weights),
      });
      for (const values of results) for (const value of values) logProbability += value;
      for (const pairs of batches) tokens += tokensOf(pairs).tokens;
    }
    return { logProbability, tokens };
  }

  /** log p of each pair of each batch. */
  async scoreBatches(
    batches: readonly (readonly IdPair[])[],
    weights: ReadonlyMap<string, TensorValue>,
  ): Promise<Float32Array[]> {
    const parameters = Object.fromEntries(weights);
    const scored: Float32Array[] = [];
    for (const pairs of batches) {
      const { values } = batchFeeds(pairs, this.sizes.reverseSource);
      const results = await this.program.run({ ...values, ...parameters });
      scored.push((results["log_probability"] as TensorValue).data as Float32Array);
    }
    return scored;
  }

  release(): Promise<void> {
    return this.program.release();
  }
}
