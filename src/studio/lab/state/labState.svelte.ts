/** @file What the lab shows: the settings of an experiment, its run or its two runs, and where the reader looks. */

import type { GivenModel } from "../../../lab/exchange/givenModel.ts";
import { settingsOfModel, settingsOfRun } from "../../../lab/exchange/givenSettings.ts";
import { LabError } from "../../../lab/labFault.ts";
import { allOptions } from "../../../lab/labOptions.ts";
import type { Beginning, LabPort, Speed } from "../../../lab/messages.ts";
import type { OwnPairs } from "../../../lab/ownPairs.ts";
import { faultOf, runOptionsOf } from "../../../lab/runOptions.ts";
import type { LabOptionKey, LabSettings, LabValue } from "../../../lab/settings.ts";
import type { Experiment } from "../../../lab/settingsAddress.ts";
import { readExperiment, writeExperiment } from "../../../lab/settingsAddress.ts";
import { type SettingUses, settingUses } from "../../../lab/settingUses.ts";
import type { TaskName, TaskPairs } from "../../../lab/task.ts";
import { tasks } from "../../../lab/tasks/registry.ts";
import type { Change } from "../../../lab/withOption.ts";
import { withOption } from "../../../lab/withOption.ts";
import { fetchFile } from "../../../library/fetchFile.ts";
import { largestOf } from "../../../tensor/extremes.ts";
import { inLocale } from "../../state/preferences.svelte.ts";
import { faultWords, TranslatedError } from "../../text/faults.ts";
import type { Translated } from "../../text/translated.ts";
import { LabRun, type RunStatus } from "./labRun.svelte.ts";

/** Milliseconds from a change of the settings until the model is made anew that has not learned yet. */
const settling = 250;

const noPairs: Translated<string> = {
  en: "There are no pairs of yours yet; paste or drop some, or choose another task.",
  zh: "还没有你自己的数据；请先粘贴或拖入一些，或者换一个任务。",
};

/** What is known of a run that begins from files. */
export interface TakenRun {
  /** The settings that it was begun with, which become those of the lab; by default, what its files say of them. */
  readonly settings?: LabSettings | null;
  /** What it is called, if it comes from a folder. */
  readonly name?: string | null;
}

/** The state of the lab. It stays while the story is shown, so that a training goes on meanwhile. */
export class LabState {
  settings: LabSettings = $state.raw({ task: "reverse", options: {} });
  /** What the run beside has differently; null if there is one run. */
  versus: Change | null = $state.raw(null);
  /** The source that the reader wants to see; null for an example. */
  watched: string | null = $state.raw(null);
  speed: Speed = $state("full");
  /** One run, or two with the same pairs; none before they begin. */
  runs: readonly LabRun[] = $state.raw([]);
  /** Pairs of the reader's own, for the task `own`. */
  ownPairs: OwnPairs | null = $state.raw(null);
  /** Whether the training was ever started, so that a link starts it too. */
  isStarted: boolean = $state(false);
  /** What the second run has differently, and what the first has there; null of one run. */
  compared: (Change & { readonly before: LabValue }) | null = $state.raw(null);
  /** The pairs of the runs; what is right, they know. */
  pairs: TaskPairs | null = $state.raw(null);
  private fault: Translated<string> | null = $state.raw(null);
  /** The experiment that the runs are of, and the same as an address brings it back. */
  private running: string = $state("");
  private runningAsRead = "";
  /** The step of the checkpoint that the reader went back to; null while the newest is followed. */
  private asked: number | null = $state(null);
  private readonly openPort: () => LabPort;
  private turn = 0;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private beginning: Promise<void> = Promise.resolve();

  /** What can be done with each option, as the others are. */
  readonly uses: SettingUses = $derived(settingUses(this.settings));
  /** What the runs do together. */
  readonly status: RunStatus = $derived.by(() => {
    if (this.fault) return "failed";
    const all = this.runs.map(({ status }) => status);
    // One of two that has failed does not stop the other.
    for (const each of ["loading", "running", "paused", "failed"] as const) {
      if (all.includes(each)) return each;
    }
    return "idle";
  });
  /** What went wrong, for the reader; empty if nothing did. */
  readonly error: string = $derived.by(() => {
    const fault = this.fault ?? this.runs.find((run) => run.fault !== null)?.fault ?? null;
    return fault ? inLocale(fault) : "";
  });
  /** The step of the run that is furthest. */
  readonly step: number = $derived(
    largestOf(
      this.runs.map(({ step }) => step),
      0,
    ),
  );
  /** The steps at which some run was looked at, in order. */
  readonly checkpoints: readonly number[] = $derived.by(() => {
    const steps = new Set(this.runs.flatMap(({ looks }) => looks.map(({ step }) => step)));
    return [...steps].sort((one, other) => one - other);
  });
  /** The place of the checkpoint that is shown. */
  readonly at: number = $derived.by(() => {
    const last = this.checkpoints.length - 1;
    const { asked } = this;
    if (asked === null) return Math.max(0, last);
    return Math.max(
      0,
      this.checkpoints.findLastIndex((step) => step <= asked),
    );
  });
  /** Whether the settings are others than those of the runs, which then do not show them. */
  readonly isStale: boolean = $derived(
    this.runs.length > 0 && this.running !== "" && this.running !== this.identity(),
  );
  /** The task of the runs, which another one that is chosen does not change; where there are none, that one. */
  private readonly shownTask: TaskName = $derived(
    this.runs[0]?.settings?.task ?? this.settings.task,
  );
  /** Whether a run can be begun with the settings: pairs of the reader's own may be missing. */
  readonly canBegin: boolean = $derived(this.settings.task !== "own" || this.ownPairs !== null);
  /** Whether there is something to train: the runs that are there, or one that can be begun. */
  readonly canGo: boolean = $derived(this.canBegin || this.canGoOn());
  /** The source that is watched. */
  readonly source: string = $derived.by(() => {
    if (this.watched !== null) return this.watched;
    const task = this.shownTask;
    if (task !== "own") return tasks[task].example;
    return this.ownPairs?.pairs.heldOut[0]?.source ?? "";
  });
  /** The right output for it; null where nobody knows it. */
  readonly answer: string | null = $derived.by(() => {
    const task = this.shownTask;
    const known = task === "own" ? null : tasks[task].answer(this.source);
    return known ?? this.known.get(this.source) ?? null;
  });
  private readonly known: ReadonlyMap<string, string> = $derived(
    new Map(
      [...(this.pairs?.train ?? []), ...(this.pairs?.heldOut ?? [])].map(({ source, target }) => [
        source,
        target,
      ]),
    ),
  );

  /** @param openPort starts the worker of a run. */
  constructor(openPort: () => LabPort) {
    this.openPort = openPort;
  }

  /**
   * Shows an experiment, and starts it if it says so. Runs stay if they are of it, and also if it is what the lab
   * holds already: then the reader comes back to settings that were changed while they train.
   */
  async open({ settings, versus, watched, isStarted }: Experiment): Promise<void> {
    const asked = normalised({ settings, versus });
    const isHeld = asked === normalised(this);
    const isSame = this.runs.length > 0 && (isHeld || asked === this.runningAsRead);
    if (!isHeld) {
      this.settings = settings;
      this.versus = versus;
    }
    if (isSame) {
      if (watched !== this.watched) await this.watch(watched);
      if (isStarted && !this.isStarted) await this.go();
      return;
    }
    this.watched = watched;
    this.isStarted = false;
    // The runs outlive the component that asks for them, so their state must not be made while it is set up.
    await Promise.resolve();
    if (isStarted) await this.startAgain();
    else await this.prepare();
  }

  /** Takes another task, with its own defaults. */
  chooseTask(task: TaskName): void {
    if (task === this.settings.task) return;
    this.settings = { task, options: {} };
    this.versus = null;
    if (this.watched !== null) void this.watch(null);
    this.settle();
  }

  /** Gives an option another value. */
  set(key: LabOptionKey, value: LabValue): void {
    this.settings = withOption(this.settings, { key, value });
    const { versus } = this;
    if (versus && !this.canCompare(versus)) this.versus = null;
    this.settle();
  }

  /** Gives all options the task's defaults again. */
  reset(): void {
    this.settings = { task: this.settings.task, options: {} };
    if (this.versus && !this.canCompare(this.versus)) this.versus = null;
    this.settle();
  }

  /** Compares with a run that has one thing differently, or with none. */
  compare(versus: Change | null): void {
    this.versus = versus;
    this.settle();
  }

  /** Whether a change makes another run of these settings. */
  canCompare({ key, value }: Change): boolean {
    return this.uses[key].value !== value && faultOf(this.settings, key, value) === null;
  }

  /** Takes pairs of the reader's own. */
  takePairs(pairs: OwnPairs | null): void {
    this.ownPairs = pairs;
    // A file may have been read after another task was chosen.
    if (this.settings.task === "own") this.settle(true);
  }

  /** Watches another source, at all checkpoints; null for the task's example. */
  async watch(source: string | null): Promise<void> {
    this.watched = source;
    // A run that is being prepared may have been told what to watch before this.
    await this.beginning;
    await Promise.all(this.runs.map((run) => run.watch([this.source])));
  }

  /** Makes a model that has not learned yet; a training that has begun goes on until it is started again. */
  private settle(isAnother = false): void {
    clearTimeout(this.timer);
    if (this.step > 0 && !isAnother) return;
    this.timer = setTimeout(() => void this.prepare(), settling);
  }

  /** Draws the pairs and makes the models, paused before their first step. */
  prepare(): Promise<void> {
    clearTimeout(this.timer);
    this.beginning = this.begin(++this.turn);
    return this.beginning;
  }

  private async begin(turn: number): Promise<void> {
    this.closeRuns();
    this.fault = null;
    this.running = this.identity();
    this.runningAsRead = normalised(this);
    const { settings, versus } = this;
    this.compared = versus && { ...versus, before: this.uses[versus.key].value };
    const all = [settings, ...(versus ? [withOption(settings, versus)] : [])];
    if (settings.task === "own" && !this.ownPairs) return;
    const runs = all.map((each) => new LabRun(this.openPort(), each));
    this.runs = runs;
    try {
      const pairs = await this.draw();
      if (turn !== this.turn) return;
      this.pairs = pairs;
      await Promise.all(
        runs.map((run, place) => {
          const tokenizer = settings.task === "own" ? this.ownPairs?.tokenizer : undefined;
          const options = runOptionsOf(all[place] as LabSettings, tokenizer);
          return run.begin({ kind: "new", options, pairs }, [this.source]);
        }),
      );
    } catch (error) {
      if (turn === this.turn) this.fault = faultWords(error);
    }
  }

  /**
   * Shows one run that begins in another way, such as from files.
   *
   * @throws Error with what went wrong, in a sentence; the lab shows it too.
   */
  async take(
    beginning: Beginning,
    { settings: known = null, name = null }: TakenRun = {},
  ): Promise<LabRun> {
    clearTimeout(this.timer);
    const turn = ++this.turn;
    const settings = known ?? (await settingsIn(beginning));
    // Another run may have been begun meanwhile.
    if (turn !== this.turn) throw new LabError({ kind: "closed" });
    this.closeRuns();
    this.fault = null;
    this.versus = null;
    if (settings) this.settings = settings;
    this.running = this.identity();
    this.runningAsRead = normalised(this);
    this.compared = null;
    const run = new LabRun(this.openPort(), settings, name);
    this.runs = [run];
    this.pairs =
      beginning.kind === "new" ? beginning.pairs : { train: [], heldOut: beginning.heldOut };
    this.watched =
      beginning.kind === "resume"
        ? (beginning.history?.looks.at(-1)?.watched[0]?.source ??
          beginning.heldOut[0]?.source ??
          null)
        : null;
    this.beginning = run.begin(beginning, [this.source]);
    await this.beginning;
    if (run.fault) throw new TranslatedError(run.fault);
    return run;
  }

  /**
   * Begins a run with the chosen settings from the weights of a model, whose shape and vocabularies stay.
   *
   * @throws an error for `faultWords`.
   */
  async trainFrom({ files: from, name, model }: GivenModel): Promise<LabRun> {
    if (this.settings.task === "own" && !this.ownPairs) throw new TranslatedError(noPairs);
    const pairs = await this.draw();
    const { model: _, tokenizer: __, preset: ___, ...options } = runOptionsOf(this.settings);
    const settings = settingsOfModel(this.settings, model.sizes);
    return this.take({ kind: "new", options, pairs, from }, { name, settings });
  }

  /** Goes on, or starts; settings that have changed begin a new run. */
  async go(): Promise<void> {
    if (!this.canGo) return;
    await this.ready();
    this.isStarted = true;
    await Promise.all(this.runs.map((run) => run.go(this.speed)));
  }

  /** Waits until the runs have begun; makes them anew where they cannot go on, or settings have changed. */
  private ready(): Promise<void> {
    return this.canGoOn() ? this.beginning : this.prepare();
  }

  private canGoOn(): boolean {
    return !this.isStale && this.runs.length > 0 && this.status !== "failed";
  }

  async pause(): Promise<void> {
    await Promise.all(this.runs.map((run) => run.pause()));
  }

  /** Goes on or pauses. */
  async toggle(): Promise<void> {
    if (this.status === "running") await this.pause();
    else await this.go();
  }

  /** Whether a step is being taken that was asked for alone. */
  get isStepping(): boolean {
    return this.runs.some((run) => run.isStepping);
  }

  /** Takes one step, of each run, and shows it. */
  async takeStep(): Promise<void> {
    if (!this.canGo) return;
    await this.ready();
    this.follow();
    await Promise.all(this.runs.map((run) => run.takeStep()));
  }

  /** Begins from new weights, and goes. */
  async startAgain(): Promise<void> {
    const { turn } = this;
    await this.prepare();
    if (turn + 1 !== this.turn) return;
    await this.go();
  }

  /** Changes how fast the runs go. */
  async setSpeed(speed: Speed): Promise<void> {
    this.speed = speed;
    if (this.status === "running") await Promise.all(this.runs.map((run) => run.go(speed)));
  }

  /** Shows a checkpoint by its place; beyond the last one, the newest. */
  show(place: number): void {
    const last = this.checkpoints.length - 1;
    const step = this.checkpoints[Math.min(last, Math.max(0, place))];
    if (step === undefined) return;
    this.asked = place >= last ? null : step;
    for (const run of this.runs) run.show(this.asked ?? Number.POSITIVE_INFINITY);
  }

  /** Shows the last checkpoint that is not after a step. */
  showStep(step: number): void {
    this.show(this.checkpoints.findLastIndex((each) => each <= step));
  }

  /** Shows the newest of each run. */
  follow(): void {
    this.show(Number.POSITIVE_INFINITY);
  }

  /** What an address holds of this. */
  get experiment(): Experiment {
    const { settings, versus, watched, isStarted } = this;
    return { settings, versus, watched, isStarted };
  }

  private identity(): string {
    return identityOf(this);
  }

  /** The pairs of the task that is chosen; null where the reader's own are missing. */
  async chosenPairs(): Promise<TaskPairs | null> {
    return this.canBegin ? this.draw() : null;
  }

  private draw(): Promise<TaskPairs> {
    const { settings, ownPairs } = this;
    if (settings.task === "own") return Promise.resolve((ownPairs as OwnPairs).pairs);
    return tasks[settings.task].pairs(Number(allOptions(settings).seed ?? 1), fetchText);
  }

  private closeRuns(): void {
    for (const run of this.runs) run.close();
    this.runs = [];
    this.asked = null;
  }
}

/** The settings of a run that begins from files; null where they say nothing of it. */
function settingsIn(beginning: Beginning): Promise<LabSettings | null> {
  if (beginning.kind === "new") return Promise.resolve(null);
  return settingsOfRun(beginning.files, beginning.heldOut);
}

/** What makes two experiments the same run. */
function identityOf({ settings, versus }: Pick<Experiment, "settings" | "versus">): string {
  return JSON.stringify(writeExperiment({ settings, versus, watched: null, isStarted: false }));
}

/** The same without options that an address does not bring back, as they have no effect. */
function normalised({ settings, versus }: Pick<Experiment, "settings" | "versus">): string {
  const written = writeExperiment({ settings, versus, watched: null, isStarted: false });
  return identityOf(readExperiment(written));
}

/** Reads a file that lies beside the page. */
async function fetchText(file: string): Promise<string> {
  const { bytes } = await fetchFile(new URL(file, document.baseURI).href);
  return new TextDecoder().decode(bytes);
}
