import { gather, topK } from "../graph/operators/gather.ts";
import { flatten, reshape } from "../graph/operators/reshape.ts";
import { cast, greater } from "../graph/operators/select.ts";
import { logSoftmax, softmax } from "../graph/operators/softmax.ts";
import { input } from "../graph/operators/source.ts";
import type { Dimension } from "../graph/shape.ts";
import type { Tensor } from "../graph/tensor.ts";
import type { AttentionStep, GivenWeights, Memory } from "../nn/attention.ts";
import { positionsOf } from "../nn/attention.ts";
import { Dropout } from "../nn/dropout.ts";
import { outputLogits } from "../nn/loss.ts";
import { Parameters } from "../nn/parameters.ts";
import { prefixed } from "../nn/prefixed.ts";
import { scoreKinds } from "../nn/scores/kinds.ts";
import { productInParts } from "../nn/scores/score.ts";
import { constrain } from "./constraints.ts";
import type { SourceSide } from "./decoderLayers.ts";
import type { Outputs } from "./graphs.ts";
import { Model } from "./model.ts";
import type { ModelSizes } from "./modelConfiguration.ts";
import type { AttentionWiring } from "./wiring.ts";
import { wiringOf } from "./wiring.ts";

/** The options of a decoder step's graph. */
export interface StepGraphOptions {
  /** The number of best tokens per hypothesis; 0 for all log-probabilities, null for the logits. */
  readonly candidates: number | null;
  /** Whether hypotheses have their own rules: see `constrain`. */
  readonly constrained?: boolean;
  /**
   * Whether forbidden tokens are among the best ones, so that the caller leaves them out: this saves a pass over the
   * log-probabilities. There is no input `forbidden` then, and `tokens` are int32.
   */
  readonly unfiltered?: boolean;
  /** Whether the named tensors of the step are outputs too. */
  readonly record?: boolean;
  /** Whether attention weights can be given. */
  readonly given?: boolean;
}

/** The graph of a decoder step for beam search. */
export interface StepGraph {
  readonly outputs: Outputs;
  /** Names of the step's intermediate values, each an output `record.NAME` on request. */
  readonly records: readonly string[];
}

/**
 * One decoder step for `beam` hypotheses of each sentence.
 *
 * Inputs: `token` int32 `[batch, beam]`; `state.N` `[sentences_before, parents, size]` of the previous
 * step, which may have had more sentences; `parent` int32 `[batch*beam]`, the row of
 * `[sentences_before*parents]` that each hypothesis continues; `source_mask` int32 `[batch, 1, source]`;
 * `memory` and `keys`, or `summary`, from the encoder; `forbidden`, and for each hypothesis
 * `blocked` and `forced`, as inputs of `constrain`.
 * Outputs: `next.N`; `values` and `tokens` (int64) `[batch, beam, candidates]`, the most probable
 * tokens with their log-probabilities, or `log_probabilities` or `logits` `[batch, beam, vocabulary]`;
 * `attention` `[batch, beam, source]`.
 *
 * With recording, also `record.NAME` for each named tensor `[batch, beam, …]`; for the output
 * layer, without forbidden tokens, `record.logits`, `record.log_probabilities` and `probabilities`
 * `[batch, beam, vocabulary]`, and `likely` (int64) `[batch, beam, 20]`, the most probable tokens.
 *
 * If attention can be given, two more inputs: `is_given` int32 `[batch, beam, 1]`, and
 * `given_weights` `[batch, beam, source]`, which replace the softmax where `is_given` is 1.
 */
export function stepGraph(
  sizes: ModelSizes,
  {
    candidates,
    constrained = false,
    unfiltered = false,
    record = false,
    given = false,
  }: StepGraphOptions,
): StepGraph {
  const parameters = new Parameters("float32");
  const model = new Model(sizes, parameters, new Dropout(0));
  const token = input("token", "int32", ["batch", "beam"]);
  const parent = input("parent", "int32", ["batch*beam"]);
  const { carried, summary, attention: wired } = wiringOf(sizes);
  const states = carried.map(({ size }, index) => {
    const before = input(`state.${index}`, "float32", ["sentences_before", "parents", size]);
    return reshape(gather(flatten(before), parent), ["batch", "beam", size]);
  });
  const side: SourceSide = {
    memory: wired && memoryInputs(sizes, wired, given),
    summary: summary && input("summary", "float32", ["batch", 1, summary.size]),
  };
  const step = traceStep(model, token, states, side);
  const { attention, logits } = step;
  const outputs: Outputs = {};
  step.states.forEach((state, index) => {
    outputs[`next.${index}`] = state;
  });
  if (attention) outputs["attention"] = attention.weights;
  if (candidates === null) return { outputs: { ...outputs, logits }, records: [] };
  const free = logSoftmax(logits);
  if (unfiltered) {
    const { values, indices } = topK(free, candidates);
    return { outputs: { ...outputs, values, tokens: cast(indices, "int32") }, records: [] };
  }
  const { logProbabilities, outputs: forced } = constrain(free, constrained);
  Object.assign(outputs, forced);
  if (candidates > 0) {
    const top = topK(logProbabilities, candidates);
    outputs["values"] = top.values;
    outputs["tokens"] = top.indices;
  } else {
    outputs["log_probabilities"] = logProbabilities;
  }
  if (!record) return { outputs, records: [] };
  const records: Outputs = { ...step.record, logits, log_probabilities: free };
  Object.assign(outputs, prefixed("record.", records), {
    probabilities: softmax(logits),
    likely: topK(free, Math.min(likelyTokens, sizes.targetVocabulary)).indices,
  });
  return { outputs, records: Object.keys(records) };
}

/** A decoder step up to the logits. */
export interface TracedStep {
  /** The states after it, each `[batch, queries, size]`, in the order of `Wiring.carried`. */
  readonly states: readonly Tensor[];
  readonly attention: AttentionStep | null;
  /** `[batch, queries, vocabulary]`. */
  readonly logits: Tensor;
  /** The named values of the step, from the embedding to the readout, in order of computation. */
  readonly record: Outputs;
}

/**
 * One step of a model's decoder, from the previous tokens to the logits.
 *
 * @param token  ids `[batch, queries]`.
 * @param states each `[batch, queries, size]`, in the order of `Wiring.carried`.
 */
export function traceStep(
  model: Model,
  token: Tensor,
  states: readonly Tensor[],
  side: SourceSide,
): TracedStep {
  const embedded = model.embed("target", token);
  const step = model.decoder.step(model.project(embedded), states, side);
  const finished: Outputs = {};
  const { readout, attention } = model.readoutOf(step, embedded, side, finished);
  const logits = outputLogits(readout, model.outputLayer());
  const record = { embedding: embedded, ...step.record, ...finished, readout };
  return { states: step.states, attention, logits, record };
}

/** The number of most probable tokens that a recorded step names. */
const likelyTokens = 20;

/** The axes of the keys after the batch, `source` and units in either order; null without attention. */
export function keyAxesOf(
  { attention, attentionHidden, locations }: ModelSizes,
  { query, context }: Pick<AttentionWiring, "query" | "context">,
): readonly [Dimension, Dimension] | null {
  if (attention === "none") return null;
  return scoreKinds[attention].keyAxes({
    query: query.size,
    memory: context.size,
    hidden: attentionHidden,
    locations,
  });
}

function memoryInputs(
  sizes: ModelSizes,
  { query, context }: AttentionWiring,
  canBeGiven: boolean,
): Memory | null {
  const keyAxes = keyAxesOf(sizes, { query, context });
  if (!keyAxes) return null;
  const mask = greater(input("source_mask", "int32", ["batch", 1, "source"]), 0);
  const given = (): GivenWeights => ({
    weights: input("given_weights", "float32", ["batch", "beam", "source"]),
    isGiven: greater(input("is_given", "int32", ["batch", "beam", 1]), 0),
  });
  return {
    values: input("memory", "float32", ["batch", "source", context.size]),
    keys: input("keys", "float32", ["batch", ...keyAxes]),
    mask,
    ...positionsOf(mask, "float32", sizes.reverseSource),
    product: productInParts,
    ...(canBeGiven && { given: given() }),
  };
}
