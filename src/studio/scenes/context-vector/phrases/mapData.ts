/** @file The phrases of a map with their vectors and places. Pure, besides the plane. */

import type { PrincipalPlane } from "../../../../vectors/project2d.ts";
import { placeInPlane } from "../../../../vectors/project2d.ts";
import { centred } from "../../../parts/pointMap/mapView.ts";
import { unit } from "../../../parts/pointMap/plane.ts";
import type { PointShape, PointSign } from "../../../parts/pointMap/symbols.ts";
import { pointShapes } from "../../../parts/pointMap/symbols.ts";
import type { PhraseGroup } from "./groupNames.ts";
import type { GroupChoice } from "./phraseMap.svelte.ts";

/** A phrase, and what it belongs to. */
export interface Listed {
  readonly phrase: string;
  readonly group: GroupChoice;
}

/** Encoded phrases and the plane that keeps most of their variance. */
export interface PlacedPhrases {
  readonly listed: readonly Listed[];
  /** Of length one. */
  readonly vectors: readonly Float32Array<ArrayBuffer>[];
  readonly plane: PrincipalPlane;
}

/** What the map shows: the phrases, and the sentence of the page among them. */
export interface PhraseMapData {
  readonly phrases: readonly string[];
  readonly groupOf: readonly (GroupChoice | "sentence")[];
  /** The place of the page's sentence in the list; null if it has no vector. */
  readonly sentence: number | null;
  readonly vectors: readonly Float32Array<ArrayBuffer>[];
  /** x and y of phrase 0, of phrase 1 …; the middle is 0. */
  readonly points: Float32Array;
  /** The part of the phrases' variance that lies across and up. */
  readonly shares: readonly [x: number, y: number];
}

/** Fewer points are no map. */
export const leastPhrases = 3;

/** The phrases of groups and those of the reader, none twice; the reader's are hers. */
export function listedPhrases(groups: readonly PhraseGroup[], own: readonly string[]): Listed[] {
  const byPhrase = new Map<string, Listed>();
  groups.forEach(({ phrases }, group) => {
    for (const phrase of phrases) {
      if (!byPhrase.has(phrase)) byPhrase.set(phrase, { phrase, group });
    }
  });
  for (const phrase of own) byPhrase.set(phrase, { phrase, group: "own" });
  return [...byPhrase.values()];
}

/**
 * Adds the sentence of the page. Where it is none of the phrases it is put into their plane, so that they
 * stay where they are while it is changed.
 */
export function withSentence(
  { listed, vectors, plane }: PlacedPhrases,
  sentence: string,
  vector: Float32Array,
): PhraseMapData {
  const known = listed.findIndex(({ phrase }) => phrase === sentence);
  const isAdded = known < 0 && vector.length > 0;
  const one = unit(vector);
  const place = isAdded ? placeInPlane(plane, one) : [];
  const groups = listed.map(({ group }) => group);
  return {
    phrases: [...listed.map(({ phrase }) => phrase), ...(isAdded ? [sentence] : [])],
    groupOf: [...groups, ...(isAdded ? (["sentence"] as const) : [])],
    sentence: isAdded ? listed.length : known < 0 ? null : known,
    vectors: [...vectors, ...(isAdded ? [one] : [])],
    points: centred(Float32Array.from([...plane.points, ...place])),
    shares: plane.shares,
  };
}

/** The shapes and colours of groups, in their order. */
const groupShapes = pointShapes.slice(0, 9);

/** The sign of a group, of the reader's own phrases, and of the sentence of the page. */
export function signOf(group: GroupChoice | "sentence"): {
  readonly shape: PointShape;
  readonly color: string;
  readonly size: number;
} {
  if (group === "sentence") return { shape: "star", color: "var(--ink)", size: 7 };
  if (group === "own") return { shape: "cross", color: "var(--ink)", size: 5.5 };
  const place = group % groupShapes.length;
  return {
    shape: groupShapes[place] as PointShape,
    color: `var(--group-${place + 1})`,
    size: 5,
  };
}

/**
 * The signs of all phrases.
 *
 * @param broughtOut the group that is looked at; the others stand back.
 */
export function signsOf(
  { groupOf, sentence }: PhraseMapData,
  broughtOut: GroupChoice | null,
): PointSign[] {
  return groupOf.map((group, index) => {
    const isSentence = index === sentence;
    const isChosen = group === broughtOut;
    return {
      index,
      ...signOf(isSentence ? "sentence" : group),
      isWritten: isSentence || isChosen || (group === "own" && broughtOut === null),
      isFaded: broughtOut !== null && !isChosen && !isSentence,
    };
  });
}
