/** @file The record of one translation as plain data. `docs/trace.md` tells what each field means. */

import type { Fate } from "../decoding/beam.ts";
import type { SearchSettings } from "../decoding/options.ts";
import type { ModelSizes } from "../models/configuration.ts";
import type { WordSpan } from "../text/tokenizer.ts";
import type { TensorGroup } from "./tensorGroups.ts";

/** Numbers with their shape, row-major: a Float32Array in memory, an array in JSON. */
export interface TracedTensor {
  readonly shape: readonly number[];
  readonly data: ArrayLike<number>;
}

/** Tensors by name, such as `decoder.0.input_gate`. */
export type TracedTensors = Readonly<Record<string, TracedTensor>>;

/** Where the features of a source come from. */
export interface TracedFeatures {
  /** The file, as it was named. */
  readonly file: string;
  /** The grid by which a picture was cut, in whose reading order the patches are; null if it was none. */
  readonly grid: { readonly rows: number; readonly columns: number } | null;
  /** Width and height of the picture, in pixels. */
  readonly picture: { readonly width: number; readonly height: number } | null;
}

/** The text that was translated, and how it was cut; or features, whose places are tokens. */
export interface TracedSource {
  /** Absent where the source is a text. */
  readonly features?: TracedFeatures;
  readonly text: string;
  readonly tokens: readonly string[];
  readonly ids: readonly number[];
  /** Which tokens, from `start` to before `end`, belong to which word of the text. */
  readonly words: readonly WordSpan[];
}

/** A translation that was found, or that was asked for. */
export interface TracedHypothesis {
  readonly text: string;
  /** Without start and end. */
  readonly tokens: readonly string[];
  readonly ids: readonly number[];
  /** log p of the whole, in nats: the sum of {@link logProbabilities}. */
  readonly logProbability: number;
  /** log p of each token and, if the hypothesis is finished, of the end. */
  readonly logProbabilities: readonly number[];
  /** What hypotheses are ranked by. */
  readonly score: number;
  /** Whether it came to its end; otherwise it was cut at the maximum length. */
  readonly finished: boolean;
}

/** A token that the search considered at a step. */
export interface TracedExtension {
  /** Which hypothesis it would extend: its rank among those that ran before the step, from 0. */
  readonly parent: number;
  readonly token: string;
  readonly id: number;
  /** log p of the token given those before it, in nats. */
  readonly logProbability: number;
  /** Σ log p up to and with the token. */
  readonly sum: number;
  readonly fate: Fate;
}

/** A step of the beam search. */
export interface TracedSearchStep {
  /** How many tokens the hypotheses had before it. */
  readonly length: number;
  /** Best first. Those whose fate is `running` are, in this order, the parents of the next step. */
  readonly candidates: readonly TracedExtension[];
  /** Whether the search ended with it. */
  readonly isDone: boolean;
}

/** How the translation was made; the beam is 1 where there was no search. */
export interface TracedOptions extends SearchSettings {
  readonly maxLength: number;
  /** Which of the hypotheses the steps are those of. */
  readonly hypothesis: number;
  /** The groups of tensors that are recorded; all if it is left out. */
  readonly tensors?: readonly TensorGroup[];
}

/** What the encoder computed. Rows of its tensors are in the order of the sentence. */
export interface TracedEncoder {
  /** For each encoder step, the position of the token that it read. */
  readonly order: readonly number[];
  readonly tensors: TracedTensors;
}

/** A token that the output layer considered at a step. */
export interface TracedCandidate {
  readonly token: string;
  readonly id: number;
  readonly logit: number;
  readonly probability: number;
  /** In nats. */
  readonly logProbability: number;
}

/** One step of the decoder. */
export interface TracedStep {
  /** The token that the step was given: the start symbol, then the output before. */
  readonly input: string;
  readonly inputId: number;
  /** The token that came of it. */
  readonly output: string;
  readonly outputId: number;
  readonly tensors: TracedTensors;
  /** The most probable tokens, best first; and the output, at the end if it is none of them. */
  readonly candidates: readonly TracedCandidate[];
  /** Whether the output was given from outside. */
  readonly isForced: boolean;
  /** Whether the attention weights were given from outside. */
  readonly hasGivenAttention: boolean;
}

/**
 * The record of one translation, made of named tensors of the graph that translates. All numbers are the
 * model's own.
 */
export interface Trace {
  readonly format: "seq2see-trace";
  readonly version: 3;
  readonly model: ModelSizes;
  readonly source: TracedSource;
  /** Best first. */
  readonly hypotheses: readonly TracedHypothesis[];
  /** Empty where tokens or attention were given from outside. */
  readonly search: readonly TracedSearchStep[];
  readonly options: TracedOptions;
  readonly encoder: TracedEncoder;
  /** One for each token of the recorded hypothesis and, if it is finished, one for its end. */
  readonly steps: readonly TracedStep[];
}
