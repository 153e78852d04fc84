/** @file Where the reader is: which scene has the clock, what is shown, and where each scene was left. */

import type { ModelEntry } from "../../modelFolder/modelList.ts";
import type { Trace } from "../../trace/trace.ts";
import { scenes } from "../scenes/registry.ts";
import type { Scene, SceneProps } from "../scenes/scene.ts";
import { ownModels } from "../state/ownModels.svelte.ts";
import { preferences } from "../state/preferences.svelte.ts";
import { printing } from "../state/printing.svelte.ts";
import { Session } from "../state/session.svelte.ts";
import { type Beat, beatAt, beatsOf, endOf } from "../timeline/beats.ts";
import { Player } from "../timeline/player.svelte.ts";
import { type Moment, type Position, positionAt, script } from "../timeline/script.ts";

/** The state of the page, which all scenes share. */
export class PageState {
  readonly player = new Player();
  readonly session = new Session();
  /** The models that the server or the export offers. */
  listed: readonly ModelEntry[] = $state.raw([]);
  /** All models that can be opened: after those, the ones that only this page has. */
  readonly models: readonly ModelEntry[] = $derived([
    ...this.listed,
    ...ownModels.list.map(({ entry }) => entry),
  ]);
  /** The scene that the bar plays: the one alone, or the one in the middle of the window. */
  focus: string = $state((scenes[0] as Scene).name);
  /** The scene that is the whole page; null where the article is. */
  alone: string | null = $state(null);
  /** The whole story of the translation. */
  readonly moments: readonly Moment[] = $derived.by(() => {
    const { trace } = this.session;
    return trace ? script(trace) : [];
  });
  readonly views: ReadonlyMap<string, SceneView> = new Map(
    scenes.map((scene) => [scene.name, new SceneView(scene, this)]),
  );
  /** Where each scene was left, by its name: a moment of the story. */
  private left: Readonly<Record<string, number>> = $state.raw({});
  private isNewStory = true;

  /** Remembers where a scene was left; null is its beginning. */
  private leave(name: string, moment: number | null): void {
    const { [name]: _, ...others } = this.left;
    this.left = moment === null ? others : { ...others, [name]: moment };
  }

  /** Forgets where scenes were left: the translation that comes is another story. */
  leaveAll(): void {
    this.left = {};
    this.isNewStory = true;
  }

  /** Where a scene stands among its own moments: where it was left, else at its beginning. */
  placeOf(view: SceneView): number {
    const left = this.left[view.scene.name];
    return left === undefined ? 0 : beatAt(view.beats, left);
  }

  /** The moment of the story at which a scene stands; null at its beginning. */
  momentFor(name: string): number | null {
    const view = this.viewOf(name);
    const at = view.isPlayed ? this.player.at : this.placeOf(view);
    const beat = view.beats[at];
    return beat && at > 0 ? endOf(beat).index : null;
  }

  /** Gives the clock to a scene, where it was left, or at a moment of the story; null is its beginning. */
  focusOn(name: string, moment?: number | null): void {
    if (name !== this.focus) this.leave(this.focus, this.momentFor(this.focus));
    if (moment !== undefined) this.leave(name, moment);
    this.focus = name;
    this.load();
  }

  /** Takes the moments of the scene that has the clock when they change; it stays where it is in the same story. */
  follow(): void {
    const { beats, beat, at } = this.player;
    if (beats === this.viewOf(this.focus).beats) return;
    if (beat && !this.isNewStory) this.leave(this.focus, at > 0 ? endOf(beat).index : null);
    this.isNewStory = false;
    this.load();
  }

  private load(): void {
    const view = this.viewOf(this.focus);
    this.player.load(view.beats, this.placeOf(view));
  }

  /** What a scene shows. */
  viewOf(name: string): SceneView {
    return this.views.get(name) as SceneView;
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
  readonly scene: Scene;
  private readonly page: PageState;
  /** The scene's own moments; none where it has nothing to play. */
  readonly beats: readonly Beat[] = $derived.by(() => {
    const { moments, session } = this.page;
    const { trace } = session;
    if (!trace || this.scene.lacks?.(trace)) return [];
    return beatsOf(this.scene.plays?.(trace) ?? [], moments, trace);
  });
  /** Whether the scene has the clock. */
  readonly isPlayed: boolean = $derived.by(
    () => this.scene.name === this.page.focus && this.page.player.beats === this.beats,
  );
  readonly moment: Moment = $derived.by(() => {
    const { player, moments } = this.page;
    const isPlayed = this.isPlayed && !preferences.isStill && !printing.isOn;
    const played = isPlayed ? player.moment : undefined;
    const at = this.isPlayed ? player.at : this.page.placeOf(this);
    // On paper nothing is played: what stands at its beginning shows its end, which shows most.
    const beat = this.beats.at(printing.isOn && at === 0 ? -1 : at);
    return played ?? (beat ? endOf(beat) : (moments.at(-1) as Moment));
  });
  readonly progress: number = $derived.by(() =>
    preferences.isStill || printing.isOn || !this.isPlayed || this.beats.length === 0
      ? 1
      : this.page.player.progress,
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
    this.page.player.show(beatAt(this.beats, index));
  };
}
