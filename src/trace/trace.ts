import { forbiddenValue, sourceValue } from "../decoding/batchState.ts";
import type { BeamStep } from "../decoding/beam.ts";
import type { InferenceModel } from "../decoding/inferenceModel.ts";
import { search } from "../decoding/search.ts";
import type { SearchOptions } from "../decoding/searchOptions.ts";
import { endId, startId } from "../models/specialIds.ts";
import type { TensorValue } from "../tensor/value.ts";
import { numbersOf, tensorValue } from "../tensor/value.ts";
import type { TextTokenizer } from "../text/tokenizer.ts";

/** Numbers with their shape, row-major, as JSON. */
export interface TracedTensor {
  readonly shape: readonly number[];
  readonly data: readonly number[];
}

/** What was considered at one step of the search; tokens by their spelling. */
export interface TracedSearchStep {
  readonly candidates: readonly {
    /** Which of the running hypotheses it continues. */
    readonly parent: number;
    readonly token: string;
    readonly logProbability: number;
    /** Σ log p with the token. */
    readonly sum: number;
    readonly fate: string;
  }[];
}

/**
 * The record of one translation: plain data with a version, made of named tensors of the graph that
 * translates. All numbers are the model's own.
 */
export interface Trace {
  readonly format: "seq2see-trace";
  readonly version: 1;
  readonly source: { readonly text: string; readonly tokens: readonly string[] };
  /** The best translations, best first; tensors are recorded for the first. */
  readonly hypotheses: readonly {
    readonly text: string;
    readonly tokens: readonly string[];
    readonly logProbability: number;
    readonly score: number;
    readonly finished: boolean;
  }[];
  readonly search: readonly TracedSearchStep[];
  /** What the encoder hands over: `memory` `[source, size]`, and the decoder's first states. */
  readonly encoder: Readonly<Record<string, TracedTensor>>;
  /** For each token of the best translation and its end: the decoder's named tensors. */
  readonly steps: readonly {
    /** The token that the step was given, and the one that came of it. */
    readonly input: string;
    readonly output: string;
    readonly tensors: Readonly<Record<string, TracedTensor>>;
  }[];
}

/**
 * Translates a text and records how.
 *
 * @throws UserError if an option is out of range.
 */
export async function traceTranslation(
  model: InferenceModel,
  source: TextTokenizer,
  target: TextTokenizer,
  text: string,
  options: SearchOptions = {},
): Promise<Trace> {
  const encoding = source.encode(text);
  const observed: BeamStep[] = [];
  const [hypotheses = []] = await search(model, [encoding.ids], {
    ...options,
    observe: (_, step) => observed.push(step),
  });
  const [best] = hypotheses;
  const outputs =
    best && encoding.ids.length > 0 ? [...best.ids, ...(best.finished ? [endId] : [])] : [];
  const recorded = await recordSteps(model, encoding.ids, outputs);
  return {
    format: "seq2see-trace",
    version: 1,
    source: { text, tokens: encoding.tokens },
    hypotheses: hypotheses.map(({ ids, logProbability, score, finished }) => ({
      text: target.decode(ids),
      tokens: ids.map((id) => target.tokenOf(id)),
      ...{ logProbability, score, finished },
    })),
    search: observed.map(({ candidates }) => ({
      candidates: candidates.map(({ parent, token, logProbability, sum, fate }) => ({
        ...{ parent, token: target.tokenOf(token), logProbability, sum, fate },
      })),
    })),
    encoder: recorded.encoder,
    steps: recorded.steps.map((tensors, index) => ({
      input: target.tokenOf(index === 0 ? startId : (outputs[index - 1] as number)),
      output: target.tokenOf(outputs[index] as number),
      tensors,
    })),
  };
}

/** Runs the decoder along given tokens and takes down what it computes. */
async function recordSteps(
  model: InferenceModel,
  source: readonly number[],
  outputs: readonly number[],
): Promise<Pick<Trace, "encoder"> & { steps: Record<string, TracedTensor>[] }> {
  if (outputs.length === 0) return { encoder: {}, steps: [] };
  const encoded = await model.encode(sourceValue([source], model.sizes.reverseSource));
  const encoder: Record<string, TracedTensor> = {};
  const { memory } = encoded.memory;
  if (memory) encoder["memory"] = traced(memory, 1);
  encoded.states.forEach((state, index) => {
    encoder[`state.${index}`] = traced(state, 2);
  });
  const forbidden = forbiddenValue(model.sizes, { unknown: false, end: false });
  const parent = tensorValue("int32", [1], 0);
  let { states } = encoded;
  const steps: Record<string, TracedTensor>[] = [];
  for (let index = 0; index < outputs.length; index++) {
    const token = tensorValue(
      "int32",
      [1, 1],
      [index === 0 ? startId : (outputs[index - 1] as number)],
    );
    const values = await model.record({ token, parent, states, memory: encoded.memory, forbidden });
    states = states.map((_, at) => values[`next.${at}`] as TensorValue);
    const tensors: Record<string, TracedTensor> = {};
    for (const [name, value] of Object.entries(values)) {
      if (name.startsWith("record.")) tensors[name.slice(7)] = traced(value, 2);
    }
    tensors["log_probabilities"] = traced(values["log_probabilities"] as TensorValue, 2);
    steps.push(tensors);
  }
  return { encoder, steps };
}

/** A value without its first axes, which are all 1. */
function traced(value: TensorValue, axes: number): TracedTensor {
  return { shape: value.shape.slice(axes), data: numbersOf(value) };
}
