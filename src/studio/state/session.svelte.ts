import type { SourceInput } from "../../decoding/sourceInput.ts";
import type { Seq2Seq } from "../../library/webSeq2Seq.ts";
import type { ModelEntry } from "../../modelFolder/modelList.ts";
import type { Trace } from "../../trace/trace.ts";
import { faultWords } from "../text/faults.ts";
import type { Translated } from "../text/translated.ts";
import { fits } from "./edits.ts";
import type { Edits } from "./models.ts";
import { isEdited, loadModel, noEdits, readsPictures, traceOf } from "./models.ts";
import { fetchPicture, readPictureFile } from "./pictures.ts";
import { inLocale } from "./preferences.svelte.ts";

/** How a session opens models, reads pictures and records translations. */
export interface SessionTools {
  readonly loadModel: typeof loadModel;
  readonly fetchPicture: typeof fetchPicture;
  readonly readPictureFile: typeof readPictureFile;
  readonly traceOf: typeof traceOf;
}
const pageTools: SessionTools = { loadModel, fetchPicture, readPictureFile, traceOf };

/** A picture that the reader has in a file. */
type PictureFile = Blob & { readonly name: string };

/** One model with one text, or one picture, and what it makes of it. A page has one; a comparison has two. */
export class Session {
  /** The model that is chosen; it may still be on its way. */
  entry: ModelEntry | null = $state.raw(null);
  /** The model that made the trace: one that is being opened takes its place with its own trace. */
  model: Seq2Seq | null = $state.raw(null);
  /** The entry of that model. */
  tracedEntry: ModelEntry | null = $state.raw(null);
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
  private readonly tools: SessionTools;
  private newest = 0;
  /** The model that translates next; null while it is being opened. */
  private opened: { readonly entry: ModelEntry; readonly model: Seq2Seq } | null = null;
  /** A picture that was chosen before the model was there. */
  private awaited: PictureFile | null = null;
  /** What the original is of. */
  private originalOf: { readonly model: Seq2Seq; readonly source: SourceInput } | null = null;

  constructor(tools: SessionTools = pageTools) {
    this.tools = tools;
  }

  /** A sentence for the reader, if something went wrong; empty if nothing did. */
  get error(): string {
    return this.fault ? inLocale(this.fault) : "";
  }

  /**
   * Opens a model, and translates with it.
   *
   * @param text what is translated; of a model that reads pictures the name of an example, of which the
   *   first is taken if there is none of that name.
   * @param edits changes to that translation; they are left out if another text or picture takes its place.
   */
  async open(entry: ModelEntry, text: string, edits: Edits = noEdits): Promise<void> {
    const turn = ++this.newest;
    this.entry = entry;
    this.text = text;
    this.status = "loading";
    this.fault = null;
    this.opened = null;
    this.awaited = null;
    try {
      const model = await this.tools.loadModel(entry);
      if (turn !== this.newest) return;
      this.opened = { entry, model };
      if (readsPictures(entry)) await this.takePicture(entry, text, model);
      // A text that was typed meanwhile is the newer one.
      else this.take(this.text, false);
      if (turn !== this.newest) return;
      await this.run(this.text === text ? edits : noEdits);
    } catch (error) {
      if (turn !== this.newest) return;
      // What another model has made must not stand under this one's name.
      Object.assign(this, { model: null, tracedEntry: null });
      Object.assign(this, { trace: null, original: null, edits: noEdits });
      this.fail(error);
    }
  }

  /** Takes the picture of a name, or the file that was chosen while it was fetched. */
  private async takePicture(entry: ModelEntry, name: string, { sizes }: Seq2Seq): Promise<void> {
    const turn = this.newest;
    const example = this.awaited ? null : await this.tools.fetchPicture(entry, name, sizes);
    if (turn !== this.newest) return;
    if (!this.awaited) return this.take(example, false);
    const own = await this.tools.readPictureFile(this.awaited, sizes);
    if (turn === this.newest) this.take(own, true);
  }

  /** Describes a picture that the reader has in a file; as soon as the model is there, if it is being opened. */
  async openFile(file: PictureFile): Promise<void> {
    if (this.status === "loading") {
      this.awaited = file;
      return;
    }
    const { opened } = this;
    if (!opened) return;
    const turn = ++this.newest;
    this.status = "running";
    this.fault = null;
    try {
      const source = await this.tools.readPictureFile(file, opened.model.sizes);
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
    const { opened, source } = this;
    if (!opened) return;
    const { model, entry: tracedEntry } = opened;
    const turn = ++this.newest;
    if (source === null) {
      // There is nothing to tell until a picture is chosen.
      const nothing = { trace: null, original: null, edits: noEdits, status: "ready" };
      Object.assign(this, { model, tracedEntry, ...nothing });
      return;
    }
    this.status = "running";
    this.fault = null;
    const begin = performance.now();
    try {
      const original = isEdited(edits) ? await this.originalWith(model, source) : null;
      if (turn !== this.newest) return;
      // An address may bring changes of another model, or of another version of it.
      const fitting =
        original && !fits(edits, original, model.targetTokenizer.size) ? noEdits : edits;
      const trace = await this.tools.traceOf(model, source, fitting);
      if (turn !== this.newest) return;
      if (original) this.originalOf = { model, source };
      this.original = isEdited(fitting) ? original : null;
      Object.assign(this, { model, tracedEntry, trace, edits: fitting });
      this.milliseconds = performance.now() - begin;
      this.status = "ready";
    } catch (error) {
      if (turn === this.newest) this.fail(error);
    }
  }

  /** The trace of a source without changes: the one that is there, if it is of the same. */
  private async originalWith(model: Seq2Seq, source: SourceInput): Promise<Trace> {
    const { original, originalOf } = this;
    const isKnown = originalOf?.model === model && originalOf.source === source;
    return original && isKnown ? original : this.tools.traceOf(model, source);
  }

  private fail(error: unknown): void {
    this.status = "failed";
    this.fault = faultWords(error);
  }
}
