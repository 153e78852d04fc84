/** @file The caption of a scene that shows another translation than the page's: the bar shows it instead. */

class OwnCaption {
  /** The scene and its caption; null if the bar describes the page's own translation. */
  shown: { readonly scene: string; readonly caption: string } | null = $state.raw(null);

  /** The caption that replaces the page's own while a scene plays; null if none does. */
  of(scene: string): string | null {
    return this.shown?.scene === scene ? this.shown.caption : null;
  }
}

export const ownCaption: OwnCaption = new OwnCaption();
