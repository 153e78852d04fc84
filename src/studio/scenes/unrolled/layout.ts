/** @file The unrolled networks: a box for each step, states on the arrows between them. Pure, in CSS pixels. */

import type { StepShape } from "../../../models/wiring.ts";
import { largestOf } from "../../../tensor/extremes.ts";
import { tokenWidth } from "../../text/spelling.ts";

/** What of a translation the layout depends on. */
export interface UnrolledShape {
  readonly source: readonly string[];
  /** The positions in the order in which the encoder reads them. */
  readonly order: readonly number[];
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  /** Of the encoder: which directions each layer reads in. */
  readonly encoder: readonly (readonly ("forward" | "backward" | null)[])[];
  /** Whether each direction of an upper layer reads both of the layer below, and not only its own. */
  readonly isJoined?: boolean;
  /** Layers of the decoder. */
  readonly layers: number;
  /**
   * Whether the decoder attends, and if so after its step, before it, or after its bottom layer; or
   * whether a summary of the source enters every step.
   */
  readonly attention: StepShape;
}

/** A row of the encoder's boxes: a layer, or one direction of it. */
export interface EncoderRow {
  readonly layer: number;
  readonly half: "forward" | "backward" | null;
  /** The upper edge of its boxes. */
  readonly top: number;
  /** The columns in the order in which they are computed. */
  readonly turns: readonly number[];
}

/** Where the parts are. */
export interface UnrolledLayout {
  readonly width: number;
  readonly height: number;
  /** The middles of the encoder's and the decoder's columns, and half the room that their words take. */
  readonly source: readonly Column[];
  readonly target: readonly Column[];
  /** The middle of the source words. */
  readonly words: number;
  readonly rows: readonly EncoderRow[];
  readonly isJoined: boolean;
  /** The upper edge of the kept states, and of the line that brings them to the decoder. */
  readonly memory: number | null;
  readonly bus: number;
  /** Where the encoder's last states go along. */
  readonly handover: number;
  /** The middles of the decoder's inputs and outputs, the upper edges of its layers' boxes. */
  readonly inputs: number;
  readonly decoder: readonly number[];
  readonly outputs: number;
  /** The upper edge of the contexts; null without attention. */
  readonly context: number | null;
}

/** A column of the drawing. */
export interface Column {
  readonly x: number;
  /** Half of the room that its box and its words take. */
  readonly half: number;
}

/** The sizes of the parts. */
export const boxWidth = 52;
export const boxHeight = 58;
export const strip = { across: 15, cells: 6, size: 8.5, length: 51 } as const;
export const flat = { across: 13, cells: 8, size: 6.5, length: 52 } as const;
/** Between the words' room of two columns: a strip, and two lines that pass between the rows. */
const gap = 56;
/** Before the first column: the room for names and for a state's strip. */
const margin = 122;

function columns(words: readonly (readonly string[])[]): Column[] {
  let at = margin;
  return words.map((tokens) => {
    const half =
      largestOf(
        tokens.map((token) => tokenWidth(token)),
        boxWidth,
      ) / 2;
    const x = at + half;
    at = x + half + gap;
    return { x, half };
  });
}

/** Lays out the networks for a translation. */
export function unrolledLayout(shape: UnrolledShape, width: number): UnrolledLayout {
  const { encoder, layers, attention, order } = shape;
  const source = columns(shape.source.map((token) => [token]));
  const target = columns(
    shape.outputs.map((output, step) => [output, shape.inputs[step] as string]),
  );
  const endOf = (list: readonly Column[]): number => {
    const last = list.at(-1);
    return last ? last.x + last.half + gap + 12 : margin;
  };
  const broad = Math.max(endOf(source), endOf(target));
  const shift = Math.max(0, (width - broad) / 2);
  const moved = (list: readonly Column[]): Column[] =>
    list.map(({ x, half }) => ({ x: x + shift, half }));

  const words = 22;
  let y = words + 14 + 22;
  const rows: EncoderRow[] = [];
  for (const [layer, halves] of encoder.entries()) {
    for (const half of halves) {
      const turns = half === "backward" ? [...order].reverse() : [...order];
      rows.push({ layer, half, top: y, turns });
      y += boxHeight + 26;
    }
  }
  const memory = attention === "none" || attention === "summary" ? null : y + 2;
  if (memory !== null) y = memory + flat.across + 16;
  const handover = y + 8;
  const bus = y + 24;
  y = (memory === null ? handover : bus) + 26;
  // The title of the decoder stands in the margin beside its inputs.
  const inputs = y + 14;
  y = inputs + 14 + 20;
  let context: number | null = null;
  if (attention === "before" || attention === "summary") {
    context = y;
    y += flat.across + 18;
  }
  const decoder = Array.from({ length: layers }, (_, layer) => {
    const top = y;
    y += boxHeight + 26;
    if (layer === 0 && attention === "between") {
      context = y - 6;
      y += flat.across + 12;
    }
    return top;
  });
  y -= 6;
  if (attention === "after") {
    context = y;
    y += flat.across + 20;
  }
  const outputs = y + 14;
  return {
    width: Math.max(width, broad),
    height: outputs + 14 + 12,
    source: moved(source),
    target: moved(target),
    words,
    rows,
    memory,
    bus,
    handover,
    isJoined: shape.isJoined ?? false,
    inputs,
    decoder,
    outputs,
    context,
  };
}

/** Where a step's strip is: beyond its box, in the direction in which the state goes. */
export function stripPlace(column: Column, direction: 1 | -1): number {
  return column.x + direction * (column.half + 10 + strip.across / 2);
}

/** In which direction a row's states go: to the right, or to the left. */
export function directionOf({ turns, half }: Pick<EncoderRow, "turns" | "half">): 1 | -1 {
  const [first, second] = turns;
  if (first === undefined || second === undefined) return half === "backward" ? -1 : 1;
  return second < first ? -1 : 1;
}

/** A path as points. */
export type Polyline = readonly (readonly [number, number])[];

/** The path of a word into the box of a row; into the second row past the box of the first one. */
export function wordPath(layout: UnrolledLayout, row: EncoderRow, column: Column): Polyline {
  const { x, half } = column;
  const begin = layout.words + 16;
  if (row.half !== "backward")
    return [
      [x, begin],
      [x, row.top - 2],
    ];
  const side = x - half - 5;
  return [
    [x - 12, begin],
    [x - 12, begin + 7],
    [side, begin + 7],
    [side, row.top - 11],
    [x - 12, row.top - 11],
    [x - 12, row.top - 2],
  ];
}

/**
 * The paths of a row's state to what is above its layer: the next layer, or the kept states. Where both directions
 * read both, the forward half joins the backward one, from where a path goes to each of them.
 */
export function upwardPaths(
  layout: UnrolledLayout,
  row: EncoderRow,
  column: Column,
): readonly Polyline[] {
  const above = layout.rows.filter(({ layer }) => layer === row.layer + 1);
  const [first, second] = above;
  if (!layout.isJoined || !first || !second) {
    const path = upwardPath(layout, row, column);
    return path ? [path] : [];
  }
  const { x, half } = column;
  const begin = row.top + boxHeight + 2;
  if (row.half === "forward") {
    const side = x + half + 5;
    return [
      [
        [x + 12, begin],
        [x + 12, begin + 7],
        [side, begin + 7],
        [side, first.top - 15],
        [x + 1, first.top - 15],
      ],
    ];
  }
  const side = x - half - 5;
  return [
    [
      [x, begin],
      [x, first.top - 2],
    ],
    [
      [x, first.top - 9],
      [side, first.top - 9],
      [side, second.top - 11],
      [x - 12, second.top - 11],
      [x - 12, second.top - 2],
    ],
  ];
}

/** The one path of a row's state where each direction goes up to its own, or there is one; null if nothing is kept. */
function upwardPath(layout: UnrolledLayout, row: EncoderRow, column: Column): Polyline | null {
  const above = layout.rows.filter(({ layer }) => layer === row.layer + 1);
  // In stacks of two directions each half goes up to its own.
  const next = above.find(({ half }) => half === row.half) ?? above[0];
  const end = next?.top ?? layout.memory;
  if (end === null) return null;
  const { x, half } = column;
  const begin = row.top + boxHeight + 2;
  const isNext = layout.rows.every(({ top }) => top <= row.top || top >= end);
  if (isNext)
    return [
      [x, begin],
      [x, end - 2],
    ];
  // Past the row between, one half at the right and the other at the left.
  const sign = row.half === "backward" ? -1 : 1;
  const [near, side] = [x + sign * 12, x + sign * (half + 5)];
  return [
    [near, begin],
    [near, begin + 7],
    [side, begin + 7],
    [side, end - 11],
    [near, end - 11],
    [near, end - 2],
  ];
}

/** The middle of the strip of the decoder's first state. */
export function firstPlace(layout: UnrolledLayout): number {
  const column = layout.target[0] as Column;
  return stripPlace(column, -1);
}

/** The path of a row's last state to the first state of the decoder's layer. */
export function handoverPath(layout: UnrolledLayout, row: EncoderRow, layer: number): Polyline {
  const column = layout.source[row.turns.at(-1) as number] as Column;
  const direction = directionOf(row);
  const y = row.top + boxHeight / 2;
  const begin = stripPlace(column, direction) + direction * (strip.across / 2 + 2);
  const side = column.x + direction * (column.half + 46);
  const end = firstPlace(layout) - strip.across / 2 - 2;
  const goal = (layout.decoder[layer] as number) + boxHeight / 2;
  return [
    [begin, y],
    [side, y],
    [side, layout.handover],
    [end - 19, layout.handover],
    [end - 19, goal],
    [end, goal],
  ];
}

/** The path of a word that came out to the next step's input. */
export function feedbackPath(layout: UnrolledLayout, step: number, shape: UnrolledShape): Polyline {
  const from = layout.target[step - 1] as Column;
  const to = layout.target[step] as Column;
  const side = to.x - to.half - 18;
  const begin = from.x + tokenWidth(shape.outputs[step - 1] as string) / 2 + 2;
  const end = to.x - tokenWidth(shape.inputs[step] as string) / 2 - 2;
  return [
    [begin, layout.outputs],
    [side, layout.outputs],
    [side, layout.inputs],
    [end, layout.inputs],
  ];
}

/** Where the context's strip begins in its column, which leaves room for an arrow beside it. */
export const contextStrip = { cells: 6, size: 5, width: 30, shift: -29 } as const;
/** Where the arrow beside it is. */
export const besideContext = 12;

/** The path of the kept states to a step's context. */
export function contextPath(layout: UnrolledLayout, step: number): Polyline {
  const { x, half } = layout.target[step] as Column;
  const side = x - half - 7;
  const y = (layout.context as number) + flat.across / 2;
  return [
    [side, layout.bus],
    [side, y],
    [x + contextStrip.shift - 2, y],
  ];
}

/** The middle of a step's context, and how high above a box the paths into it turn. */
const contextMiddle = (column: Column): number =>
  column.x + contextStrip.shift + contextStrip.width / 2;
const turn = 11;

/** The path of a step's context into a layer below it: straight into the next one, past the boxes into others. */
export function contextDown(layout: UnrolledLayout, step: number, layer: number): Polyline {
  const column = layout.target[step] as Column;
  const x = contextMiddle(column);
  const begin = (layout.context as number) + flat.across + 2;
  const top = layout.decoder[layer] as number;
  const between = layout.decoder.some((other) => other > begin && other < top);
  if (!between)
    return [
      [x, begin],
      [x, top - 2],
    ];
  const side = column.x - column.half - 7;
  return [
    [x, begin],
    [x, begin + 5],
    [side, begin + 5],
    [side, top - turn],
    [x, top - turn],
    [x, top - 2],
  ];
}

/** The path of the context of the step before into a layer of a step, between the two columns. */
export function previousContextPath(layout: UnrolledLayout, step: number, layer: number): Polyline {
  const from = layout.target[step - 1] as Column;
  const to = layout.target[step] as Column;
  const y = (layout.context as number) + flat.across / 2;
  // Between the state's strip and the path of the word that goes in.
  const side = to.x - to.half - 25;
  const top = layout.decoder[layer] as number;
  return [
    [from.x + contextStrip.shift + contextStrip.width + 2, y],
    [side, y],
    [side, top - turn],
    [contextMiddle(to), top - turn],
    [contextMiddle(to), top - 2],
  ];
}

/** The path of a step's context to the word, where attention comes after the layers. */
export function contextToWord(layout: UnrolledLayout, step: number): Polyline {
  const x = contextMiddle(layout.target[step] as Column);
  return [
    [x, (layout.context as number) + flat.across + 2],
    [x, layout.outputs - 16],
  ];
}
