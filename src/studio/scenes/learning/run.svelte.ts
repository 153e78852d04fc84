import { fetchModelFile } from "../../state/modelFile.ts";
import type { ModelEntry } from "../../state/models.ts";
import { type Evaluation, evaluationsOf, mayGoOn, pairsOf, type WatchedPair } from "./records.ts";

/** How often a run is asked for new lines, in milliseconds. */
const period = 3000;

/** The record of a training run, which grows while it trains. */
export class TrainingRun {
  readonly entry: ModelEntry;
  evaluations: readonly Evaluation[] = $state.raw([]);
  pairs: readonly WatchedPair[] = $state.raw([]);
  status: "loading" | "ready" | "missing" = $state("loading");
  /** What went wrong when it was asked last. */
  error: string = $state("");
  /** When the last line was written, if the server tells, and what time it was when it was asked. */
  written: Date | null = $state.raw(null);
  asked: Date = $state.raw(new Date());
  /** Whether it is asked again and again. */
  isWatched: boolean = $state(false);
  private timer: ReturnType<typeof setTimeout> | undefined;
  private isStopped = false;
  private lines = { metrics: "", watched: "" };

  constructor(entry: ModelEntry) {
    this.entry = entry;
  }

  /** Reads the record, and goes on reading while new lines may come. */
  async start(): Promise<void> {
    await this.read();
    if (this.isStopped) return;
    const silence = this.written ? (this.asked.getTime() - this.written.getTime()) / 1000 : null;
    // A copy that was exported has its weights on its card; nobody trains it any further.
    const isCopy = this.entry.card?.["format"] === "seq2see-card";
    const exists = this.status === "ready" || this.entry.hasTraining;
    this.isWatched = exists && !isCopy && mayGoOn(this.evaluations, silence);
    if (this.isWatched) this.timer = setTimeout(() => void this.start(), period);
  }

  stop(): void {
    this.isStopped = true;
    this.isWatched = false;
    clearTimeout(this.timer);
  }

  private async read(): Promise<void> {
    if (document.hidden && this.status !== "loading") return;
    try {
      const [metrics, watched] = await Promise.all([
        fetchModelFile(this.entry, "training/metrics.jsonl"),
        fetchModelFile(this.entry, "training/watched.jsonl"),
      ]);
      if (this.isStopped) return;
      const text = (bytes?: Uint8Array): string => new TextDecoder().decode(bytes);
      const lines = { metrics: text(metrics?.bytes), watched: text(watched?.bytes) };
      // The same lines again are nothing to draw anew.
      if (lines.metrics !== this.lines.metrics) this.evaluations = evaluationsOf(lines.metrics);
      if (lines.watched !== this.lines.watched) this.pairs = pairsOf(lines.watched);
      this.asked = metrics?.asked ?? new Date();
      this.written = metrics?.written ?? this.firstSeen(lines.metrics);
      this.lines = lines;
      this.status = metrics || watched ? "ready" : "missing";
      this.error = "";
    } catch (error) {
      this.error = error instanceof Error ? error.message : String(error);
    }
  }

  /** Where the server does not tell, a line was written when it was seen to be new. */
  private firstSeen(metrics: string): Date | null {
    const isNew = this.status === "ready" && metrics !== this.lines.metrics;
    return isNew ? new Date() : this.written;
  }
}
