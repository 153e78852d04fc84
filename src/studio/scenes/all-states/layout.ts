/** @file Two encoders side by side: one that hands over its last state, one that hands over all. Pure. */

import {
  type StripFlow,
  stateLength,
  stripFlow,
  type WordFlow,
} from "../../parts/modelBox/flow.ts";
import type { Box } from "../../parts/modelBox/machine.ts";
import { sourceFlow } from "../../parts/modelBox/patchFlow.ts";
import type { PatchShape } from "../../picture/picture.ts";

/** The places in one of the two pictures, in CSS pixels. */
export interface HandoverPanel {
  readonly left: number;
  readonly middle: number;
  readonly width: number;
  /** Baselines of the title and of the line below it. */
  readonly title: number;
  readonly source: WordFlow;
  readonly encoder: Box;
  readonly states: StripFlow;
  readonly way: { readonly from: number; readonly to: number };
  readonly decoder: Box;
  /** All states in the decoder; null in the picture of one that gets only the context. */
  readonly shelf: StripFlow | null;
  /** What the decoder starts with, a strip for each layer: middles and upper edge. */
  readonly start: {
    readonly xs: readonly number[];
    readonly y: number;
    readonly size: number;
    readonly cells: number;
    readonly across: number;
  };
  /** The baseline of the count below. */
  readonly count: number;
}

/** The whole picture. */
export interface HandoverLayout {
  readonly width: number;
  readonly height: number;
  readonly one: HandoverPanel;
  readonly all: HandoverPanel;
}

/** What of a translation the layout depends on. */
export interface HandoverShape {
  readonly tokens: readonly string[];
  /** How the source is cut, where it is a picture. */
  readonly patches?: PatchShape | null;
  readonly parts: number;
  readonly layers: number;
}

/** From which width on the two pictures stand side by side. */
const broad = 680;

/** Lays out both pictures. */
export function handoverLayout(shape: HandoverShape, width: number): HandoverLayout {
  const isBroad = width >= broad;
  const gap = 36;
  const room = isBroad ? (width - gap) / 2 : width;
  const one = panel(shape, { left: 0, top: 0, room }, false);
  const all = panel(
    shape,
    isBroad ? { left: room + gap, top: 0, room } : { left: 0, top: one.count + 46, room },
    true,
  );
  return { width, height: all.count + 18, one, all };
}

function panel(
  { tokens, parts, layers, patches = null }: HandoverShape,
  { left, top, room }: { left: number; top: number; room: number },
  keepsAll: boolean,
): HandoverPanel {
  const middle = left + room / 2;
  const width = room - 4;
  const box = { x: left + 2, width };
  const source = sourceFlow(tokens, patches, { middle, top: top + 50, room: width - 24 });
  const encoderTop = source.bottom + 22;
  const under = source.lines === 1 ? source.places : null;
  const strips = { middle, room: width - 28, parts, under };
  const states = stripFlow(tokens.length, { ...strips, top: encoderTop + 34 });
  const encoder = { ...box, y: encoderTop, height: states.bottom + 14 - encoderTop };
  const from = encoder.y + encoder.height;
  const to = from + 66;
  const shelf = stripFlow(tokens.length, { ...strips, top: to + 34, size: 5 });
  const [cells, size] = [8, 7];
  const startTop = shelf.bottom + 36;
  const length = stateLength(cells, size, 1);
  const decoder = { ...box, y: to, height: startTop + length + 16 - to };
  // Alone, it stands in the middle of the box.
  const y = keepsAll ? startTop : (to + 34 + startTop + length) / 2 - length / 2 + 8;
  return {
    left,
    middle,
    width,
    source,
    encoder,
    states,
    decoder,
    title: top + 16,
    way: { from, to },
    shelf: keepsAll ? shelf : null,
    start: {
      xs: Array.from({ length: layers }, (_, layer) => middle + (layer - (layers - 1) / 2) * 30),
      y,
      size,
      cells,
      across: 20,
    },
    count: decoder.y + decoder.height + 24,
  };
}
