/** @file The player of a scene that plays something else than a translation: the keys then play that. */

/** What the keys do. */
export interface OwnControls {
  toggle(): void;
  /** One on or back. */
  step(by: 1 | -1): void;
  /** Goes to a place, from 0; beyond the last one to the last. */
  show(index: number): void;
}

class OwnPlayer {
  private readonly known = new Map<string, OwnControls>();

  /** Takes the controls of a scene; the returned function gives them up. */
  provide(scene: string, controls: OwnControls): () => void {
    this.known.set(scene, controls);
    return () => this.known.delete(scene);
  }

  /** The controls of a scene; undefined if it has none of its own. */
  of(scene: string): OwnControls | undefined {
    return this.known.get(scene);
  }
}

export const ownPlayer: OwnPlayer = new OwnPlayer();
