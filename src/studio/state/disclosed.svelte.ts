/** @file What the reader has unfolded. It stays open while one goes from scene to scene. */

/** What is folded at first, because a beginner can do without it. */
export const foldedNames = [
  "phrase map",
  "word arithmetic",
  "word map",
  "models of decoder-mechanism",
  "papers of alignment",
  "lab settings",
  "lab model",
  "lab learning",
  "lab weights",
  "lab embeddings",
  "lab step",
] as const;

/** The name of something that is folded at first. */
export type Folded = (typeof foldedNames)[number];

class Disclosed {
  private open: ReadonlySet<Folded> = $state.raw(new Set());

  /** Whether something is unfolded. */
  isOpen(name: Folded): boolean {
    return this.open.has(name);
  }

  /** Unfolds something, or folds it again. */
  set(name: Folded, isOpen: boolean): void {
    if (this.open.has(name) === isOpen) return;
    const open = new Set(this.open);
    if (isOpen) open.add(name);
    else open.delete(name);
    this.open = open;
  }
}

export const disclosed: Disclosed = new Disclosed();
