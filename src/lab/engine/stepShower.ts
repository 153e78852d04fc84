import type { ModelSizes } from "../../models/configuration.ts";
import { shownStepGraph } from "../../models/shownStepGraph.ts";
import { emitModel } from "../../onnx/emit.ts";
import type { NamedValues, Program, Runtime } from "../../runtime/runtime.ts";
import { endId, paddingId, startId } from "../../tensor/specialIds.ts";
import type { TensorValue } from "../../tensor/value.ts";
import type { ComingStep } from "../../training/run/runHooks.ts";
import type { RunParts } from "../../training/run/runParts.ts";
import type { GradientTask } from "../../training/step/trainingStep.ts";
import { tokensOf } from "../../training/step/trainingStep.ts";
import type { Tokenizers } from "../../training/storage/model.ts";
import type { ShownPair, ShownStep } from "../messages.ts";

/** The most probable tokens that are shown at each place. */
const best = 5;

/** Shows a step before it is taken: the same inputs, dropout masks and weights as the step's own, in a second graph. */
export class StepShower {
  private readonly runtime: Runtime;
  private program: Promise<Program> | null = null;

  constructor(runtime: Runtime) {
    this.runtime = runtime;
  }

  /** The step without the figures that only the step itself gives. */
  async show(parts: RunParts, { step, batches }: ComingStep): Promise<Omit<ShownStep, "figures">> {
    const { sizes, shared } = parts;
    this.program ??= this.runtime.compile(emitModel("shown", shownStepGraph(sizes, { best })));
    const program = await this.program;
    const pairs: ShownPair[] = [];
    let [tokenCount, isRandom] = [0, parts.step.graph.masks.length > 0];
    for (const task of shared.tasksOf(batches, step)) {
      const feeds = await parts.step.feedsOf(task);
      const parameters = Object.fromEntries(parts.step.parameters.views);
      const results = await program.run({ ...feeds, ...parameters });
      const shown = pairsOf({ task, sizes, tokenizers: parts.data }, feeds, results);
      for (const { pair, isMixed } of shown) {
        pairs.push(pair);
        isRandom ||= isMixed;
      }
      tokenCount += tokensOf(task.pairs).tokens;
    }
    return { pairs, tokenCount, isRandom };
  }

  /** Frees the graph. */
  async release(): Promise<void> {
    await (await this.program)?.release();
  }
}

interface Shown {
  readonly task: GradientTask;
  readonly sizes: ModelSizes;
  readonly tokenizers: Tokenizers;
}

/** The pairs of a task, each with whether some of its inputs are the model's own words. */
function pairsOf(
  { task, sizes, tokenizers: { source, target } }: Shown,
  feeds: NamedValues,
  results: NamedValues,
): { readonly pair: ShownPair; readonly isMixed: boolean }[] {
  const { pairs } = task;
  const [width] = (feeds["source"] as TensorValue).shape as [number];
  const targetIn = feeds["target_in"] as TensorValue;
  const [time] = targetIn.shape as [number];
  const positions = (feeds["positions"] as TensorValue).data as Int32Array;
  const { log_probability, best_tokens, best_probabilities, attention } = results as Record<
    "log_probability" | "best_tokens" | "best_probabilities",
    TensorValue
  > & { readonly attention?: TensorValue };
  const count = best_tokens.shape[1] as number;
  const losses = pairs.map((): number[] => []);
  const likely = pairs.map((): ShownPair["best"][number][] => []);
  // Places come by time, and within each time by pair.
  positions.forEach((position, index) => {
    const row = position % pairs.length;
    losses[row]?.push(-(log_probability.data[index] as number));
    likely[row]?.push(
      Array.from({ length: count }, (_, rank) => ({
        token: target.tokenOf(Number(best_tokens.data[index * count + rank])),
        probability: Number(best_probabilities.data[index * count + rank]),
      })),
    );
  });
  return pairs.map((pair, row) => {
    const inputs = Array.from({ length: time }, (_, at) =>
      Number(targetIn.data[at * pairs.length + row]),
    );
    const truth = [startId, ...Array.from(pair.target)];
    const length = pair.target.length + 1;
    const places = (size: number, real: number): boolean[] =>
      Array.from({ length: size }, (_, at) => at < real);
    return {
      isMixed: truth.some((id, at) => id !== inputs[at]),
      pair: {
        source: source.decode(Array.from(pair.source)),
        target: target.decode(Array.from(pair.target)),
        sourceTokens: padded(Array.from(pair.source), width).map((id) => source.tokenOf(id)),
        sourceMask: places(width, pair.source.length),
        inputTokens: inputs.map((id) => target.tokenOf(id)),
        targetTokens: padded([...Array.from(pair.target), endId], time).map((id) =>
          target.tokenOf(id),
        ),
        targetMask: places(time, length),
        losses: losses[row] as number[],
        best: likely[row] as ShownPair["best"][number][],
        attention: attention
          ? rowsOf(attention, { row, length, source: pair.source.length, sizes })
          : null,
      },
    };
  });
}

function padded(ids: readonly number[], width: number): number[] {
  return Array.from({ length: width }, (_, at) => ids[at] ?? paddingId);
}

/** The weights of a pair at each of its target tokens, in the order of the sentence, then those of the padding. */
function rowsOf(
  { data, shape }: TensorValue,
  of: {
    readonly row: number;
    readonly length: number;
    readonly source: number;
    readonly sizes: ModelSizes;
  },
): number[][] {
  const [, batch, width] = shape as [number, number, number];
  return Array.from({ length: of.length }, (_, time) => {
    const start = (time * batch + of.row) * width;
    const all = Array.from(data.slice(start, start + width) as Float32Array);
    const own = all.slice(0, of.source);
    return [...(of.sizes.reverseSource ? own.reverse() : own), ...all.slice(of.source)];
  });
}
