/** @file What the page and the engine, which trains in a worker, say to each other. All of it can be cloned. */

import type { DroppedPairs } from "../data/droppedPairs.ts";
import type { WatchedLine } from "../modelFolder/trainingRecords.ts";
import type { TextPair } from "../training/memory/memoryRun.ts";
import type { LabFault } from "./labFault.ts";
import type { TaskPairs } from "./task.ts";

/** The files of a run or of a model, by path. */
export type LabFiles = ReadonlyMap<string, Uint8Array<ArrayBuffer>>;

/** The options of the engine's run, without data, in the form of `MemoryTrainOptions`. */
export type RunOptions = Readonly<Record<string, unknown>>;

/** How fast a run goes on: as fast as it can, or so many steps a second. */
export type Speed = "full" | number;

/** A run to start: a new one, one from the weights of a model, or one to go on with. */
export type Beginning =
  | {
      readonly kind: "new";
      readonly options: RunOptions;
      readonly pairs: TaskPairs;
      /** The files of a model whose weights and vocabularies the run starts from; none by default. */
      readonly from?: LabFiles;
    }
  | {
      readonly kind: "resume";
      readonly files: LabFiles;
      /** What {@link Reply} `keep` gave beside the files. */
      readonly history: History | null;
      /** Held-out pairs, for looks. */
      readonly heldOut: readonly TextPair[];
    };

/** What the page asks; the engine answers each with a {@link Reply}. */
export interface Requests {
  /** Begins, paused before its first step. A new one replaces the former. */
  begin: { readonly beginning: Beginning; readonly watched: readonly string[] };
  go: { readonly speed: Speed };
  pause: Record<string, never>;
  /** Takes one step and shows all of it; the run is paused then. */
  step: Record<string, never>;
  /** Changes the sources that are watched; the answer has them at all checkpoints. */
  watch: { readonly sources: readonly string[] };
  /**
   * Parameters at the kept checkpoint that is nearest to `step`, which the answer names; without `step`, as they are now,
   * with the gradients of the last step.
   */
  weights: { readonly step?: number; readonly names?: readonly string[] };
  /** The files of the model at the nearest checkpoint, as `Seq2Seq.open` reads them; without `step`, as it is now. */
  model: { readonly step?: number };
  /** How some of the checkpoints see given pairs: what a training records of those that it watches. */
  records: { readonly pairs: readonly TextPair[] };
  /** The files of the whole run, which goes on bit for bit from them; and what the lab has seen of it. */
  keep: Record<string, never>;
  end: Record<string, never>;
}

/** The answers to {@link Requests}. */
export interface Replies {
  begin: BegunRun;
  go: null;
  pause: { readonly step: number };
  step: ShownStep;
  watch: { readonly looks: readonly Look[] };
  weights: { readonly step: number; readonly parameters: readonly ShownParameter[] };
  model: { readonly step: number; readonly files: LabFiles };
  records: { readonly lines: readonly WatchedLine[] };
  keep: { readonly step: number; readonly files: LabFiles; readonly history: History };
  end: null;
}

export type RequestName = keyof Requests;

/** A request with its number. */
export type Request = {
  [Name in RequestName]: {
    readonly id: number;
    readonly name: Name;
    readonly given: Requests[Name];
  };
}[RequestName];

/** An answer with the number of its request. */
export type Reply =
  | { readonly kind: "reply"; readonly id: number; readonly result: Replies[RequestName] }
  | { readonly kind: "fault"; readonly id: number; readonly fault: LabFault };

/** What the engine says of its own accord. */
export type LabEvent =
  /** Some steps, at most about 15 times a second. */
  | { readonly kind: "steps"; readonly steps: readonly StepFigures[] }
  | { readonly kind: "look"; readonly look: Look }
  /** A run that cannot go on, such as one whose loss is no longer finite. */
  | { readonly kind: "failed"; readonly fault: LabFault };

/** What is known of a run when it begins. */
export interface BegunRun {
  /** The step it stands at: 0 for a new run. */
  readonly step: number;
  readonly parameterCount: number;
  readonly batchesPerEpoch: number;
  /** The parts whose gradient norms {@link StepFigures} gives, in order: "encoder", "attention", "decoder" and so on. */
  readonly parts: readonly string[];
  readonly parameters: readonly {
    readonly name: string;
    readonly shape: readonly number[];
    readonly part: string;
  }[];
  /** The tokens by their ids: row i of an embedding is the vector of token i. */
  readonly vocabularies: {
    readonly source: readonly string[];
    readonly target: readonly string[];
  };
  /** The held-out pairs whose outputs each look has, in order. */
  readonly shown: readonly TextPair[];
  readonly heldOutCount: number;
  /** Pairs that it does not learn from, such as those that are too long for it. */
  readonly dropped: readonly DroppedPairs[];
  /** What was seen before, of a run that goes on; its checkpoints stay with the engine, so there are none in it. */
  readonly history: History | null;
}

/** The measurements of a step. */
export interface StepFigures {
  readonly step: number;
  /** Mean loss of a target token, in nats, with dropout. */
  readonly loss: number;
  readonly learningRate: number;
  readonly gradientNorm: number;
  /** The norm of the gradient of each part, before clipping; their squares add up to that of `gradientNorm`. */
  readonly partNorms: readonly number[];
  /** Seconds of training so far, pauses and looks left out. */
  readonly seconds: number;
}

/** What a checkpoint does. Between looks the run is not disturbed: they change no bit of it. */
export interface Look {
  readonly step: number;
  readonly seconds: number;
  /** e^(mean loss of a token) on a fixed sample of training pairs, and on the held-out pairs; without dropout. */
  readonly trainPerplexity: number;
  readonly heldOutPerplexity: number;
  /** The share of held-out sources whose whole output, decoded greedily, is right: 0 to 1. */
  readonly right: number;
  /** The outputs for {@link BegunRun.shown}. */
  readonly outputs: readonly string[];
  readonly watched: readonly WatchedSource[];
  /**
   * ‖w − w₀‖ / ‖w₀‖ of each parameter, in the order of {@link BegunRun.parameters}; of one that began as zeros,
   * infinite once it has moved.
   */
  readonly moved: readonly number[];
}

/** What the model does with a source that is watched. */
export interface WatchedSource {
  readonly source: string;
  readonly sourceTokens: readonly string[];
  readonly tokens: readonly string[];
  readonly text: string;
  /**
   * A row for each token and one for the end symbol, with a weight for each source token; null without attention. An output
   * that does not end, and was cut, has no end symbol.
   */
  readonly attention: readonly (readonly number[])[] | null;
  /** log p of each token and of the end symbol. */
  readonly logProbabilities: readonly number[];
}

/** A parameter, to be drawn. */
export interface ShownParameter {
  readonly name: string;
  readonly shape: readonly number[];
  readonly values: Float32Array<ArrayBuffer>;
  /** Of the last step, before clipping; null at an earlier checkpoint. */
  readonly gradient: Float32Array<ArrayBuffer> | null;
}

/** One step in full. */
export interface ShownStep {
  readonly figures: StepFigures;
  readonly pairs: readonly ShownPair[];
  /** The tokens that the loss is divided by. */
  readonly tokenCount: number;
  /** Whether dropout or words of the model's own took part, so that another draw gives other losses. */
  readonly isRandom: boolean;
}

/** A pair of the batch that a step learned from, padding included. */
export interface ShownPair {
  readonly source: string;
  readonly target: string;
  /** In the order of the sentence, with padding after it. */
  readonly sourceTokens: readonly string[];
  /** Whether each place of the batch's width is one of the pair; the others are padding. */
  readonly sourceMask: readonly boolean[];
  /** The decoder's inputs, of which the first is the start symbol, with padding after them. */
  readonly inputTokens: readonly string[];
  /** What it is to say, of which the last is the end symbol, with padding after it. */
  readonly targetTokens: readonly string[];
  readonly targetMask: readonly boolean[];
  /** −log p of each target token, in nats, as in this step's loss; none of padding. */
  readonly losses: readonly number[];
  /** The most probable tokens at the place of each target token, with their probabilities. */
  readonly best: readonly (readonly { readonly token: string; readonly probability: number }[])[];
  /** A row for each target token, with a weight for each of `sourceTokens`; null without attention. */
  readonly attention: readonly (readonly number[])[] | null;
}

/** What the lab has seen of a run: kept with it, and shown again. */
export interface History {
  readonly begun: Omit<BegunRun, "history" | "step">;
  readonly steps: readonly StepFigures[];
  readonly looks: readonly Look[];
  /** The weights of checkpoints, by step: all parameters in the order of {@link BegunRun.parameters}, one after another. */
  readonly checkpoints: ReadonlyMap<number, Float32Array<ArrayBuffer>>;
}

/** Where requests go: a worker, or in tests the engine itself. */
export interface LabPort {
  /** Rejects with a LabError. */
  ask<Name extends RequestName>(name: Name, given: Requests[Name]): Promise<Replies[Name]>;
  /** Called with each event. */
  onEvent: ((event: LabEvent) => void) | null;
  close(): void;
}
