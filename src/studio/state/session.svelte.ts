import type { SourceInput } from "../../decoding/sourceInput.ts";
import type { Seq2Seq } from "../../library/webSeq2Seq.ts";
import type { ModelEntry } from "../../modelFolder/modelList.ts";
import type { Trace } from "../../trace/trace.ts";
import { faultWords } from "../text/faults.ts";
import type { Translated } from "../text/translated.ts";
import type { Edits } from "./models.ts";
import { loadModel, noEdits, readsPictures, traceOf } from "./models.ts";
import { fetchPicture, readPictureFile } from "./pictures.ts";
import { inLocale } from "./preferences.svelte.ts";

/** How a session opens models and records translations. */
export interface SessionTools {
  readonly loadModel: typeof loadModel;
  readonly traceOf: typeof traceOf;
}

/** One model with one text, or one picture, and what it makes of it. A page has one; a comparison has two. */
export class Session {
  entry: ModelEntry | null = $state.raw(null);
  /** The model that made the trace: one that is being opened takes its place with its own trace. */
  model: Seq2Seq | null = $state.raw(null);
  /** The text, or what the picture is called. */
  text: string = $state("");
  /** What is translated; null while a model that reads pictures has none. */
  source: SourceInput | null = $state.raw(null);
  /** Whether the picture is a file of the reader's own, which no address can name. */
  isOwn: boolean = $state(false);
  edits: Edits = $state.raw(noEdits);
  /** Never a proxy: it holds many numbers. */
  trace: Trace | null = $state.raw(null);
  /** The trace without the edits, while there are any. */
  original: Trace | null = $state.raw(null);
  status: "idle" | "loading" | "running" | "ready" | "failed" = $state("idle");
  private fault: Translated<string> | null = $state.raw(null);
  /** How long the last translation and recording took, in milliseconds. */
  milliseconds: number = $state(0);
  private newest = 0;
  /** The model that translates next. */
  private opened: Seq2Seq | null = null;

  /** What the original is of. */
  private originalOf: { readonly model: Seq2Seq; readonly source: SourceInput } | null = null;

  constructor(private readonly tools: SessionTools = { loadModel, traceOf }) {}

  /** A sentence for the reader, if something went wrong; empty if nothing did. */
  get error(): string {
    return this.fault ? inLocale(this.fault) : "";
  }

  /**
   * Opens a model, and translates with it.
   *
   * @param text what is translated; of a model that reads pictures the name of an example, of which the
   *   first is taken if there is none of that name.
   */
  async open(entry: ModelEntry, text: string, edits: Edits = noEdits): Promise<void> {
    const turn = ++this.newest;
    this.entry = entry;
    this.text = text;
    this.status = "loading";
    this.fault = null;
    try {
      const model = await this.tools.loadModel(entry);
      if (turn !== this.newest) return;
      const isPicture = readsPictures(entry);
      // A text that was typed meanwhile is the newer one.
      const source = isPicture ? await fetchPicture(entry, text, model.sizes) : this.text;
      if (turn !== this.newest) return;
      this.opened = model;
      this.take(source, false);
      await this.run(this.text === text || isPicture ? edits : noEdits);
    } catch (error) {
      if (turn !== this.newest) return;
      // What another model has made must not stand under this one's name.
      this.opened = null;
      Object.assign(this, { model: null, trace: null, original: null, edits: noEdits });
      this.fail(error);
    }
  }

  /** Describes a picture that the reader has in a file. */
  async openFile(file: Blob & { readonly name: string }): Promise<void> {
    const { opened: model } = this;
    if (!model || this.status === "loading") return;
    const turn = ++this.newest;
    this.status = "running";
    this.fault = null;
    try {
      const source = await readPictureFile(file, model.sizes);
      if (turn !== this.newest) return;
      this.take(source, true);
      await this.run(noEdits);
    } catch (error) {
      if (turn === this.newest) this.fail(error);
    }
  }

  /**
   * Translates another text; changes made to the last translation are forgotten. A model that could not be opened is
   * opened again.
   */
  async translate(text: string): Promise<void> {
    this.take(text, false);
    if (this.status === "loading") return;
    if (!this.opened && this.entry) await this.open(this.entry, text);
    else await this.run(noEdits);
  }

  /** Translates again with changes, and keeps the unchanged trace to compare with; not while a model is being opened. */
  async edit(edits: Edits): Promise<void> {
    if (this.status !== "loading") await this.run(edits);
  }

  private take(source: SourceInput | null, isOwn: boolean): void {
    this.source = source;
    this.text = typeof source === "string" ? source : (source?.name ?? "");
    this.isOwn = isOwn;
  }

  private async run(edits: Edits): Promise<void> {
    const { opened: model, source } = this;
    if (!model) return;
    const turn = ++this.newest;
    if (source === null) {
      // There is nothing to tell until a picture is chosen.
      Object.assign(this, { model, trace: null, original: null, edits: noEdits, status: "ready" });
      return;
    }
    this.status = "running";
    this.fault = null;
    const begin = performance.now();
    try {
      const isEdited = edits.prefix.length > 0 || edits.attention.size > 0;
      const { originalOf } = this;
      const isKnown = originalOf?.model === model && originalOf.source === source;
      if (isEdited && !(this.original && isKnown)) {
        const original = await this.tools.traceOf(model, source);
        if (turn !== this.newest) return;
        this.original = original;
        this.originalOf = { model, source };
      }
      const trace = await this.tools.traceOf(model, source, edits);
      if (turn !== this.newest) return;
      this.model = model;
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
    this.fault = faultWords(error);
  }
}
