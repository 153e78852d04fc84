/** @file What a scene is: a view of (trace, moment). */

import type { Component } from "svelte";
import type { ModelEntry } from "../../modelFolder/modelList.ts";
import type { Trace } from "../../trace/trace.ts";
import { isOfPicture } from "../picture/picture.ts";
import type { Folded } from "../state/disclosed.svelte.ts";
import type { Session } from "../state/session.svelte.ts";
import type { Translated } from "../text/translated.ts";
import type { Played } from "../timeline/beats.ts";
import type { Moment, Position } from "../timeline/script.ts";
import type { SceneCaptions } from "../words/captions.ts";
import type { SceneName } from "../words/scenes.ts";

/** What every scene is given. */
export interface SceneProps {
  readonly trace: Trace;
  readonly session: Session;
  /** All models that the page can open. */
  readonly models: readonly ModelEntry[];
  /** All moments of the story. */
  readonly moments: readonly Moment[];
  /** The moment to show: one that the scene plays. */
  readonly moment: Moment;
  /** How far the moment's movement is, 0 to 1. */
  readonly progress: number;
  readonly position: Position;
  /** The width that the scene may fill, in CSS pixels; at least 280. */
  readonly width: number;
  /** Takes the clock to the scene's moment that a moment of the story is in. */
  readonly show: (index: number) => void;
}

/** The words around a scene's picture. */
export interface SceneText {
  readonly title: string;
  /** Paragraphs before the picture; `code` between backquotes. */
  readonly before: readonly string[];
  /** What pointer and keys do in the picture, after it; left out on paper. */
  readonly handling?: readonly string[];
  /** What to look at or to try, after the picture. */
  readonly after: readonly string[];
  /** What a beginner can do without, under a heading that unfolds it. */
  readonly folded?: {
    readonly name: Folded;
    readonly title: string;
    readonly paragraphs: readonly string[];
  };
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
  /** Whether its picture is of small files, which are fetched once nothing else is to be done. */
  readonly isOfFiles?: boolean;
  /** What it plays: the moments that change its picture. Nothing unless given; then there is no bar. */
  plays?(trace: Trace): readonly Played[];
  /** What the bar says of its moments, where it shows something else of them than others do. */
  readonly captions?: Translated<SceneCaptions>;
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
