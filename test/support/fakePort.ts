/** @file A port for tests: it notes what is asked, and answers as a run would that takes no time. */

import { LabError } from "../../src/lab/labFault.ts";
import type {
  BegunRun,
  LabEvent,
  LabPort,
  Look,
  Replies,
  RequestName,
  Requests,
  StepFigures,
} from "../../src/lab/messages.ts";

const begun: BegunRun = {
  step: 0,
  parameterCount: 100,
  batchesPerEpoch: 10,
  parts: ["encoder"],
  parameters: [],
  shown: [],
  heldOutCount: 1,
  dropped: [],
  vocabularies: { source: [], target: [] },
  history: null,
};

/** Figures of a step, with a loss that falls. */
export const figuresOf = (step: number): StepFigures => ({
  step,
  loss: 3 / step,
  learningRate: 0.01,
  gradientNorm: 1,
  partNorms: [1],
  seconds: step / 100,
});

/** A look at a step, that saw some sources. */
export const lookOf = (step: number, right = 0, sources: readonly string[] = []): Look => ({
  step,
  seconds: step / 100,
  trainPerplexity: 1,
  heldOutPerplexity: 1,
  right,
  outputs: [],
  watched: sources.map((source) => ({
    source,
    sourceTokens: [...source],
    tokens: [],
    text: "",
    attention: null,
    logProbabilities: [],
  })),
  moved: [],
});

/** Steps and looks that happen when a test says so. */
export class FakePort implements LabPort {
  onEvent: LabPort["onEvent"] = null;
  /** What was asked, in order. */
  readonly asked: { readonly name: RequestName; readonly given: Requests[RequestName] }[] = [];
  isClosed = false;
  /** What the next request fails with; empty if it does not. */
  fault = "";
  /** What an answer waits for. */
  held: Promise<void> = Promise.resolve();
  private step = 0;
  private looks: readonly Look[] = [];

  /** Lets the run take steps, and look at the last of them. */
  run(steps: number, right = 0): void {
    const figures = Array.from({ length: steps }, () => figuresOf(++this.step));
    this.say({ kind: "steps", steps: figures });
    const look = lookOf(this.step, right);
    this.looks = [...this.looks, look];
    this.say({ kind: "look", look });
  }

  /** Says something of its own accord. */
  say(event: LabEvent): void {
    this.onEvent?.(event);
  }

  async ask<Name extends RequestName>(name: Name, given: Requests[Name]): Promise<Replies[Name]> {
    this.asked.push({ name, given });
    await this.held;
    if (this.fault !== "") throw new LabError({ kind: "library", sentence: this.fault });
    return this.answers[name](given);
  }

  close(): void {
    this.isClosed = true;
  }

  private readonly answers: {
    readonly [Name in RequestName]: (given: Requests[Name]) => Replies[Name];
  } = {
    begin: () => begun,
    go: () => null,
    pause: () => ({ step: this.step }),
    step: () => ({
      figures: figuresOf(++this.step),
      pairs: [],
      tokenCount: 0,
      isRandom: false,
    }),
    watch: ({ sources }) => {
      this.looks = this.looks.map(({ step, right }) => lookOf(step, right, sources));
      return { looks: this.looks };
    },
    weights: () => ({ step: this.step, parameters: [] }),
    model: () => ({ step: this.step, files: new Map() }),
    records: () => ({ lines: [] }),
    keep: () => ({
      step: this.step,
      files: new Map(),
      history: { begun, steps: [], looks: this.looks, checkpoints: new Map() },
    }),
    end: () => null,
  };
}
