/** @file Where things are in a picture of the closed box: things above, the box, things below. */

import type { PatchShape } from "../../picture/picture.ts";
import { type WordFlow, wordFlow } from "./flow.ts";
import { sourceFlow } from "./patchFlow.ts";

/** A box of the model. */
export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** The places of the picture's parts, in CSS pixels before the whole is made larger by `scale`. */
export interface MachineLayout {
  readonly width: number;
  readonly height: number;
  readonly scale: number;
  readonly middle: number;
  readonly source: WordFlow;
  readonly target: WordFlow;
  readonly box: Box;
  readonly slots: { readonly above: number; readonly below: number };
  /** The baselines of the captions above and below. */
  readonly captions: { readonly above: number; readonly below: number };
}

/** The broadest that a line of words gets. */
const lineRoom = 720;

/** How much larger a simple picture is drawn on a broad page. */
export function scaleFor(width: number): number {
  return Math.min(1.25, Math.max(1, width / 720));
}

/** The height of the box with so many lines below its title. */
export function boxHeight(lines: number): number {
  return 108 + lines * 19;
}

/** What the picture of a model shows, and its room. */
export interface MachineContent {
  readonly source: readonly string[];
  readonly target: readonly string[];
  /** How the source is cut, where it is a picture. */
  readonly patches?: PatchShape | null;
  /** How many lines stand below the title of the box. */
  readonly lines: number;
  /** The width of the page's column. */
  readonly room: number;
}

/** Lays out the picture of a model. */
export function machineLayout({
  source,
  target,
  patches = null,
  lines,
  room,
}: MachineContent): MachineLayout {
  const scale = scaleFor(room);
  const width = room / scale;
  const middle = width / 2;
  const line = Math.min(width - 52, lineRoom);
  const above = sourceFlow(source, patches, { middle, top: 28, room: line });
  const height = boxHeight(lines);
  const y = above.bottom + 38;
  const below = wordFlow(target, { middle, top: y + height + 36, room: line });
  const broad = Math.max(above.width + 48, below.width + 48, Math.min(width - 4, 440));
  const boxWidth = Math.min(width - 4, broad);
  return {
    width,
    scale,
    middle,
    source: above,
    target: below,
    height: below.bottom + 32,
    box: { x: middle - boxWidth / 2, y, width: boxWidth, height },
    slots: { above: above.width + 14, below: below.width + 14 },
    captions: { above: 14, below: below.bottom + 23 },
  };
}
