/** @file Where things are in the picture of a whole decoder step. Pure geometry, in CSS pixels. */

import type { StepShape } from "../../../models/wiring.ts";
import { wiringOf } from "../../../models/wiring.ts";
import type { Trace } from "../../../trace/trace.ts";
import { bahdanauStep, choStep } from "./bahdanau.ts";
import { betweenStep } from "./between.ts";
import { luongStep } from "./luong.ts";
import { Board, cellWidth, type Frame, type Mechanism } from "./parts.ts";
import type { Built } from "./shared.ts";

/** The narrowest panel, and the most small steps. */
const leastPanel = 260;
const mostSmall = 5;
/** Between the last small step and the panel, where paths rise. */
const wayRoom = 22;

/** Lays out the current step large, and room for those before it at its left. */
export function mechanismLayout(model: Trace["model"], step: number, width: number): Mechanism {
  const isNarrow = width < 560;
  const pitch = isNarrow ? 44 : 66;
  const smallWidth = isNarrow ? 30 : 42;
  const exitRoom = isNarrow ? 20 : 30;
  const spare = width - exitRoom - leastPanel - wayRoom;
  // The panel gets its share of what there is besides.
  const room = Math.max(
    0,
    Math.min(mostSmall, Math.floor(spare / (isNarrow ? pitch : 1.6 * pitch))),
  );
  const x = room > 0 ? room * pitch + wayRoom : 0;
  const panel = { x, width: Math.max(leastPanel, Math.min(760, width - x - exitRoom)) };
  const lane = (panel.width - 44) / 3;
  const lanes = [0, 1, 2].map((at) => panel.x + 22 + (at + 0.5) * lane) as [number, number, number];
  const frame: Frame = {
    model,
    step,
    panel,
    lanes,
    lane,
    cells: Math.max(4, Math.min(10, Math.floor((lane - 16) / cellWidth))),
    channels: [panel.x + 10, panel.x + panel.width - 10],
    exit: panel.x + panel.width + exitRoom - 8,
  };
  const board = new Board(frame);
  const { bottom, input, output } = builders[wiringOf(model).shape](board);
  const { strips, boxes, arrows, signs, small } = board;
  return {
    width: Math.max(width, frame.exit + 6),
    height: bottom + 8,
    panel,
    room,
    pitch,
    smallWidth,
    strips,
    boxes,
    arrows,
    signs,
    small,
    input,
    output,
    exit: frame.exit,
    isWide: panel.width >= 540,
  };
}

/** What lays out each shape of a step. */
const builders: Readonly<Record<StepShape, (board: Board) => Built>> = {
  after: luongStep,
  before: bahdanauStep,
  between: betweenStep,
  summary: choStep,
  none: luongStep,
};

/** Columns of the source inside the attention's box, centred in it. */
export function sourceColumns(
  count: number,
  box: { readonly x: number; readonly width: number },
): { readonly start: number; readonly width: number } {
  const inner = box.width - 20;
  const width = Math.min(84, inner / Math.max(1, count));
  return { start: box.x + (box.width - width * count) / 2, width };
}

/** The middle of the small step that is `back` steps before the current one. */
export function smallMiddle(
  { panel, pitch: distance }: Pick<Mechanism, "panel" | "pitch">,
  back: number,
): number {
  return panel.x - wayRoom - (back - 0.5) * distance;
}
