/** @file What a scene is: a view of (trace, moment). */

import type { Component } from "svelte";
import type { Trace } from "../../trace/trace.ts";
import { isOfPicture } from "../picture/picture.ts";
import type { ModelEntry } from "../state/models.ts";
import type { Session } from "../state/session.svelte.ts";
import type { Translated } from "../text/translated.ts";
import type { Moment, Position } from "../timeline/script.ts";
import type { SceneName } from "../words/scenes.ts";

/** What every scene is given. */
export interface SceneProps {
  readonly trace: Trace;
  readonly session: Session;
  /** All models that the page can open. */
  readonly models: readonly ModelEntry[];
  readonly moments: readonly Moment[];
  /** The moment to show: the page's, moved into the scene's own range. */
  readonly moment: Moment;
  /** How far the moment's movement is, 0 to 1. */
  readonly progress: number;
  readonly position: Position;
  /** The width that the scene may fill, in CSS pixels; at least 280. */
  readonly width: number;
  /** Takes the clock to a moment. */
  readonly show: (index: number) => void;
}

/** The words around a scene's picture. */
export interface SceneText {
  readonly title: string;
  /** Paragraphs before the picture; `code` between backquotes. */
  readonly before: readonly string[];
  /** What to look at or to try, after the picture. */
  readonly after: readonly string[];
}

/** What a scene's folder says of it. */
export interface SceneDefinition {
  readonly text: Translated<SceneText>;
  /** The words around the picture of a model that reads pictures, where they are others. */
  readonly ofPictures?: Translated<SceneText>;
  readonly component: Component<SceneProps>;
  /** Whether it tells the article's story, or goes on from there. */
  readonly isArticle: boolean;
  /** Whether it tells of a training: it needs no translation, and keeps what was chosen in it. */
  readonly isOfTraining?: boolean;
  /** The moments that it plays; all of them unless given. */
  range?(moments: readonly Moment[], trace: Trace): readonly [number, number];
  /** The moment that is shown until the scene is played; the last of the range unless given. */
  poster?(moments: readonly Moment[], trace: Trace): number;
  /** Why this model has nothing to show here, in the reader's language; null if it has. */
  lacks?(trace: Trace): Translated<string> | null;
}

/** A scene in its place in the story. */
export interface Scene extends SceneDefinition {
  /** Its name in addresses. */
  readonly name: SceneName;
  /** Its number in the story, from 1. */
  readonly number: number;
}

/** The words around a scene's picture, as the model of a trace needs them. */
export function textOf(scene: SceneDefinition, trace: Trace | null): Translated<SceneText> {
  return (trace && isOfPicture(trace) && scene.ofPictures) || scene.text;
}

/** The moments from the first that `isFirst` takes to the last that `isLast` takes. */
export function between(
  moments: readonly Moment[],
  isFirst: (moment: Moment) => boolean,
  isLast: (moment: Moment) => boolean,
): readonly [number, number] {
  const first = moments.findIndex(isFirst);
  const last = moments.findLastIndex(isLast);
  const from = Math.max(0, first);
  return [from, Math.max(from, last < 0 ? moments.length - 1 : last)];
}
