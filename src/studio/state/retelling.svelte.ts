/** @file A story that a scene tells in the place of the page's own: the bar then speaks of that. */

class Retelling {
  /** The scene's name, and what the bar says while it plays that scene; null if nothing is retold. */
  told: { readonly scene: string; readonly caption: string } | null = $state.raw(null);

  /** What the bar has to say for a scene; null if it tells the page's own story. */
  captionFor(scene: string): string | null {
    return this.told?.scene === scene ? this.told.caption : null;
  }
}

export const retelling: Retelling = new Retelling();
