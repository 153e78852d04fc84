/** @file A model traced for each of its uses. All of them come from the one definition in `model.ts`. */

import { gradient } from "../graph/gradient.ts";
import { flatten, reduceSum, reshape } from "../graph/operators/broadcast.ts";
import { add, multiply } from "../graph/operators/elementwise.ts";
import { gather, pick, topK } from "../graph/operators/gather.ts";
import { greater } from "../graph/operators/select.ts";
import { logSoftmax } from "../graph/operators/softmax.ts";
import { input } from "../graph/operators/source.ts";
import type { Dimension } from "../graph/shape.ts";
import type { Tensor } from "../graph/tensor.ts";
import type { Memory } from "../nn/attention.ts";
import type { DropoutMask } from "../nn/dropout.ts";
import { Dropout } from "../nn/dropout.ts";
import { crossEntropy, outputLogits } from "../nn/loss.ts";
import type { ParameterSpecification } from "../nn/parameters.ts";
import { Parameters } from "../nn/parameters.ts";
import type { FloatDtype } from "../tensor/dtype.ts";
import type { ModelSizes } from "./configuration.ts";
import { Model } from "./model.ts";

/** Named tensors to compute. */
export type Outputs = Record<string, Tensor>;

/** The graph of a training step. */
export interface TrainingGraph {
  /** `loss`, `log_probability`, and `gradient.NAME` for each parameter. */
  readonly outputs: Outputs;
  readonly parameters: readonly ParameterSpecification[];
  /** Random inputs to draw for each batch. */
  readonly masks: readonly DropoutMask[];
}

/** What a training graph is made for. */
export interface TrainingGraphOptions {
  readonly dtype?: FloatDtype;
  readonly labelSmoothing?: number;
}

/** Inputs of a batch: padded ids time-major, and where its real target tokens are. */
function batchInputs(): { source: Tensor; targetIn: Tensor; positions: Tensor; targets: Tensor } {
  return {
    source: input("source", "int32", ["source", "batch"]),
    targetIn: input("target_in", "int32", ["target", "batch"]),
    positions: input("positions", "int32", ["tokens"]),
    targets: input("targets", "int32", ["tokens"]),
  };
}

/**
 * One training step without the update. Inputs: `source` `[source, batch]`, `target_in`
 * `[target, batch]`, and of the target tokens that are not padding their `positions` in
 * `[target*batch]` and their ids, `targets`; `scale`, by which the tokens' losses are multiplied; the
 * dropout masks; the parameters.
 */
export function trainingGraph(
  sizes: ModelSizes,
  options: TrainingGraphOptions = {},
): TrainingGraph {
  const parameters = new Parameters(options.dtype ?? "float32");
  const dropout = new Dropout(sizes.dropout);
  const model = new Model(sizes, parameters, dropout);
  const { source, targetIn, positions, targets } = batchInputs();
  const { readout } = model.decode(targetIn, model.encode(source));
  const rows = gather(flatten(readout), positions);
  const { loss, logProbability } = crossEntropy(
    rows,
    model.outputLayer(),
    targets,
    options.labelSmoothing,
  );
  const total = multiply(reduceSum(loss), input("scale", parameters.dtype, []));
  const specifications = parameters.list();
  const gradients = gradient(
    total,
    specifications.map(({ name }) => parameters.tensor(name)),
  );
  const outputs: Outputs = { loss: total, log_probability: reduceSum(logProbability) };
  specifications.forEach(({ name }, index) => {
    outputs[`gradient.${name}`] = gradients[index] as Tensor;
  });
  return { outputs, parameters: specifications, masks: dropout.masks };
}

/** Parameters of a model, in the order in which training asks for them. */
export function parametersOf(sizes: ModelSizes): ParameterSpecification[] {
  const parameters = new Parameters("float32");
  const model = new Model(sizes, parameters, new Dropout(0));
  const { source, targetIn } = batchInputs();
  model.decode(targetIn, model.encode(source));
  model.outputLayer();
  return parameters.list();
}

/**
 * Forced decoding: `log_probability` `[tokens]` of each given target token, `logits`
 * `[target, batch, vocabulary]` if asked, and `attention` `[target, batch, source]` where there is any.
 */
export function scoringGraph(
  sizes: ModelSizes,
  options: { readonly dtype?: FloatDtype; readonly logits?: boolean } = {},
): Outputs {
  const parameters = new Parameters(options.dtype ?? "float32");
  const model = new Model(sizes, parameters, new Dropout(0));
  const { source, targetIn, positions, targets } = batchInputs();
  const { readout, weights } = model.decode(targetIn, model.encode(source));
  const layer = model.outputLayer();
  const rows = gather(flatten(readout), positions);
  const outputs: Outputs = {
    log_probability: pick(logSoftmax(outputLogits(rows, layer)), targets),
  };
  if (weights) outputs["attention"] = weights;
  if (options.logits) {
    const [time, batch] = targetIn.shape as [Dimension, Dimension];
    const logits = outputLogits(flatten(readout), layer);
    outputs["logits"] = reshape(logits, [time, batch, sizes.targetVocabulary]);
  }
  return outputs;
}

/** The encoder by itself: `state.N` `[batch, 1, hidden]`, and `memory`, `keys` with attention. */
export function encoderGraph(sizes: ModelSizes): Outputs {
  const model = new Model(sizes, new Parameters("float32"), new Dropout(0));
  const { memory, states } = model.encode(batchInputs().source);
  const outputs: Outputs = {};
  states.forEach((state, index) => {
    outputs[`state.${index}`] = state;
  });
  if (memory) {
    outputs["memory"] = memory.values;
    outputs["keys"] = memory.keys;
  }
  return outputs;
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
 * Inputs: `token` int32 `[batch, beam]`; `state.N` `[sentences_before, parents, hidden]` of the step
 * before, which may have had more sentences; `parent` int32 `[batch*beam]`, the row of
 * `[sentences_before*parents]` that each hypothesis continues; `source_mask` int32 `[batch, 1, source]`;
 * `memory` and `keys` as the encoder gives them; `forbidden` float `[vocabulary]`, which is added to the
 * log-probabilities, so that what is forbidden takes part in the softmax as it does in training.
 * Outputs: `next.N`; `values` and `tokens` (int64) `[batch, beam, candidates]`, the most probable
 * tokens with their log-probabilities; `attention` `[batch, beam, source]`.
 *
 * @param candidates how many tokens of each hypothesis are wanted; 0 for all log-probabilities.
 */
export function stepGraph(
  sizes: ModelSizes,
  { candidates, record = false }: { readonly candidates: number; readonly record?: boolean },
): StepGraph {
  const parameters = new Parameters("float32");
  const model = new Model(sizes, parameters, new Dropout(0));
  const token = input("token", "int32", ["batch", "beam"]);
  const parent = input("parent", "int32", ["batch*beam"]);
  const states = Array.from({ length: model.stateCount }, (_, index) => {
    const shape = ["sentences_before", "parents", sizes.hidden];
    const before = input(`state.${index}`, "float32", shape);
    return reshape(gather(flatten(before), parent), ["batch", "beam", sizes.hidden]);
  });
  const memory = memoryInputs(sizes, model);
  const embedded = model.embed("target", token);
  const step = model.step(model.drive(embedded), states, memory);
  const finished: Outputs = {};
  const { readout, attention } = step.readout
    ? { readout: step.readout, attention: step.attention }
    : model.finish(step.features, embedded, memory, finished);
  const logits = outputLogits(readout, model.outputLayer());
  const forbidden = input("forbidden", "float32", [sizes.targetVocabulary]);
  const logProbabilities = add(logSoftmax(logits), forbidden);
  const outputs: Outputs = {};
  step.states.forEach((state, index) => {
    outputs[`next.${index}`] = state;
  });
  const looked = attention ?? step.attention;
  if (looked) outputs["attention"] = looked.weights;
  if (candidates > 0) {
    const top = topK(logProbabilities, candidates);
    outputs["values"] = top.values;
    outputs["tokens"] = top.indices;
  } else {
    outputs["log_probabilities"] = logProbabilities;
  }
  const records = record
    ? Object.entries({ ...step.record, ...finished, embedding: embedded, readout, logits })
    : [];
  for (const [name, tensor] of records) outputs[`record.${name}`] = tensor;
  return { outputs, records: records.map(([name]) => name) };
}

function memoryInputs(sizes: ModelSizes, model: Model): Memory | null {
  if (sizes.attention === "none") return null;
  const size = model.memorySize;
  const keys = {
    dot: ["batch", size, "source"],
    general: ["batch", sizes.hidden, "source"],
    concat: ["batch", "source", sizes.attentionHidden],
    additive: ["batch", "source", sizes.attentionHidden],
  }[sizes.attention];
  return {
    values: input("memory", "float32", ["batch", "source", size]),
    keys: input("keys", "float32", keys),
    mask: greater(input("source_mask", "int32", ["batch", 1, "source"]), 0),
  };
}
