import { inOrder } from "../../data/batches.ts";
import type { EncodedCorpus } from "../../data/encodedCorpus.ts";
import { batchFeeds } from "../../models/batchFeeds.ts";
import type { ModelSizes } from "../../models/configuration.ts";
import { scoringGraph } from "../../models/graphs.ts";
import { emitModel } from "../../onnx/emit.ts";
import type { Program, Runtime } from "../../runtime/runtime.ts";
import type { TensorValue } from "../../tensor/value.ts";

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

  /** Σ log p of the target tokens, including end symbols, in nats; and their number. */
  async score(
    corpus: EncodedCorpus,
    weights: ReadonlyMap<string, TensorValue>,
  ): Promise<{ logProbability: number; tokens: number }> {
    let logProbability = 0;
    let tokens = 0;
    const parameters = Object.fromEntries(weights);
    for (const { pairs } of inOrder(corpus, 64)) {
      const { values, sizes } = batchFeeds(pairs, this.sizes.reverseSource);
      const results = await this.program.run({ ...values, ...parameters });
      const { data } = results["log_probability"] as TensorValue;
      for (const value of data as Float32Array) logProbability += value;
      tokens += sizes["tokens"] as number;
    }
    return { logProbability, tokens };
  }

  release(): Promise<void> {
    return this.program.release();
  }
}
