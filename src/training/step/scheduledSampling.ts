/** @file Scheduled sampling (Bengio et al. 2015, https://arxiv.org/abs/1506.03099). */

import type { ModelSizes } from "../../models/configuration.ts";
import { drawnTokensGraph } from "../../models/drawnTokensGraph.ts";
import { emitModel } from "../../onnx/emit.ts";
import { OptionError } from "../../options/optionError.ts";
import type { NamedValues, Program, Runtime } from "../../runtime/runtime.ts";
import { Random } from "../../tensor/random.ts";
import { endId, paddingId, startId } from "../../tensor/specialIds.ts";
import type { TensorValue } from "../../tensor/value.ts";
import type { MaskDraw } from "./masks.ts";
import { drawSeed } from "./masks.ts";

/** The decay of the probability ε of a true token over the completed steps i. */
export type SamplingDecay =
  /** max(least, 1 − i / steps). */
  | { readonly kind: "linear"; readonly steps: number; readonly least: number }
  /** kⁱ. */
  | { readonly kind: "exponential"; readonly k: number }
  /** k / (k + exp(i / k)). */
  | { readonly kind: "inverse-sigmoid"; readonly k: number };

/**
 * Parses a decay: `linear:STEPS`, `linear:STEPS:LEAST`, `exponential:K` or
 * `inverse-sigmoid:K`.
 *
 * @throws OptionError for any other text.
 */
export function parseSamplingDecay(text: string): SamplingDecay {
  const [kind, ...numbers] = text.split(":");
  const [first = Number.NaN, least = 0] = numbers.map((each) => (each === "" ? NaN : Number(each)));
  if (kind === "linear" && numbers.length <= 2 && first > 0 && least >= 0 && least <= 1) {
    return { kind, steps: first, least };
  }
  if (kind === "exponential" && numbers.length === 1 && first > 0 && first < 1) {
    return { kind, k: first };
  }
  if (kind === "inverse-sigmoid" && numbers.length === 1 && first >= 1) return { kind, k: first };
  throw new OptionError({
    key: "scheduledSampling",
    value: text,
    remedy:
      "write linear:STEPS, linear:STEPS:LEAST, exponential:K with K below 1, or inverse-sigmoid:K with K from 1",
  });
}

/** ε: the probability that a step's input is the true token (section 2.4). */
export function truthProbability(decay: SamplingDecay, stepsMade: number): number {
  switch (decay.kind) {
    case "linear":
      return Math.max(decay.least, 1 - stepsMade / decay.steps);
    case "exponential":
      return decay.k ** stepsMade;
    case "inverse-sigmoid":
      return decay.k / (decay.k + Math.exp(stepsMade / decay.k));
  }
}

/** A position of a batch whose true token is replaced. */
export interface Replacement {
  /** Its index in the flattened `target_in` `[target, batch]`. */
  readonly place: number;
  /** A uniform random number between 0 and 1 that selects the replacement. */
  readonly uniform: number;
}

/**
 * Chooses the positions to replace, never the start symbol. The choice depends only on the seed, the step, the
 * shard and the batch, so that a resumed run makes the same choice.
 */
export function chooseReplacements(
  targetIn: TensorValue,
  truth: number,
  draw: Omit<MaskDraw, "rate">,
): Replacement[] {
  const random = new Random(drawSeed(draw) ^ 0x5bd1e995);
  const [, batch] = targetIn.shape as [number, number];
  const chosen: Replacement[] = [];
  for (let place = batch; place < targetIn.data.length; place++) {
    if (targetIn.data[place] === paddingId || random.uniform() < truth) continue;
    // The middle of one of 2²³ equal parts, which float32 holds exactly: never 0 and never 1.
    chosen.push({ place, uniform: ((random.nextUint32() >>> 9) + 0.5) / 2 ** 23 });
  }
  return chosen;
}

/** Ids that are never sampled as inputs. */
const special: readonly number[] = [paddingId, startId, endId];

/**
 * Replaces true input tokens by sampled ones. A first pass over the batch, with true inputs, samples the
 * model's prediction at each position; the training step then runs on the
 * mixed inputs, still with the true tokens as targets. A token is thus sampled as if all tokens before it were
 * true, unlike in the paper, which samples tokens one by one (Mihaylova and Martins 2019,
 * https://arxiv.org/abs/1906.07651, use the same two passes). As in both papers, no gradient flows through the
 * sampling.
 */
export class ScheduledSampling {
  private readonly decay: SamplingDecay;
  private readonly seed: number;
  private readonly program: Program;

  private constructor(decay: SamplingDecay, seed: number, program: Program) {
    this.decay = decay;
    this.seed = seed;
    this.program = program;
  }

  static async create(
    runtime: Runtime,
    sizes: ModelSizes,
    decay: SamplingDecay,
    seed: number,
  ): Promise<ScheduledSampling> {
    const program = await runtime.compile(emitModel("draw", drawnTokensGraph(sizes)));
    return new ScheduledSampling(decay, seed, program);
  }

  /**
   * Returns the feeds of a batch with the mixed `target_in`.
   *
   * @param parameters the weights by name.
   * @param step       the step's number, from 1.
   * @param shard      the shard's number.
   */
  async mix(
    values: NamedValues,
    parameters: ReadonlyMap<string, TensorValue>,
    { step, shard }: { readonly step: number; readonly shard: number },
  ): Promise<NamedValues> {
    const targetIn = values["target_in"] as TensorValue;
    const truth = truthProbability(this.decay, step - 1);
    const chosen = chooseReplacements(targetIn, truth, { seed: this.seed, step, shard });
    if (chosen.length === 0) return values;
    const [, batch] = targetIn.shape as [number, number];
    const count = chosen.length;
    const results = await this.program.run({
      ...Object.fromEntries(parameters),
      ...values,
      // The input at a position is the prediction of the step before.
      positions: {
        dtype: "int32",
        shape: [count],
        data: Int32Array.from(chosen, ({ place }) => place - batch),
      },
      uniform: {
        dtype: "float32",
        shape: [count, 1],
        data: Float32Array.from(chosen, ({ uniform }) => uniform),
      },
    });
    const drawn = (results["tokens"] as TensorValue).data;
    const data = Int32Array.from(targetIn.data as Int32Array);
    chosen.forEach(({ place }, index) => {
      const token = Number(drawn[index]);
      if (!special.includes(token)) data[place] = token;
    });
    return { ...values, target_in: { ...targetIn, data } };
  }

  release(): Promise<void> {
    return this.program.release();
  }
}
