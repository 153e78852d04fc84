/** @file The decoder's layers, one below the other, with what enters each and what it hands on. */

import { wiringOf } from "../../../models/wiring.ts";
import { stateMoment } from "../../timeline/script.ts";
import type { Board, BoxPart, StripPart } from "./parts.ts";
import { edges, stateBefore, stripHeight } from "./parts.ts";
import { boxHeight } from "./shared.ts";

/** From one layer's cell to the next one's. */
const between = 28;
/** What the addition of a residual layer takes below its cell. */
const residualHeight = 30;

/** Layers that were laid out. */
export interface Stack {
  readonly boxes: readonly BoxPart[];
  /** What the last of them hands on. */
  readonly top: StripPart;
  /** Where the arrow down from the last cell starts, and the lowest part. */
  readonly exit: number;
  readonly bottom: number;
  /** The state before the step of the last layer, if it is drawn beside its cell. */
  readonly before: StripPart | null;
}

/** Lays out layers from `first` to before `end`, the first cell at `y`, below what `under` ends with. */
export function stack(
  board: Board,
  [first, end]: readonly [number, number],
  y: number,
  options: { readonly under?: number | null; readonly hasStates?: boolean } = {},
): Stack {
  const { model, lanes } = board.frame;
  const { hasStates = true } = options;
  const boxes: BoxPart[] = [];
  let exit = options.under ?? null;
  let top: StripPart | null = null;
  let before: StripPart | null = null;
  let at = y;
  let bottom = y;
  for (let layer = first; layer < end; layer++) {
    const moment = stateMoment(model, layer);
    if (exit !== null)
      board.drop(`down${layer}`, lanes[1], [exit, at], {
        color: "decoder",
        at: moment,
        span: [0.1, 0.4],
      });
    const { box, state } = cellRow(board, layer, at);
    before = hasStates || layer > first ? stateBeforeRow(board, layer, box) : null;
    boxes.push(box);
    top = state;
    exit = box.y + boxHeight;
    bottom = exit;
    if (wiringOf(model).decoder[layer]?.isResidual) {
      top = residual(board, layer, box);
      exit = edges(top).centre + 9;
      bottom = edges(top).bottom;
    }
    at = bottom + between;
  }
  return { boxes, top: top as StripPart, exit: exit as number, bottom, before };
}

/** A layer's cell at `y`, with its new state, which goes out to the right. */
function cellRow(
  board: Board,
  layer: number,
  y: number,
): { readonly box: BoxPart; readonly state: StripPart } {
  const { lanes, lane, exit, model } = board.frame;
  const middle = y + boxHeight / 2;
  const at = stateMoment(model, layer);
  const box = board.box(
    { name: "cell", layer, key: `cell${layer}`, works: [at] },
    { x: lanes[1], y, width: Math.min(170, lane - 18), height: boxHeight },
  );
  const tensor = `decoder.${layer}.hidden_state`;
  const part = { name: "state", role: "decoder", layer, key: `state${layer}`, tensor } as const;
  const state = board.strip(
    { ...part, caption: "above", at, from: 0.6, to: 1 },
    lanes[2],
    middle - stripHeight / 2,
  );
  const { left, right } = edges(state);
  const start = box.x + box.width;
  board.level(`new${layer}`, [start, left], middle, { color: "decoder", at, span: [0.45, 0.75] });
  board.level(`next${layer}`, [right, exit], middle, {
    color: "decoder",
    at: "choose",
    span: [0.6, 1],
  });
  board.small.push({ name: "state", layer, tensor, role: "decoder", y: middle, goesOn: true });
  return { box, state };
}

/** A layer's state before the step, left of its cell. */
function stateBeforeRow(board: Board, layer: number, box: BoxPart): StripPart {
  const middle = box.y + boxHeight / 2;
  const before = board.strip(
    {
      name: "before",
      role: "decoder",
      layer,
      key: `before${layer}`,
      caption: "above",
      ...stateBefore(board.frame, layer),
    },
    board.frame.lanes[0],
    middle - stripHeight / 2,
  );
  const at = stateMoment(board.frame.model, layer);
  board.level(`before${layer}`, [edges(before).right, box.x], middle, {
    color: "decoder",
    at,
    span: [0, 0.4],
  });
  return before;
}

/** What went into a layer passes its cell and is added to the new state. */
function residual(board: Board, layer: number, box: BoxPart): StripPart {
  const { lanes, model } = board.frame;
  const at = stateMoment(model, layer);
  const y = box.y + boxHeight + residualHeight - stripHeight / 2;
  const centre = y + stripHeight / 2;
  const x = lanes[1];
  const side = besideCell(board, box).skip;
  board.drop(`toSum${layer}`, x, [box.y + boxHeight, centre - 8], {
    color: "decoder",
    at,
    span: [0.6, 0.8],
  });
  board.arrow(
    `skip${layer}`,
    [
      [x, box.y - 12],
      [side, box.y - 12],
      [side, centre],
      [x - 10, centre],
    ],
    { color: "decoder", at, span: [0.3, 0.8] },
  );
  board.signs.push({ key: `plus${layer}`, x, y: centre, sign: "+", at, from: 0.6, to: 0.8 });
  const output = board.strip(
    {
      name: "output",
      role: "decoder",
      layer,
      key: `output${layer}`,
      caption: "above",
      tensor: wiringOf(model).decoder[layer]?.output.tensor ?? "",
      at,
      from: 0.8,
      to: 1,
    },
    lanes[2],
    y,
  );
  board.level(`sum${layer}`, [x + 10, edges(output).left], centre, {
    color: "decoder",
    at,
    span: [0.75, 0.95],
  });
  return output;
}

/** Where paths pass between a cell and the state before it: what skips the cell, and a context's rail. */
function besideCell(board: Board, box: BoxPart): { readonly skip: number; readonly rail: number } {
  const { lanes } = board.frame;
  const gap = box.x - (lanes[0] + board.stripWidth / 2);
  return { skip: box.x - Math.min(14, gap / 4), rail: box.x - Math.min(30, gap / 2) };
}

/** The way of a context into several cells, along a rail at their left, from the end of `from`. */
export function rail(
  board: Board,
  key: string,
  from: readonly (readonly [number, number])[],
  boxes: readonly BoxPart[],
): void {
  for (const box of boxes) {
    const y = box.y + boxHeight - 9;
    const x = besideCell(board, box).rail;
    board.arrow(
      `${key}${box.layer}`,
      [...from, [x, from.at(-1)?.[1] as number], [x, y], [box.x, y]],
      { color: "context", at: stateMoment(board.frame.model, box.layer), span: [0, 0.4] },
    );
  }
}
