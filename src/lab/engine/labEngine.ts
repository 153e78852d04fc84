import type { Runtime } from "../../runtime/runtime.ts";
import { LabError } from "../labFault.ts";
import type { LabEvent, LabPort, Replies, RequestName, Requests } from "../messages.ts";
import { labFaultOf } from "./faults.ts";
import { LabRun } from "./labRun.ts";

/** Where an engine computes. */
export interface EngineSurroundings {
  /** Loaded when the first run begins. */
  readonly runtime: Promise<Runtime>;
  /**
   * Lets messages and other work of the thread come in: it is called between any two steps, so it should take little
   * time. By default, a timer.
   */
  readonly turn?: () => Promise<void>;
}

/** Answers what a page asks about one run at a time. */
export class LabEngine implements LabPort {
  onEvent: LabPort["onEvent"] = null;
  private readonly surroundings: EngineSurroundings;
  private run: LabRun | null = null;
  /** The last beginning or end, which the next one waits for. */
  private changed: Promise<unknown> = Promise.resolve();
  /** How many of them have been asked for. */
  private changes = 0;

  constructor(surroundings: EngineSurroundings) {
    this.surroundings = surroundings;
    // Whoever begins a run gets the error.
    surroundings.runtime.catch(() => {});
  }

  /** @throws LabError, whose message is a sentence. */
  async ask<Name extends RequestName>(name: Name, given: Requests[Name]): Promise<Replies[Name]> {
    try {
      return await this.answers[name](given);
    } catch (error) {
      throw error instanceof LabError ? error : new LabError(labFaultOf(error), { cause: error });
    }
  }

  /** Ends the run. */
  close(): void {
    this.onEvent = null;
    this.ask("end", {}).catch(() => {});
  }

  private readonly answers: {
    readonly [Name in RequestName]: (given: Requests[Name]) => Promise<Replies[Name]>;
  } = {
    begin: (given) =>
      this.change(async (isWanted) => {
        await this.endRun();
        // To prepare a run takes half a second; nobody waits for one that is to end as soon as it has begun.
        if (!isWanted()) throw new LabError({ kind: "ended" });
        const runtime = await this.surroundings.runtime;
        const turn = this.surroundings.turn ?? nextTimer;
        const send = (event: LabEvent): void => this.onEvent?.(event);
        const { run, begun } = await LabRun.begin({ runtime, turn, send }, given);
        this.run = run;
        return begun;
      }),
    go: ({ speed }) => this.running.go(speed),
    pause: () => this.running.pause(),
    step: () => this.running.takeStep(),
    watch: ({ sources }) => this.running.watch(sources),
    weights: (given) => this.running.weights(given),
    model: ({ step }) => this.running.model(step),
    records: ({ pairs }) => this.running.records(pairs),
    keep: () => this.running.keep(),
    end: () =>
      this.change(async () => {
        await this.endRun();
        return null;
      }),
  };

  private get running(): LabRun {
    if (this.run) return this.run;
    throw new LabError({ kind: "noRun" });
  }

  private async endRun(): Promise<void> {
    const { run } = this;
    this.run = null;
    await run?.end();
  }

  /**
   * Begins or ends a run after those before.
   *
   * @param work is told whether nothing else has been asked for since.
   */
  private change<Result>(work: (isWanted: () => boolean) => Promise<Result>): Promise<Result> {
    const change = ++this.changes;
    const result = this.changed.then(() => work(() => change === this.changes));
    this.changed = result.catch(() => {});
    return result;
  }
}

const nextTimer = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 0));
