/** @file A model traced for each of its uses. All of them come from the one definition in `model.ts`. */

import { gradient } from "../graph/gradient.ts";
import { swapLastAxes } from "../graph/operators/arrange.ts";
import { flatten, reduceSum, reshape } from "../graph/operators/broadcast.ts";
import { add, divide, multiply, sqrt } from "../graph/operators/elementwise.ts";
import { gather, pick, topK } from "../graph/operators/gather.ts";
import { matMul } from "../graph/operators/matMul.ts";
import { greater, maximum } from "../graph/operators/select.ts";
import { logSoftmax, softmax } from "../graph/operators/softmax.ts";
import { input } from "../graph/operators/source.ts";
import type { Dimension } from "../graph/shape.ts";
import type { Tensor } from "../graph/tensor.ts";
import type { Attention, GivenWeights, Memory } from "../nn/attention.ts";
import { positionsOf } from "../nn/attention.ts";
import type { DropoutMask } from "../nn/dropout.ts";
import { Dropout } from "../nn/dropout.ts";
import { alignmentLoss } from "../nn/guidedAlignment.ts";
import { crossEntropy, outputLogits } from "../nn/loss.ts";
import type { ParameterSpecification } from "../nn/parameters.ts";
import { Parameters } from "../nn/parameters.ts";
import { prefixed } from "../nn/record.ts";
import { scoreKinds } from "../nn/scores/kinds.ts";
import type { FloatDtype } from "../tensor/dtype.ts";
import { summarySize } from "./bridge.ts";
import { constrain } from "./constraints.ts";
import type { SourceSide } from "./decoder.ts";
import { stateSizes } from "./decoderLayers.ts";
import { Model } from "./model.ts";
import type { ModelSizes } from "./modelConfiguration.ts";
import { hasSummary, memorySize } from "./modelConfiguration.ts";
import { ModelParts } from "./parts.ts";

/** Named tensors to compute. */
export type Outputs = Record<string, Tensor>;

/** The graph of a training step. */
export interface TrainingGraph {
  /** `loss`, `log_probability`, and `gradient.NAME` for each parameter that is not frozen. */
  readonly outputs: Outputs;
  readonly parameters: readonly ParameterSpecification[];
  /** Random inputs to draw for each batch. */
  readonly masks: readonly DropoutMask[];
}

/** What a training graph is made for. */
export interface TrainingGraphOptions {
  readonly dtype?: FloatDtype;
  readonly labelSmoothing?: number;
  /** Whether attention is taught links from outside. */
  readonly guidedAlignment?: boolean;
  /** Parameters that stay as they are, and so need no gradient. */
  readonly frozen?: readonly string[];
}

/** Inputs of a batch: padded ids time-major, perhaps features, and where its real target tokens are. */
export function batchInputs(
  { sourceInput, sourceFeatures }: ModelSizes,
  dtype: FloatDtype = "float32",
): Record<"source" | "targetIn" | "positions" | "targets", Tensor> & { features: Tensor | null } {
  const rows = ["source", "batch", sourceFeatures];
  return {
    source: input("source", "int32", ["source", "batch"]),
    features: sourceInput === "features" ? input("source_features", dtype, rows) : null,
    targetIn: input("target_in", "int32", ["target", "batch"]),
    positions: input("positions", "int32", ["tokens"]),
    targets: input("targets", "int32", ["tokens"]),
  };
}

/**
 * One training step without the update. Inputs: `source` `[source, batch]`, `target_in`
 * `[target, batch]`, and of the target tokens that are not padding their `positions` in
 * `[target*batch]` and their ids, `targets`; `scale`, by which the tokens' losses are multiplied; the
 * dropout masks; the parameters. With guided alignment also `alignment` `[target, batch, source]`, the links
 * as `alignmentLoss` takes them, and `alignment_scale`, by which that loss is multiplied before it is added.
 * Where the model reads features, `source` are places and `source_features` `[source, batch, size]` what
 * stands there.
 */
export function trainingGraph(
  sizes: ModelSizes,
  options: TrainingGraphOptions = {},
): TrainingGraph {
  const parameters = new Parameters(options.dtype ?? "float32");
  const dropout = new Dropout(sizes.dropout);
  const model = new Model(sizes, parameters, dropout);
  const { source, features, targetIn, positions, targets } = batchInputs(sizes, parameters.dtype);
  const { readout, weights } = model.decode(targetIn, model.encode(source, null, features));
  const rows = gather(flatten(readout), positions);
  const { loss, logProbability } = crossEntropy(
    rows,
    model.outputLayer(),
    targets,
    options.labelSmoothing,
  );
  let total = multiply(reduceSum(loss), input("scale", parameters.dtype, []));
  if (options.guidedAlignment && weights) {
    const links = input("alignment", parameters.dtype, weights.shape);
    const scale = input("alignment_scale", parameters.dtype, []);
    total = add(total, multiply(alignmentLoss(weights, links), scale));
  }
  const specifications = parameters.list();
  const trained = specifications.filter(({ name }) => !options.frozen?.includes(name));
  const gradients = gradient(
    total,
    trained.map(({ name }) => parameters.tensor(name)),
  );
  const outputs: Outputs = { loss: total, log_probability: reduceSum(logProbability) };
  trained.forEach(({ name }, index) => {
    outputs[`gradient.${name}`] = gradients[index] as Tensor;
  });
  return { outputs, parameters: specifications, masks: dropout.masks };
}

/** Parameters of a model, in the order in which training asks for them. */
export function parametersOf(sizes: ModelSizes): ParameterSpecification[] {
  const parameters = new Parameters("float32");
  const model = new Model(sizes, parameters, new Dropout(0));
  const { source, features, targetIn } = batchInputs(sizes);
  model.decode(targetIn, model.encode(source, null, features));
  model.outputLayer();
  return parameters.list();
}

/**
 * Forced decoding: `log_probability` `[tokens]` of each given target token, or if asked in its place
 * `token_logits` `[tokens, vocabulary]`; `logits` `[target, batch, vocabulary]` if asked, and `attention` `[target, batch, source]` where there is any.
 */
export function scoringGraph(
  sizes: ModelSizes,
  options: {
    readonly dtype?: FloatDtype;
    readonly logits?: boolean;
    readonly tokenLogits?: boolean;
  } = {},
): Outputs {
  const parameters = new Parameters(options.dtype ?? "float32");
  const model = new Model(sizes, parameters, new Dropout(0));
  const { source, features, targetIn, positions, targets } = batchInputs(sizes, parameters.dtype);
  const { readout, weights } = model.decode(targetIn, model.encode(source, null, features));
  const layer = model.outputLayer();
  const rows = gather(flatten(readout), positions);
  const tokenLogits = outputLogits(rows, layer);
  const outputs: Outputs = options.tokenLogits
    ? { token_logits: tokenLogits }
    : { log_probability: pick(logSoftmax(tokenLogits), targets) };
  if (weights) outputs["attention"] = weights;
  if (options.logits) {
    const [time, batch] = targetIn.shape as [Dimension, Dimension];
    const logits = outputLogits(flatten(readout), layer);
    outputs["logits"] = reshape(logits, [time, batch, sizes.targetVocabulary]);
  }
  return outputs;
}

/** The encoder's graph, as asked for. */
export interface EncoderGraphOptions {
  /** Whether the named tensors of every step are outputs too. */
  readonly record?: boolean;
}

/**
 * The encoder by itself: `state.N` `[batch, 1, size]`; with attention `memory` and `keys`; with a fixed
 * context in its place `summary` `[batch, 1, size]`.
 *
 * If asked, also what it computed on the way: `record.source_embedding` `[source, batch, embedding]`, and
 * before it `record.projected_features` where the model reads features;
 * what each layer's cells record, `record.encoder.0.forward.input_gate` or `record.encoder.1.input_gate`
 * `[source, batch, hidden]`; and with attention `record.keys`, the keys with a row for each encoder step,
 * `[batch, source, units]`. Time is the encoder's own, which begins at the end of a reversed sentence.
 */
export function encoderGraph(
  sizes: ModelSizes,
  { record = false }: EncoderGraphOptions = {},
): Outputs {
  const model = new Model(sizes, new Parameters("float32"), new Dropout(0));
  const recorded: Outputs | null = record ? {} : null;
  const { source, features } = batchInputs(sizes);
  const { memory, summary, states } = model.encode(source, recorded, features);
  const outputs: Outputs = {};
  states.forEach((state, index) => {
    outputs[`state.${index}`] = state;
  });
  if (memory) {
    outputs["memory"] = memory.values;
    outputs["keys"] = memory.keys;
    if (recorded) recorded["keys"] = (model.attention as Attention).keyRows(memory.keys);
  }
  if (summary) outputs["summary"] = summary;
  return { ...outputs, ...prefixed("record.", recorded ?? {}) };
}

/** A decoder step's graph, as asked for. */
export interface StepGraphOptions {
  /** How many tokens of each hypothesis are wanted; 0 for all log-probabilities, null for the logits. */
  readonly candidates: number | null;
  /** Whether hypotheses have rules of their own: see `constrain`. */
  readonly constrained?: boolean;
  /** Whether the named tensors of the step are outputs too. */
  readonly record?: boolean;
  /** Whether attention weights can be given from outside. */
  readonly given?: boolean;
}

/** A decoder step as beam search calls it. */
export interface StepGraph {
  readonly outputs: Outputs;
  /** Names of the steps' intermediate values, each an output `record.NAME` if they were asked for. */
  readonly records: readonly string[];
}

/**
 * One decoder step for `beam` hypotheses of each sentence.
 *
 * Inputs: `token` int32 `[batch, beam]`; `state.N` `[sentences_before, parents, size]` of the step
 * before, which may have had more sentences; `parent` int32 `[batch*beam]`, the row of
 * `[sentences_before*parents]` that each hypothesis continues; `source_mask` int32 `[batch, 1, source]`;
 * `memory` and `keys`, or `summary`, as the encoder gives them; `forbidden`, and for each hypothesis
 * `blocked` and `forced`, as `constrain` takes them.
 * Outputs: `next.N`; `values` and `tokens` (int64) `[batch, beam, candidates]`, the most probable
 * tokens with their log-probabilities, or `log_probabilities` or `logits` `[batch, beam, vocabulary]`;
 * `attention` `[batch, beam, source]`.
 *
 * If recorded, also `record.NAME` of each named tensor `[batch, beam, …]`; of what the output layer
 * yields, nothing being forbidden, `record.logits`, `record.log_probabilities` and `probabilities`
 * `[batch, beam, vocabulary]`, and `likely` (int64) `[batch, beam, 20]`, the most probable tokens.
 *
 * If attention can be given, two more inputs: `is_given` int32 `[batch, beam, 1]`, and
 * `given_weights` `[batch, beam, source]`, which where that is 1 take the place of the softmax.
 */
export function stepGraph(
  sizes: ModelSizes,
  { candidates, constrained = false, record = false, given = false }: StepGraphOptions,
): StepGraph {
  const parameters = new Parameters("float32");
  const model = new Model(sizes, parameters, new Dropout(0));
  const token = input("token", "int32", ["batch", "beam"]);
  const parent = input("parent", "int32", ["batch*beam"]);
  const states = stateSizes(sizes).map((size, index) => {
    const before = input(`state.${index}`, "float32", ["sentences_before", "parents", size]);
    return reshape(gather(flatten(before), parent), ["batch", "beam", size]);
  });
  const side: SourceSide = {
    memory: memoryInputs(sizes, given),
    summary: hasSummary(sizes)
      ? input("summary", "float32", ["batch", 1, summarySize(sizes)])
      : null,
  };
  const embedded = model.embed("target", token);
  const step = model.decoder.step(model.drive(embedded), states, side);
  const finished: Outputs = {};
  const { readout, attention } = model.readoutOf(step, embedded, side, finished);
  const logits = outputLogits(readout, model.outputLayer());
  const outputs: Outputs = {};
  step.states.forEach((state, index) => {
    outputs[`next.${index}`] = state;
  });
  if (attention) outputs["attention"] = attention.weights;
  if (candidates === null) return { outputs: { ...outputs, logits }, records: [] };
  const free = logSoftmax(logits);
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
  const records: Outputs = {
    embedding: embedded,
    ...step.record,
    ...finished,
    ...{ readout, logits, log_probabilities: free },
  };
  Object.assign(outputs, prefixed("record.", records), {
    probabilities: softmax(logits),
    likely: topK(free, Math.min(likelyTokens, sizes.targetVocabulary)).indices,
  });
  return { outputs, records: Object.keys(records) };
}

/** How many tokens a recorded step names as the most probable ones. */
const likelyTokens = 20;

function memoryInputs(sizes: ModelSizes, canBeGiven: boolean): Memory | null {
  if (sizes.attention === "none") return null;
  const memory = memorySize(sizes);
  const keyAxes = scoreKinds[sizes.attention].keyAxes({
    ...{ query: sizes.hidden, memory },
    ...{ hidden: sizes.attentionHidden, locations: sizes.locations },
  });
  const mask = greater(input("source_mask", "int32", ["batch", 1, "source"]), 0);
  const given = (): GivenWeights => ({
    weights: input("given_weights", "float32", ["batch", "beam", "source"]),
    isGiven: greater(input("is_given", "int32", ["batch", "beam", 1]), 0),
  });
  return {
    values: input("memory", "float32", ["batch", "source", memory]),
    keys: input("keys", "float32", ["batch", ...keyAxes]),
    mask,
    ...positionsOf(mask, "float32", sizes.reverseSource),
    ...(canBeGiven && { given: given() }),
  };
}

/**
 * The rows of an embedding table that lie nearest to a sum of rows, by the cosine of the angle.
 *
 * Inputs: `ids` int32 `[terms]`, and `signs` float32 `[terms, 1]`, what each row is multiplied by. Outputs:
 * `similarities` `[rows]`, falling, and their rows' `nearest` (int64) `[rows]`. The rows of the sum are among them.
 */
export function nearestGraph(sizes: ModelSizes, side: "source" | "target", rows: number): Outputs {
  const parts = new ModelParts(sizes, new Parameters("float32"), new Dropout(0));
  const table = parts.embeddings(side);
  const [size] = table.shape as [number, number];
  const terms = gather(table, input("ids", "int32", ["terms"]));
  const sum = reduceSum(multiply(terms, input("signs", "float32", ["terms", 1])), 0, true);
  const cosines = matMul(unitRows(sum), swapLastAxes(unitRows(table)));
  const { values, indices } = topK(reshape(cosines, [size]), Math.min(rows, size));
  return { similarities: values, nearest: indices };
}

/** Rows of length 1 in the directions of those of x; zero where those are. */
function unitRows(x: Tensor): Tensor {
  const lengths = sqrt(reduceSum(multiply(x, x), -1, true));
  return divide(x, maximum(lengths, 1e-12));
}
