import type { Seq2Seq } from "../../library/webSeq2Seq.ts";
import type { Trace } from "../../trace/trace.ts";
import type { Edits, ModelEntry } from "./models.ts";
import { loadModel, noEdits, traceOf } from "./models.ts";

/** One model with one text and what it makes of it. A page has one; a comparison has two. */
export class Session {
  entry: ModelEntry | null = $state.raw(null);
  model: Seq2Seq | null = $state.raw(null);
  text: string = $state("");
  edits: Edits = $state.raw(noEdits);
  /** Never a proxy: it holds many numbers. */
  trace: Trace | null = $state.raw(null);
  /** The trace without the edits, while there are any. */
  original: Trace | null = $state.raw(null);
  status: "idle" | "loading" | "running" | "ready" | "failed" = $state("idle");
  /** A sentence for the reader, if something went wrong. */
  error: string = $state("");
  /** How long the last translation and recording took, in milliseconds. */
  milliseconds: number = $state(0);
  private newest = 0;

  /** Opens a model, and translates with it. */
  async open(entry: ModelEntry, text: string, edits: Edits = noEdits): Promise<void> {
    const turn = ++this.newest;
    this.entry = entry;
    this.text = text;
    this.status = "loading";
    this.error = "";
    try {
      const model = await loadModel(entry);
      if (turn !== this.newest) return;
      this.model = model;
      await this.run(edits);
    } catch (error) {
      if (turn === this.newest) this.fail(error);
    }
  }

  /** Translates another text; changes made to the last translation are forgotten. */
  async translate(text: string): Promise<void> {
    this.text = text;
    await this.run(noEdits);
  }

  /** Translates again with changes, and keeps the unchanged trace to compare with. */
  async edit(edits: Edits): Promise<void> {
    await this.run(edits);
  }

  private async run(edits: Edits): Promise<void> {
    const { model, text } = this;
    if (!model) return;
    const turn = ++this.newest;
    this.status = "running";
    this.error = "";
    const begin = performance.now();
    try {
      const isEdited = edits.prefix.length > 0 || edits.attention.size > 0;
      if (isEdited && (!this.original || this.original.source.text !== text)) {
        const original = await traceOf(model, text);
        if (turn !== this.newest) return;
        this.original = original;
      }
      const trace = await traceOf(model, text, edits);
      if (turn !== this.newest) return;
      this.trace = trace;
      if (!isEdited) this.original = null;
      this.edits = edits;
      this.milliseconds = performance.now() - begin;
      this.status = "ready";
    } catch (error) {
      if (turn === this.newest) this.fail(error);
    }
  }

  private fail(error: unknown): void {
    this.status = "failed";
    this.error = error instanceof Error ? error.message : String(error);
  }
}
