import type { ModelEntry } from "../../../modelFolder/modelList.ts";
import { trainingRecords } from "../../../modelFolder/trainingRecords.ts";
import { fetchModelFile } from "../../state/modelFile.ts";
import { listModels } from "../../state/models.ts";
import { inLocale } from "../../state/preferences.svelte.ts";
import { faultWords } from "../../text/faults.ts";
import type { Translated } from "../../text/translated.ts";
import {
  type Evaluation,
  evaluationsOf,
  pairsOf,
  type Samples,
  samplesOf,
  type WatchedPair,
} from "./records.ts";

/** How often a run is asked for new lines, in milliseconds. */
const period = 3000;

/** The record of a training run, which grows while it trains. */
export class TrainingRun {
  readonly entry: ModelEntry;
  evaluations: readonly Evaluation[] = $state.raw([]);
  pairs: readonly WatchedPair[] = $state.raw([]);
  samples: readonly Samples[] = $state.raw([]);
  status: "loading" | "ready" | "missing" = $state("loading");
  /** What went wrong when it was asked last. */
  private fault: Translated<string> | null = $state.raw(null);
  /** When a run that goes on wrote its last line, if the server tells, and what time it was when it was asked. */
  written: Date | null = $state.raw(null);
  asked: Date = $state.raw(new Date());
  /** Whether a process trains there now. Then it is asked again and again. */
  isWatched: boolean = $state(false);
  private timer: ReturnType<typeof setTimeout> | undefined;
  private isStopped = false;
  private lines = { metrics: "", watched: "", samples: "" };

  constructor(entry: ModelEntry) {
    this.entry = entry;
  }

  /** Reads the record, and goes on reading while a process trains there. */
  async start(): Promise<void> {
    // Asked before the record is read, so that the last lines of a run that ends are seen.
    const isLive = await this.isLive();
    await this.read();
    if (this.isStopped) return;
    this.isWatched = isLive;
    if (isLive) this.timer = setTimeout(() => void this.start(), period);
  }

  /** What the server says of the run's lock; a page that no server answers stays with what it knows. */
  private async isLive(): Promise<boolean> {
    if (this.entry.isTraining !== true) return false;
    try {
      const now = (await listModels()).find(({ path }) => path === this.entry.path);
      return now?.isTraining === true;
    } catch {
      return this.isWatched || this.status === "loading";
    }
  }

  stop(): void {
    this.isStopped = true;
    this.isWatched = false;
    clearTimeout(this.timer);
  }

  private async read(): Promise<void> {
    if (document.hidden && this.status !== "loading") return;
    try {
      const [metrics, watched, samples] = await Promise.all(
        [trainingRecords.metrics, trainingRecords.watched, trainingRecords.samples].map((file) =>
          fetchModelFile(this.entry, file),
        ),
      );
      if (this.isStopped) return;
      const text = (bytes?: Uint8Array): string => new TextDecoder().decode(bytes);
      const lines = {
        metrics: text(metrics?.bytes),
        watched: text(watched?.bytes),
        samples: text(samples?.bytes),
      };
      // The same lines again are nothing to draw anew.
      if (lines.metrics !== this.lines.metrics) this.evaluations = evaluationsOf(lines.metrics);
      if (lines.watched !== this.lines.watched) this.pairs = pairsOf(lines.watched);
      if (lines.samples !== this.lines.samples) this.samples = samplesOf(lines.samples);
      this.asked = metrics?.asked ?? new Date();
      this.written = metrics?.written ?? this.firstSeen(lines.metrics);
      this.lines = lines;
      this.status = metrics || watched ? "ready" : "missing";
      this.fault = null;
    } catch (error) {
      this.fault = faultWords(error);
    }
  }

  /** What went wrong at the last look, for the reader; empty if nothing did. */
  get error(): string {
    return this.fault ? inLocale(this.fault) : "";
  }

  /** Where the server does not tell, a line was written when it was seen to be new. */
  private firstSeen(metrics: string): Date | null {
    const isNew = this.status === "ready" && metrics !== this.lines.metrics;
    return isNew ? new Date() : this.written;
  }
}
