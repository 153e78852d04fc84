/** @file What the picture of a decoder step is made of: parts with their places, as plain data. */

import type { Signal } from "../../../models/wiring.ts";
import { wiringOf } from "../../../models/wiring.ts";
import type { Trace } from "../../../trace/trace.ts";
import type { Role } from "../../scale/color.ts";
import type { MomentKind } from "../../timeline/script.ts";

/** When a part appears: within which moment of the step, and in which stretch of its movement. */
export interface Appearance {
  /** Null if it is there from the beginning of the step. */
  readonly at: MomentKind | null;
  readonly from: number;
  readonly to: number;
}

/** What a vector is. */
export type StripName =
  | "embedding"
  | "before"
  | "state"
  | "output"
  | "fed"
  | "summary"
  | "context"
  | "gated"
  | "attentional"
  | "sums"
  | "joined"
  | "readout"
  | "factored";

/** A vector of the trace, drawn to the right. */
export interface StripPart extends Appearance {
  readonly key: string;
  readonly name: StripName;
  readonly layer: number;
  /** Where the trace has it. */
  readonly tensor: string;
  readonly side: "encoder" | "decoder";
  readonly step: number;
  readonly role: Role;
  /** The upper left corner. */
  readonly x: number;
  readonly y: number;
  readonly cells: number;
  readonly caption: "above" | "right" | "left" | "none";
}

/** A computation of the model. */
export interface BoxPart {
  readonly key: string;
  readonly name:
    | "cell"
    | "attention"
    | "feedForward"
    | "sum"
    | "concat"
    | "maxout"
    | "factor"
    | "softmax";
  readonly layer: number;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  /** The moments in which it works. */
  readonly works: readonly MomentKind[];
}

/** The way of a vector or a word. */
export interface ArrowPart extends Appearance {
  readonly key: string;
  readonly points: readonly (readonly [number, number])[];
  readonly color: string;
}

/** A sign in a circle, where vectors meet. */
export interface SignPart extends Appearance {
  readonly key: string;
  readonly x: number;
  readonly y: number;
  readonly sign: string;
}

/** A row that the small steps at the left have too. */
export interface SmallRow {
  readonly name: StripName;
  readonly layer: number;
  readonly tensor: string;
  readonly role: Role;
  /** The middle. */
  readonly y: number;
  /** Whether the vector goes to the next step. */
  readonly goesOn: boolean;
}

/** The picture of a step. */
export interface Mechanism {
  readonly width: number;
  readonly height: number;
  /** The panel of the step that is going on. */
  readonly panel: { readonly x: number; readonly width: number };
  /** How many steps before it have room, and how far they are from each other. */
  readonly room: number;
  readonly pitch: number;
  readonly smallWidth: number;
  readonly strips: readonly StripPart[];
  readonly boxes: readonly BoxPart[];
  readonly arrows: readonly ArrowPart[];
  readonly signs: readonly SignPart[];
  readonly small: readonly SmallRow[];
  /** The middles of the words that are received and written. */
  readonly input: { readonly x: number; readonly y: number };
  readonly output: { readonly x: number; readonly y: number };
  /** Where the paths to the next step end. */
  readonly exit: number;
  /** Whether there is room for whole captions. */
  readonly isWide: boolean;
}

export const stripHeight = 16;
export const cellWidth = 12;

/** Inside a panel three lanes: what was before, what is computed, what is new. */
export interface Frame {
  readonly model: Trace["model"];
  readonly step: number;
  readonly panel: { readonly x: number; readonly width: number };
  readonly lanes: readonly [number, number, number];
  readonly lane: number;
  readonly cells: number;
  /** Channels for paths that pass by: at the left and at the right edge. */
  readonly channels: readonly [number, number];
  readonly exit: number;
}

/** Where the trace has a layer's state before a step: the encoder gave the first. */
export function stateBefore(
  { model, step }: Pick<Frame, "model" | "step">,
  layer: number,
): Pick<StripPart, "tensor" | "side" | "step"> {
  return before(wiringOf(model).decoder[layer]?.states[0] as Signal, step);
}

/** Where the trace has what is fed to a step: before the first it is zero. */
export function fedBefore({
  model,
  step,
}: Pick<Frame, "model" | "step">): Pick<StripPart, "tensor" | "side" | "step"> {
  return before(wiringOf(model).inputFeed as Signal, step);
}

/** Where the trace has a vector of the step before. */
function before(
  { tensor, first }: Signal,
  step: number,
): Pick<StripPart, "tensor" | "side" | "step"> {
  if (step > 0) return { tensor, side: "decoder", step: step - 1 };
  return { tensor: first as string, side: "encoder", step: 0 };
}

const always: Appearance = { at: null, from: 0, to: 1 };

/** The colour of an arrow, and when it appears. */
export interface ArrowLook {
  /** A colour of the page by its name, such as `decoder`. */
  readonly color: string;
  readonly at: MomentKind | null;
  /** The stretch of the moment's movement in which it grows. Default: the first half. */
  readonly span?: readonly [number, number];
}

/** Collects the parts of a step. */
export class Board {
  readonly strips: StripPart[] = [];
  readonly boxes: BoxPart[] = [];
  readonly arrows: ArrowPart[] = [];
  readonly signs: SignPart[] = [];
  readonly small: SmallRow[] = [];
  readonly frame: Frame;

  constructor(frame: Frame) {
    this.frame = frame;
  }

  get stripWidth(): number {
    return this.frame.cells * cellWidth;
  }

  /** Adds a strip around the middle `x`, with its upper edge at `y`. */
  strip(
    part: Pick<StripPart, "name" | "role" | "tensor"> & Partial<StripPart>,
    x: number,
    y: number,
  ): StripPart {
    const { cells, step } = this.frame;
    const whole: StripPart = {
      ...always,
      key: part.name,
      layer: 0,
      side: "decoder",
      step,
      cells,
      caption: "right",
      ...part,
      x: x - (cells * cellWidth) / 2,
      y,
    };
    this.strips.push(whole);
    return whole;
  }

  /** Adds a box around the middle `x`. */
  box(
    part: Pick<BoxPart, "name" | "works"> & Partial<BoxPart>,
    place: Pick<BoxPart, "x" | "y" | "width" | "height">,
  ): BoxPart {
    const x = place.x - place.width / 2;
    const whole: BoxPart = { key: part.name, layer: 0, ...part, ...place, x };
    this.boxes.push(whole);
    return whole;
  }

  /** Adds an arrow straight down. */
  drop(key: string, x: number, [top, bottom]: readonly [number, number], look: ArrowLook): void {
    this.arrow(
      key,
      [
        [x, top],
        [x, bottom],
      ],
      look,
    );
  }

  /** Adds an arrow straight to the right. */
  level(key: string, [left, right]: readonly [number, number], y: number, look: ArrowLook): void {
    const points = [
      [left, y],
      [right, y],
    ] as const;
    this.arrow(key, points, look);
  }

  arrow(key: string, points: ArrowPart["points"], { color, at, span = [0, 0.5] }: ArrowLook): void {
    const [from, to] = span;
    this.arrows.push({ key, points, color: `var(--${color})`, at, from, to });
  }
}

/** The ends and the middle of a strip. */
export function edges({ x, y, cells }: StripPart): {
  readonly left: number;
  readonly right: number;
  readonly middle: number;
  readonly top: number;
  readonly bottom: number;
  readonly centre: number;
} {
  const width = cells * cellWidth;
  return {
    left: x - 1,
    right: x + width + 1,
    middle: x + width / 2,
    top: y - 1,
    bottom: y + stripHeight + 1,
    centre: y + stripHeight / 2,
  };
}
