/** @file What a reader has changed about the page's translation, one change after the other. */

import type { ModelEntry } from "../../modelFolder/modelList.ts";
import type { Trace } from "../../trace/trace.ts";
import { type Edits, noEdits } from "./models.ts";
import type { Session } from "./session.svelte.ts";

/** What a translation is made of. */
interface State {
  readonly text: string;
  readonly edits: Edits;
}

/** The changes of one session, and the way back. It outlives the scene's being scrolled away. */
export class Changes {
  private readonly session: Session;
  private past: readonly State[] = $state.raw([]);
  private base: Trace | null = $state.raw(null);
  private entry: ModelEntry | null = $state.raw(null);
  /** The text that the last change left; another one is not of our making. */
  private lastText: string = $state("");
  private lastKind = "";
  private wanted: State | null = null;
  private work: Promise<void> | null = null;

  constructor(session: Session) {
    this.session = session;
  }

  /** Whether the changes are those of what is shown; otherwise another sentence was typed since. */
  private get isCurrent(): boolean {
    const { session, past, base } = this;
    return (
      past.length > 0 &&
      base !== null &&
      session.entry === this.entry &&
      session.text === this.lastText
    );
  }

  /** Whether what is shown is not what the model does by itself with the sentence. */
  get isChanged(): boolean {
    const { prefix, attention } = this.session.edits;
    return (
      prefix.length > 0 ||
      attention.size > 0 ||
      (this.isCurrent && this.session.text !== this.base?.source.text)
    );
  }

  /** The translation as it was before all changes; null if nothing is changed. */
  get original(): Trace | null {
    if (!this.isChanged) return null;
    return this.isCurrent ? this.base : this.session.original;
  }

  /**
   * Makes a change. Changes that come while the model is still at work wait, and only the last of them
   * is made.
   *
   * @param kind changes of one kind that follow each other, such as the movements of one drag, are
   *   undone together; empty for one that stands alone.
   */
  make(next: Partial<State>, kind = ""): Promise<void> {
    const { session } = this;
    if (!this.isCurrent) {
      this.past = [];
      this.base = session.original ?? session.trace;
      this.entry = session.entry;
      this.lastText = session.text;
      this.lastKind = "";
    }
    if (kind === "" || kind !== this.lastKind) {
      this.past = [...this.past, { text: session.text, edits: session.edits }];
    }
    this.lastKind = kind;
    return this.run({ text: next.text ?? session.text, edits: next.edits ?? noEdits });
  }

  /** Takes the last change back. */
  undo(): Promise<void> {
    const last = this.isCurrent ? this.past.at(-1) : undefined;
    this.lastKind = "";
    if (!last) return this.run({ text: this.session.text, edits: noEdits });
    // At once, so that another press takes back the change before.
    this.past = this.past.slice(0, -1);
    return this.run(last);
  }

  /** Takes all changes back. */
  undoAll(): Promise<void> {
    const text = (this.isCurrent ? this.base?.source.text : undefined) ?? this.session.text;
    this.lastKind = "";
    return this.run({ text, edits: noEdits }).then(() => {
      this.past = [];
    });
  }

  private run(state: State): Promise<void> {
    this.wanted = state;
    this.work ??= this.workOff().finally(() => {
      this.work = null;
    });
    return this.work;
  }

  private async workOff(): Promise<void> {
    const { session } = this;
    while (this.wanted) {
      const { text, edits }: State = this.wanted;
      this.wanted = null;
      this.lastText = text;
      if (text === session.text) await session.edit(edits);
      else if (session.entry) await session.open(session.entry, text, edits);
    }
  }
}

const known = new WeakMap<Session, Changes>();

/** The changes of a session. */
export function changesOf(session: Session): Changes {
  const found = known.get(session) ?? new Changes(session);
  known.set(session, found);
  return found;
}
