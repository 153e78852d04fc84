/** @file One run of the lab: it trains, stands between steps, and is looked at. */

import { filesOfModel, tokenizerFiles } from "../../modelFolder/modelFolder.ts";
import type { WatchedLine } from "../../modelFolder/trainingRecords.ts";
import type { Runtime } from "../../runtime/runtime.ts";
import type { TensorValue } from "../../tensor/value.ts";
import type { TextTokenizer } from "../../text/tokenizer.ts";
import type { TextPair } from "../../training/memory/memoryRun.ts";
import { MemoryTraining } from "../../training/memory/memoryRun.ts";
import type { RunResult } from "../../training/run/events.ts";
import type { ComingStep, RunHooks, RunView, TakenStep } from "../../training/run/runHooks.ts";
import { withModelNow } from "../exchange/downloadFolder.ts";
import { mostFigures, withFigures, withLook } from "../keptSteps.ts";
import type { LabFault } from "../labFault.ts";
import { LabError } from "../labFault.ts";
import type {
  Beginning,
  BegunRun,
  History,
  LabEvent,
  Look,
  Replies,
  Requests,
  ShownParameter,
  ShownStep,
  Speed,
  StepFigures,
} from "../messages.ts";
import { Checkpoints } from "./checkpoints.ts";
import { labFaultOf } from "./faults.ts";
import { EndOfRun, Gate } from "./gate.ts";
import { Looker } from "./looker.ts";
import { LookSchedule } from "./lookSchedule.ts";
import { movedBetween, Norms } from "./norms.ts";
import { limitsOf, optionsOf } from "./runSettings.ts";
import { encoded, mostShown, trainedSample, usableHeldOut } from "./samples.ts";
import { StepFeed } from "./stepFeed.ts";
import { StepShower } from "./stepShower.ts";

/** What a run needs of its surroundings. */
export interface RunSurroundings {
  readonly runtime: Runtime;
  /** Lets messages and other work of the thread come in. */
  turn(): Promise<void>;
  send(event: LabEvent): void;
}

/** What there is once the run has been prepared. */
interface Prepared {
  readonly view: RunView;
  readonly looker: Looker;
  readonly norms: Norms;
  readonly checkpoints: Checkpoints;
  readonly begun: Omit<BegunRun, "history" | "step">;
}

/** A step whose picture somebody waits for. */
interface WantedStep {
  readonly resolve: (step: ShownStep) => void;
  readonly reject: (error: unknown) => void;
  shown: Omit<ShownStep, "figures"> | null;
}

/** A run, from its beginning until it is ended or another one begins. */
export class LabRun {
  private readonly surroundings: RunSurroundings;
  private readonly training: MemoryTraining;
  private readonly gate: Gate;
  private readonly feed: StepFeed;
  private readonly schedule = new LookSchedule();
  private readonly shower: StepShower;
  private readonly heldOut: readonly TextPair[];
  private readonly history: History | null;
  private watched: readonly string[];
  /** The sources that shall be watched. */
  private asked: readonly string[];
  private prepared: Prepared | null = null;
  /** More than are kept in the end, so that they need not be thinned out at each step. */
  private figures: StepFigures[];
  private wanted: WantedStep | null = null;
  /** Whether it has taken a step here, whose gradients are still there. */
  private hasStepped = false;
  /** Why it takes no more steps; null while it can. */
  private over: LabFault | null = null;
  private isBegun = false;
  private isEnded = false;
  private done: Promise<void> = Promise.resolve();

  private constructor(
    surroundings: RunSurroundings,
    beginning: Beginning,
    watched: readonly string[],
  ) {
    this.surroundings = surroundings;
    this.gate = new Gate(() => surroundings.turn());
    this.feed = new StepFeed((steps) => this.send({ kind: "steps", steps }));
    this.shower = new StepShower(surroundings.runtime);
    this.watched = watched;
    this.asked = watched;
    const isNew = beginning.kind === "new";
    this.training = new MemoryTraining(isNew ? [] : beginning.files);
    this.heldOut = usableHeldOut(isNew ? beginning.pairs.heldOut : beginning.heldOut);
    this.history = isNew ? null : beginning.history;
    this.figures = [...(this.history?.steps ?? [])];
  }

  /**
   * Prepares a run, which then stands before its first step.
   *
   * @throws UserError if an option, the data or a file is invalid.
   */
  static async begin(
    surroundings: RunSurroundings,
    { beginning, watched }: Requests["begin"],
  ): Promise<{ readonly run: LabRun; readonly begun: BegunRun }> {
    const limits = beginning.kind === "new" ? {} : await limitsOf(beginning.files);
    const run = new LabRun(surroundings, beginning, watched);
    const begun = new Promise<BegunRun>((resolve, reject) => {
      const hooks = run.hooks(resolve);
      const { runtime } = surroundings;
      const trained =
        beginning.kind === "new"
          ? run.training.train(optionsOf(beginning), runtime, hooks)
          : run.training.resume(limits, runtime, hooks);
      run.done = trained.then(
        (result) => run.finish(endOf(result)),
        async (error: unknown) => {
          reject(error);
          if (!(error instanceof EndOfRun)) await run.finish(labFaultOf(error));
        },
      );
    });
    try {
      return { run, begun: await begun };
    } catch (error) {
      await run.end();
      throw error;
    }
  }

  /** Lets it go on. */
  go(speed: Speed): Promise<null> {
    return this.gate.between(() => {
      this.checkGoing();
      this.gate.open(Number.POSITIVE_INFINITY, speed);
      return null;
    });
  }

  /** Stops it between two steps; what it has learned by then is looked at. */
  pause(): Promise<Replies["pause"]> {
    return this.gate.between(async () => {
      // A step that was asked for alone is still taken.
      if (this.wanted) this.gate.open(1, "full");
      else this.gate.close();
      await this.settle();
      return { step: this.step };
    });
  }

  /** Takes one step, and shows all of it. */
  async takeStep(): Promise<ShownStep> {
    const shown = await this.gate.between(() => {
      this.checkGoing();
      this.wanted?.reject(new EndOfRun());
      // The promise is wrapped, so that the step itself need not wait for it.
      const waiting = new Promise<ShownStep>((resolve, reject) => {
        this.wanted = { resolve, reject, shown: null };
      });
      waiting.catch(() => {});
      this.gate.open(1, "full");
      return { waiting };
    });
    return shown.waiting;
  }

  /**
   * Watches other sources, with the weights of all checkpoints. Somebody who types asks again before this is done; all who
   * asked then get the answer to the last question.
   */
  watch(sources: readonly string[]): Promise<Replies["watch"]> {
    this.asked = sources;
    return this.gate.between(async () => {
      const { checkpoints } = this.parts;
      while (this.watched !== this.asked) {
        if (this.isEnded) throw new EndOfRun();
        const { asked } = this;
        const looks = await this.watchedLooks(asked);
        if (!looks) continue;
        checkpoints.replace(looks);
        this.watched = asked;
      }
      return { looks: checkpoints.looks };
    });
  }

  /** The looks with other sources; null if others have been asked for meanwhile. */
  private async watchedLooks(sources: readonly string[]): Promise<Look[] | null> {
    const { checkpoints, looker } = this.parts;
    const looks: Look[] = [];
    for (const look of checkpoints.looks) {
      const weights = checkpoints.all.get(look.step) as Float32Array<ArrayBuffer>;
      looks.push({ ...look, watched: await looker.watch(checkpoints.unpacked(weights), sources) });
      await this.surroundings.turn();
      if (this.asked !== sources || this.isEnded) return null;
    }
    return looks;
  }

  /** Copies of parameters, of the nearest checkpoint or as they are now. */
  weights({ step, names }: Requests["weights"]): Promise<Replies["weights"]> {
    return this.gate.between(() => {
      const { begun, view } = this.parts;
      const found = this.weightsAt(step);
      const parameters = begun.parameters
        .filter(({ name }) => !names || names.includes(name))
        .map(({ name, shape }): ShownParameter => {
          const { data } = found.views.get(name) as TensorValue;
          const gradient = found.isNow && this.hasStepped ? view.parts.step.gradientOf(name) : null;
          return { name, shape, values: new Float32Array(data as Float32Array), gradient };
        });
      return { step: found.step, parameters };
    });
  }

  /** The files of the model, at the nearest checkpoint or as it is now. */
  model(step: number | undefined): Promise<Replies["model"]> {
    return this.gate.between(() => {
      const found = this.weightsAt(step);
      return { step: found.step, files: this.modelFiles(found) };
    });
  }

  /** How some of the checkpoints, evenly spread, see given pairs. */
  records(pairs: readonly TextPair[]): Promise<Replies["records"]> {
    return this.gate.between(async () => {
      await this.settle();
      const { checkpoints, looker } = this.parts;
      const lines: WatchedLine[] = [];
      for (const { step, seconds } of fewer(checkpoints.looks, mostRecorded)) {
        const weights = checkpoints.all.get(step) as Float32Array<ArrayBuffer>;
        for (const line of await looker.record(checkpoints.unpacked(weights), pairs)) {
          lines.push({ step, seconds: Math.round(seconds), ...line });
        }
      }
      return { lines };
    });
  }

  /** The files with which it goes on from here, with the model as it is now; and what was seen of it. */
  keep(): Promise<Replies["keep"]> {
    return this.gate.between(async () => {
      this.checkGoing();
      await this.settle();
      const { view, begun, checkpoints } = this.parts;
      await view.save();
      const model = this.modelFiles(this.weightsAt(undefined));
      // Its tokenizers are there already, as the checkpoint knows them.
      for (const name of Object.values(tokenizerFiles)) model.delete(name);
      const keepsBest = view.parts.plan.options.keepBest !== "none";
      const files = withModelNow(this.training.files, model, keepsBest);
      const history: History = {
        begun,
        steps: withFigures(this.figures, []),
        looks: checkpoints.looks,
        checkpoints: new Map(checkpoints.all),
      };
      return { step: this.step, files, history };
    });
  }

  /** Ends it, and frees its memory. */
  async end(): Promise<void> {
    this.isEnded = true;
    this.gate.end();
    await this.done;
    await this.prepared?.looker.release();
    await this.shower.release();
    this.prepared = null;
  }

  private hooks(begun: (run: BegunRun) => void): RunHooks {
    return {
      begin: async (view) => {
        this.prepared = await this.prepare(view);
        const { checkpoints } = this.prepared;
        const hasLook = checkpoints.looks.at(-1)?.step === this.step;
        const look = hasLook ? null : await this.look();
        // What lies in the history stays here: whoever gave it has it.
        const history = this.history && { ...this.history, checkpoints: new Map() };
        this.isBegun = true;
        begun({ ...this.prepared.begun, step: this.step, history });
        // The answer comes before the first event.
        await this.surroundings.turn();
        if (look) this.send({ kind: "look", look });
        await this.gate.pass();
      },
      beforeStep: (coming) => this.beforeStep(coming),
      afterStep: (taken) => this.afterStep(taken),
    };
  }

  private async prepare(view: RunView): Promise<Prepared> {
    const { parts, batchesPerEpoch } = view;
    const { step, sizes, data } = parts;
    const { parameters } = step.graph;
    const norms = new Norms(parameters);
    const checkpoints = new Checkpoints(parameters, this.history);
    const shown = this.heldOut.slice(0, mostShown);
    const heldOut = encoded(this.heldOut, data, sizes);
    const looker = await Looker.create(this.surroundings.runtime, weightsNow(view), {
      sizes,
      tokenizers: data,
      trained: trainedSample(data.train),
      heldOut,
      shown: shown.map(({ source }) => source),
    });
    const begun = {
      parameterCount: checkpoints.size,
      batchesPerEpoch,
      parts: norms.parts,
      parameters: parameters.map(({ name, shape }) => ({ name, shape, part: norms.partOf(name) })),
      vocabularies: { source: tokensOf(data.source), target: tokensOf(data.target) },
      shown,
      heldOutCount: heldOut.length,
      dropped: this.history?.begun.dropped ?? parts.dropped,
    };
    return { view, looker, norms, checkpoints, begun };
  }

  private async beforeStep(coming: ComingStep): Promise<void> {
    if (this.wanted) this.wanted.shown = await this.shower.show(this.parts.view.parts, coming);
  }

  private async afterStep({ step, learningRate, result }: TakenStep): Promise<void> {
    const { norms, view } = this.parts;
    const figures: StepFigures = {
      step,
      loss: -result.logProbability / result.tokens,
      learningRate,
      gradientNorm: result.gradientNorm,
      partNorms: norms.ofGradients(view.parts.step),
      seconds: view.state.seconds,
    };
    this.hasStepped = true;
    this.figures.push(figures);
    if (this.figures.length > 2 * mostFigures) this.figures = withFigures(this.figures, []);
    this.feed.add(figures);
    const isDue = this.schedule.isDue(figures, performance.now());
    if (isDue || this.gate.isClosed) await this.settle();
    const { wanted } = this;
    if (wanted?.shown) {
      this.wanted = null;
      wanted.resolve({ ...wanted.shown, figures });
    }
    await this.gate.pass();
  }

  /** Sends what has been measured, and looks at the weights unless this step has been looked at. */
  private async settle(): Promise<void> {
    this.feed.flush();
    if (this.over !== null || this.parts.checkpoints.looks.at(-1)?.step === this.step) return;
    this.send({ kind: "look", look: await this.look() });
  }

  private async look(): Promise<Look> {
    const { view, looker, checkpoints } = this.parts;
    const start = performance.now();
    const now = weightsNow(view);
    const seen = await looker.look(now, this.watched);
    const weights = checkpoints.packed(now);
    const first = checkpoints.first ?? weights;
    const look: Look = {
      ...seen,
      step: this.step,
      seconds: view.state.seconds,
      moved: movedBetween(
        partsOf(checkpoints.unpacked(first)),
        partsOf(checkpoints.unpacked(weights)),
      ),
    };
    checkpoints.add(look, weights);
    this.schedule.note(start, performance.now());
    return look;
  }

  private send(event: LabEvent): void {
    if (!this.isEnded) this.surroundings.send(event);
  }

  private get parts(): Prepared {
    if (!this.prepared) throw new EndOfRun();
    return this.prepared;
  }

  private get step(): number {
    return this.parts.view.state.step;
  }

  private checkGoing(): void {
    if (this.over !== null) throw new LabError(this.over);
  }

  private weightsAt(step: number | undefined): FoundWeights {
    const { checkpoints, view } = this.parts;
    if (step === undefined && this.over === null) {
      return { step: this.step, seconds: view.state.seconds, views: weightsNow(view), isNow: true };
    }
    const found = checkpoints.nearest(step);
    if (!found) throw new LabError({ kind: "noCheckpoint" });
    const { look, weights } = found;
    const views = checkpoints.unpacked(weights);
    return { step: look.step, seconds: look.seconds, views, isNow: false };
  }

  private modelFiles({ step, seconds, views }: FoundWeights): Map<string, Uint8Array<ArrayBuffer>> {
    const { view } = this.parts;
    const { sizes, data, plan } = view.parts;
    const { source, target } = data;
    const batches = step * plan.options.accumulate;
    const summary = {
      steps: step,
      epochs: Math.floor((10 * batches) / view.batchesPerEpoch) / 10,
      seconds: Math.round(seconds),
    };
    return filesOfModel({ sizes, weights: views, source, target, summary }, "float32");
  }

  /** Called when the training has ended by itself: what was seen of it stays. */
  private async finish(why: LabFault): Promise<void> {
    this.over = why;
    this.wanted?.reject(new LabError(why));
    this.wanted = null;
    if (!this.isBegun) return;
    this.feed.flush();
    this.send({ kind: "failed", fault: why });
    await this.gate.stay();
  }
}

/** Weights of some time. */
interface FoundWeights {
  readonly step: number;
  readonly seconds: number;
  readonly views: ReadonlyMap<string, TensorValue>;
  readonly isNow: boolean;
}

/** The most checkpoints that records are made of. */
const mostRecorded = 24;

/** Some of all looks, spread as those that are kept. */
const fewer = (looks: readonly Look[], most: number): readonly Look[] =>
  looks.reduce<readonly Look[]>((some, look) => withLook(some, look, most), []);

/** The weights that count: their running average, if there is one. */
function weightsNow({ parts }: RunView): ReadonlyMap<string, TensorValue> {
  return (parts.averages ?? parts.step.parameters).views;
}

function partsOf(views: ReadonlyMap<string, TensorValue>): Float32Array<ArrayBuffer>[] {
  return [...views.values()].map(({ data }) => data as Float32Array<ArrayBuffer>);
}

/** The tokens of a vocabulary by their ids. */
function tokensOf(tokenizer: TextTokenizer): string[] {
  return Array.from({ length: tokenizer.size }, (_, id) => tokenizer.tokenOf(id));
}

function endOf({ reason, steps }: RunResult): LabFault {
  return { kind: "over", step: steps, hasStoppedImproving: reason === "patience" };
}
