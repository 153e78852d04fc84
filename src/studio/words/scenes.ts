/** @file The scenes' names and order, and how texts refer to them. */

import type { Locale } from "../text/translated.ts";

/** The scenes by their names in addresses, in the order of the story; a scene's number is its place here. */
export const sceneNames = [
  "black-box",
  "translation",
  "encoder-decoder",
  "context-vector",
  "embeddings",
  "recurrent-step",
  "hidden-states",
  "unrolled",
  "all-states",
  "where-it-looks",
  "five-moves",
  "decoder-mechanism",
  "focus",
  "alignment",
  "which-word",
  "beam",
  "what-if",
  "bottleneck",
  "learning",
] as const;

/** The name of a scene in addresses. */
export type SceneName = (typeof sceneNames)[number];

/** The number of a scene in the story, from 1. */
export function sceneNumber(name: SceneName): number {
  return sceneNames.indexOf(name) + 1;
}

/** What a sentence calls a scene: its number, such as "scene 10". */
export function sceneReference(name: SceneName, locale: Locale): string {
  const number = sceneNumber(name);
  return { en: `scene ${number}`, zh: `第 ${number} 幅图` }[locale];
}
