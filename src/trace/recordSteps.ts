import { forbiddenValue } from "../decoding/batchState.ts";
import type { InferenceModel, RecordedStep } from "../decoding/inferenceModel.ts";
import type { EncodedBatch } from "../decoding/searchModel.ts";
import { UserError } from "../tensor/errors.ts";
import { endId, startId } from "../tensor/specialIds.ts";
import type { TensorValue } from "../tensor/value.ts";
import { numbersOf, tensorValue } from "../tensor/value.ts";
import type { TextTokenizer } from "../text/tokenizer.ts";
import { inSentenceOrder, withoutAxes } from "./recordEncoder.ts";
import type { TracedCandidate, TracedStep, TracedTensor } from "./trace.ts";
import type { Given } from "./traceOptions.ts";

/** How the decoder is run. */
export interface StepsPlan extends Given {
  /** Whether the outputs come from outside, and not from the model's own search. */
  readonly isForced: boolean;
  /** Where decoding that goes on by itself is cut, and where it may not end yet. */
  readonly maxLength: number;
  readonly minLength: number;
  readonly forbidUnknown: boolean;
  /** Ends the work between two steps. */
  readonly signal?: AbortSignal | undefined;
}

/**
 * Runs the decoder along a plan and takes down what it computes. Where no output is given, the most
 * probable one is taken, as a search with a beam of 1 does.
 */
export async function recordSteps(
  { model, target }: { readonly model: InferenceModel; readonly target: TextTokenizer },
  encoded: EncodedBatch,
  sourceLength: number,
  plan: StepsPlan,
): Promise<TracedStep[]> {
  const unknown = plan.forbidUnknown;
  const forbidden = forbiddenValue(model.sizes, { unknown, end: false });
  const forbiddenWithEnd = forbiddenValue(model.sizes, { unknown, end: true });
  const parent = tensorValue("int32", [1], 0);
  const { memory } = encoded;
  let { states } = encoded;
  const steps: TracedStep[] = [];
  let inputId = startId;
  while (plan.goesOn || steps.length < plan.outputs.length) {
    plan.signal?.throwIfAborted();
    const at = steps.length;
    const weights = plan.attention.get(at);
    const feeds = {
      parent,
      states,
      memory,
      token: tensorValue("int32", [1, 1], inputId),
      forbidden: at < plan.minLength ? forbiddenWithEnd : forbidden,
    };
    const step = await model.record(feeds, weights ? weightsValue(weights, encoded, model) : null);
    const given = plan.outputs[at];
    const outputId = given ?? (numbersOf(step.outputs["tokens"] as TensorValue)[0] as number);
    // Where a search is cut, only the end may come.
    if (given === undefined && at >= plan.maxLength && outputId !== endId) break;
    steps.push({
      input: target.tokenOf(inputId),
      inputId,
      output: target.tokenOf(outputId),
      outputId,
      tensors: tensorsOf(step, sourceLength, model.sizes.reverseSource, weights !== undefined),
      candidates: candidatesOf(step, outputId, target),
      isForced: plan.isForced && given !== undefined,
      hasGivenAttention: weights !== undefined,
    });
    if (outputId === endId) break;
    states = step.states;
    inputId = outputId;
  }
  return steps;
}

/** `[1, 1, source]`, padded as the memory is, of weights in the order of the sentence. */
function weightsValue(
  weights: ArrayLike<number>,
  { memory }: EncodedBatch,
  model: InferenceModel,
): TensorValue {
  const read = Array.from(weights);
  if (model.sizes.reverseSource) read.reverse();
  const value = tensorValue("float32", memory["source_mask"]?.shape ?? [1, 1, read.length], 0);
  (value.data as Float32Array).set(read);
  return value;
}

/** What belongs to source tokens. */
const overSource = new Set([
  "attention.scores",
  "attention.aligned",
  "attention.own_weights",
  "attention.weights",
]);

function tensorsOf(
  { record }: RecordedStep,
  sourceLength: number,
  isReversed: boolean,
  isGiven: boolean,
): Record<string, TracedTensor> {
  const tensors: Record<string, TracedTensor> = {};
  for (const [name, value] of Object.entries(record)) {
    // They are the weights, unless others are given.
    if (name === "attention.own_weights" && !isGiven) continue;
    const tensor = withoutAxes(value, 2);
    tensors[name] = overSource.has(name)
      ? inSentenceOrder(tensor, sourceLength, isReversed)
      : tensor;
  }
  return tensors;
}

function candidatesOf(
  { outputs, record }: RecordedStep,
  outputId: number,
  target: TextTokenizer,
): TracedCandidate[] {
  const dataOf = (value: TensorValue | undefined) => (value as TensorValue).data as Float32Array;
  const logits = dataOf(record["logits"]);
  const logProbabilities = dataOf(record["log_probabilities"]);
  const probabilities = dataOf(outputs["probabilities"]);
  const ids = numbersOf(outputs["likely"] as TensorValue);
  if (!ids.includes(outputId)) ids.push(outputId);
  if (!Number.isFinite(logProbabilities[outputId])) {
    throw new UserError(
      "The model yields log-probabilities that are no numbers; its weights are damaged.",
    );
  }
  return ids.map((id) => ({
    token: target.tokenOf(id),
    id,
    logit: logits[id] as number,
    probability: probabilities[id] as number,
    logProbability: logProbabilities[id] as number,
  }));
}
