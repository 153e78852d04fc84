/** @file One run of the lab: what its worker says of it, and where the reader looks. */

import { withFigures, withLook } from "../../../lab/keptSteps.ts";
import type { LabFault } from "../../../lab/labFault.ts";
import { LabError } from "../../../lab/labFault.ts";
import type {
  Beginning,
  BegunRun,
  History,
  LabEvent,
  LabPort,
  Look,
  Replies,
  Requests,
  ShownStep,
  Speed,
  StepFigures,
} from "../../../lab/messages.ts";
import type { LabSettings } from "../../../lab/settings.ts";
import { faultWords } from "../../text/faults.ts";
import type { Translated } from "../../text/translated.ts";
import { OncePerFrame } from "./oncePerFrame.ts";

/** The figures of the last steps, which tell how fast it goes. */
const recentSteps = 64;

/** What a run does. */
export type RunStatus = "idle" | "loading" | "paused" | "running" | "failed";

/** What a worker has said of its own accord: no more of it than is kept. */
interface Told {
  readonly steps: readonly StepFigures[];
  readonly looks: readonly Look[];
  /** Why the run cannot go on; null if it can. */
  readonly failed: LabFault | null;
}
const nothing: Told = { steps: [], looks: [], failed: null };

function toldBy(event: LabEvent): Told {
  switch (event.kind) {
    case "steps":
      return { ...nothing, steps: event.steps };
    case "look":
      return { ...nothing, looks: [event.look] };
    case "failed":
      return { ...nothing, failed: event.fault };
  }
}

/** Both together, with no more steps and looks than are kept. */
function joined(one: Told, { steps, looks, failed }: Told): Told {
  return {
    steps: withFigures(one.steps, steps),
    looks: withLooks(one.looks, looks),
    failed: failed ?? one.failed,
  };
}

function withLooks(kept: readonly Look[], looks: readonly Look[]): readonly Look[] {
  return looks.reduce<readonly Look[]>((all, look) => withLook(all, look), kept);
}

/**
 * A run in a worker. What it says becomes state when the page is drawn: a page that draws slower than workers tell of their steps
 * answers its reader all the same, and what is said to a hidden tab is kept until it is seen.
 */
export class LabRun {
  readonly port: LabPort;
  /** The settings of this run, which later choices do not change; null of a run from files. */
  readonly settings: LabSettings | null;
  /** What a run from a folder is called; null of any other. */
  readonly name: string | null;
  begun: BegunRun | null = $state.raw(null);
  /** Figures of steps, in order: all of them, or evenly spaced ones of a long run. */
  steps: readonly StepFigures[] = $state.raw([]);
  looks: readonly Look[] = $state.raw([]);
  status: RunStatus = $state("idle");
  /** Whether its worker has ended: it learns no more. */
  isClosed: boolean = $state(false);
  /** What went wrong, for the reader; null if nothing did. */
  fault: Translated<string> | null = $state.raw(null);
  /** The last step that was taken alone; null when the run has gone on since. */
  shownStep: ShownStep | null = $state.raw(null);
  /** The place of the look that is shown, among {@link looks}. */
  at: number = $state(0);
  /** Whether the newest look is shown as soon as it comes. */
  isFollowing: boolean = $state(true);
  private recent: readonly StepFigures[] = $state.raw([]);
  private unseen: Told = nothing;
  private readonly frames = new OncePerFrame(() => this.see());
  /** How often it was told to go, to pause or to step: only the answer to the last one says what it does now. */
  private orders = 0;
  /** Steps that were asked for alone and are not taken yet. */
  private stepsAsked = 0;
  /** The last of them. */
  private lastStep: Promise<void> | null = null;
  /** How often it was told to go or to pause, which ends the steps that wait. */
  private wishes = 0;

  /** The figures of the newest step; null before the first. */
  readonly latest: StepFigures | null = $derived(this.recent.at(-1) ?? null);
  /** The look that is shown; null before there is one. */
  readonly look: Look | null = $derived(this.looks[this.at] ?? null);
  /** The newest step, or the one at which the run begins. */
  readonly step: number = $derived(this.latest?.step ?? this.begun?.step ?? 0);
  /** Steps of a second of training, measured over the last steps; null while there are too few. */
  readonly stepsPerSecond: number | null = $derived.by(() => {
    const [first, last] = [this.recent[0], this.recent.at(-1)];
    if (!first || !last || last.seconds <= first.seconds) return null;
    return (last.step - first.step) / (last.seconds - first.seconds);
  });

  constructor(port: LabPort, settings: LabSettings | null = null, name: string | null = null) {
    this.port = port;
    this.settings = settings;
    this.name = name;
    port.onEvent = (event) => {
      this.unseen = joined(this.unseen, toldBy(event));
      this.frames.ask();
    };
  }

  /** Begins, paused before its first step. */
  async begin(beginning: Beginning, watched: readonly string[]): Promise<void> {
    this.status = "loading";
    await this.unlessFailed(async () => {
      const begun = await this.port.ask("begin", { beginning, watched });
      this.begun = begun;
      if (begun.history) this.recall(begun.history);
      this.status = "paused";
    });
  }

  /** Goes on, or changes how fast it goes. */
  async go(speed: Speed): Promise<void> {
    if (this.status !== "paused" && this.status !== "running") return;
    this.orders++;
    this.wishes++;
    this.status = "running";
    this.shownStep = null;
    await this.unlessFailed(async () => {
      await this.port.ask("go", { speed });
    });
  }

  async pause(): Promise<void> {
    if (this.status !== "running") return;
    const order = ++this.orders;
    this.wishes++;
    await this.unlessFailed(async () => {
      await this.port.ask("pause", {});
      this.see();
      if (order === this.orders) this.status = "paused";
    });
  }

  /** Whether a step is being taken that was asked for alone. */
  get isStepping(): boolean {
    return this.stepsAsked > 0;
  }

  /**
   * Takes one step, which is shown in full; the run is paused then. Steps that are asked for meanwhile follow, each after the one
   * before, unless the run is told to go or to pause.
   */
  async takeStep(): Promise<void> {
    const { wishes } = this;
    this.stepsAsked++;
    const step = this.lastStep?.then(() => this.nextStep(wishes)) ?? this.nextStep(wishes);
    this.lastStep = step;
    await step;
    this.stepsAsked--;
    if (this.lastStep === step) this.lastStep = null;
  }

  private async nextStep(wishes: number): Promise<void> {
    if (wishes !== this.wishes || (this.status !== "paused" && this.status !== "running")) return;
    const order = ++this.orders;
    await this.unlessFailed(async () => {
      const shown = await this.port.ask("step", {});
      this.see();
      this.addSteps([shown.figures]);
      if (order !== this.orders) return;
      this.status = "paused";
      this.shownStep = shown;
    });
  }

  /** Watches other sources, at all checkpoints. */
  async watch(sources: readonly string[]): Promise<void> {
    if (this.begun === null) return;
    await this.unlessFailed(async () => {
      const { looks } = await this.port.ask("watch", { sources });
      this.see();
      const isLast = this.isFollowing;
      const step = this.look?.step ?? 0;
      this.looks = looks;
      if (isLast) this.at = Math.max(0, looks.length - 1);
      else this.show(step);
    });
  }

  /** Shows the last look that is not after a step; the newest one is followed from then on. */
  show(step: number): void {
    const after = this.looks.findIndex((look) => look.step > step);
    this.at = Math.max(0, (after < 0 ? this.looks.length : after) - 1);
    this.isFollowing = after < 0;
  }

  /**
   * Parameters at a checkpoint, or as they are now.
   *
   * @throws Error with a sentence that says why they cannot be had.
   */
  weights(given: Requests["weights"]): Promise<Replies["weights"]> {
    return this.port.ask("weights", given);
  }

  /** Ends the run and its worker. */
  close(): void {
    this.isClosed = true;
    this.frames.cancel();
    this.port.onEvent = null;
    this.port.close();
  }

  /** Makes what was said state; answers count after what was said before them. */
  private see(): void {
    this.frames.cancel();
    const { steps, looks, failed } = this.unseen;
    this.unseen = nothing;
    this.addSteps(steps);
    this.addLooks(looks);
    if (failed !== null) this.fail(new LabError(failed));
  }

  private addSteps(steps: readonly StepFigures[]): void {
    const before = this.latest?.step ?? 0;
    const newer = steps.filter(({ step }) => step > before);
    if (newer.length === 0) return;
    this.steps = withFigures(this.steps, newer);
    this.recent = [...this.recent, ...newer].slice(-recentSteps);
  }

  private addLooks(looks: readonly Look[]): void {
    if (looks.length === 0) return;
    const shown = this.look?.step ?? 0;
    this.looks = withLooks(this.looks, looks);
    if (this.isFollowing) this.at = this.looks.length - 1;
    else this.show(shown);
  }

  private recall({ steps, looks }: History): void {
    this.addSteps(steps);
    this.addLooks(looks);
  }

  private async unlessFailed(work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      this.fail(error);
    }
  }

  private fail(error: unknown): void {
    this.status = "failed";
    this.fault = faultWords(error);
  }
}
