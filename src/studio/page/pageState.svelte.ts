/** @file Where the reader is: which scene has the clock, what is shown, and where each scene was left. */

import type { Trace } from "../../trace/trace.ts";
import { scenes } from "../scenes/registry.ts";
import type { Scene, SceneProps } from "../scenes/scene.ts";
import type { ModelEntry } from "../state/models.ts";
import { preferences } from "../state/preferences.svelte.ts";
import { Session } from "../state/session.svelte.ts";
import { Player } from "../timeline/player.svelte.ts";
import { type Moment, type Position, positionAt, script } from "../timeline/script.ts";

/** The state of the page, which all scenes share. */
export class PageState {
  readonly player = new Player();
  readonly session = new Session();
  models: readonly ModelEntry[] = $state.raw([]);
  /** The scene that the bar plays: the one alone, or the one in the middle of the window. */
  focus: string = $state((scenes[0] as Scene).name);
  /** The scene that is the whole page; null where the article is. */
  alone: string | null = $state(null);
  readonly moments: readonly Moment[] = $derived.by(() => {
    const { trace } = this.session;
    return trace ? script(trace) : [];
  });
  readonly views: ReadonlyMap<string, SceneView> = new Map(
    scenes.map((scene) => [scene.name, new SceneView(scene, this)]),
  );
  /** Where each scene was left, by its name. */
  private left: Readonly<Record<string, number>> = $state.raw({});

  /** Remembers where a scene was left, without going there. */
  leave(name: string, moment: number): void {
    this.left = { ...this.left, [name]: moment };
  }

  /** The part of the story that a scene plays. */
  rangeOf(scene: Scene): readonly [number, number] {
    const { trace } = this.session;
    return (
      (trace && scene.range?.(this.moments, trace)) ?? [0, Math.max(0, this.moments.length - 1)]
    );
  }

  /** Where a scene stands. One that has not been played shows its poster, where much is to be seen. */
  momentOf(scene: Scene): number {
    const { trace } = this.session;
    const [first, last] = this.rangeOf(scene);
    const poster = trace ? scene.poster?.(this.moments, trace) : undefined;
    return Math.min(last, Math.max(first, this.left[scene.name] ?? poster ?? last));
  }

  /** Gives the clock to a scene. */
  focusOn(name: string): void {
    const { player, moments } = this;
    const isElsewhere = name !== this.focus;
    if (isElsewhere && player.moment && player.moments === moments)
      this.leave(this.focus, player.moment.index);
    this.focus = name;
    player.isPlaying = false;
    const scene = sceneOf(name);
    player.range = this.rangeOf(scene);
    player.show(this.momentOf(scene));
  }

  /** Another trace is another story: the clock starts anew at the scene that is looked at. */
  startAnew(): void {
    const scene = sceneOf(this.focus);
    this.player.load(this.moments, this.momentOf(scene));
    this.player.range = this.rangeOf(scene);
  }
}

/** A scene by its name; the first one if there is none of that name. */
export function sceneOf(name: string): Scene {
  return scenes.find((scene) => scene.name === name) ?? (scenes[0] as Scene);
}

/**
 * What one scene shows. Each part is worked out only where it is read, so that a frame of the clock
 * reaches the scene that is played, and in it only what moves.
 */
export class SceneView implements Omit<SceneProps, "width"> {
  private readonly scene: Scene;
  private readonly page: PageState;
  private readonly isPlayed: boolean = $derived.by(() => {
    const { focus, player, moments } = this.page;
    return this.scene.name === focus && player.moments === moments;
  });
  readonly moment: Moment = $derived.by(() => {
    const { player, moments } = this.page;
    const played = this.isPlayed ? player.moment : undefined;
    return played ?? (moments[this.page.momentOf(this.scene)] as Moment);
  });
  readonly progress: number = $derived.by(() =>
    preferences.isStill || !this.isPlayed ? 1 : this.page.player.progress,
  );
  readonly position: Position = $derived.by(() => positionAt(this.moment, this.trace));

  constructor(scene: Scene, page: PageState) {
    this.scene = scene;
    this.page = page;
  }

  /** There is one wherever a scene is drawn that needs one. */
  get trace(): Trace {
    return this.page.session.trace as Trace;
  }
  get session(): Session {
    return this.page.session;
  }
  get models(): readonly ModelEntry[] {
    return this.page.models;
  }
  get moments(): readonly Moment[] {
    return this.page.moments;
  }
  readonly show = (index: number): void => {
    this.page.focusOn(this.scene.name);
    this.page.player.show(index);
  };
}
